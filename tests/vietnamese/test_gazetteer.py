import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vietnamese import Gazetteer, fold

NAMES = Gazetteer(
    {
        "so-cong-thuong": ["Sở Công Thương"],
        "cong-thuong": ["công thương"],
        "so-ldtbxh": ["Sở Lao động - Thương binh và Xã hội", "Sở LĐTBXH"],
        "lead": ["=chủ trì"],
        "qd-206": ["206/QĐ-UBND", "QĐ 206"],
        "first": ["chung tên"],
        "second": ["chung tên"],
    }
)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Sở Công Thương chủ trì", ["so-cong-thuong", "lead"]),
        ("so cong thuong chu tri", ["so-cong-thuong", "lead"]),
        ("ngành công thương", ["cong-thuong"]),
        ("SỞ LAO ĐỘNG, THƯƠNG BINH VÀ XÃ HỘI", ["so-ldtbxh"]),
        ("theo 206/qđ-ubnd", ["qd-206"]),
        ("Sở. Công thương", ["cong-thuong"]),
        ("chú trí của Sở Công Thương", ["so-cong-thuong"]),
        ("sởcông thương", []),
        ("chung tên", ["first", "second"]),
        ("", []),
    ],
)
def test_find(text: str, values: list[str]) -> None:
    assert [match.value for match in NAMES.find(text)] == values


def test_exact_and_offsets() -> None:
    text = "hỏi so cong thuong với Sở Công Thương"
    folded, exact = NAMES.find(text)
    assert (folded.exact, exact.exact) == (False, True)
    assert text[folded.start : folded.end] == folded.text == "so cong thuong"
    assert text[exact.start : exact.end] == exact.text == "Sở Công Thương"


def test_decomposed_text_keeps_its_own_offsets() -> None:
    text = unicodedata.normalize("NFD", "tỉnh giao Sở Công Thương")
    (match,) = NAMES.find(unicodedata.normalize("NFC", text))
    assert match.text == "Sở Công Thương"


def test_a_phrase_without_words_is_refused() -> None:
    with pytest.raises(ValueError, match="no word"):
        Gazetteer({"x": ["- ,"]})


@given(st.text(alphabet="sởocôngthươ chủtrì,.-", max_size=60), st.booleans())
def test_matches_stand_where_they_say(noise: str, folded: bool) -> None:
    phrase = "Sở Công Thương"
    text = f"{noise} . {fold(phrase) if folded else phrase} . {noise}"
    found = NAMES.find(text)
    assert all(text[match.start : match.end] == match.text for match in found)
    assert "so-cong-thuong" in {match.value for match in found}
