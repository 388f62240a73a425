from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from actions.excerpts import excerpt

CUT = "…"
TEXT = (
    "Phát triển hạ tầng số ở ấp, xã. Hỗ trợ hộ nông dân đưa sản phẩm OCOP lên sàn thương mại điện tử; "
    "tập huấn kỹ năng số cho người cao tuổi. Bảo đảm an toàn thông tin cho mọi hệ thống."
)
words = st.text("aâbdđeêiouưy .;:,", max_size=300)


def test_a_text_within_the_limit_is_whole() -> None:
    assert excerpt(TEXT, "OCOP", len(TEXT)) == TEXT


def test_white_space_is_no_length() -> None:
    assert excerpt("hạ   tầng\n số", "", 10) == "hạ tầng số"


def test_the_sentence_of_the_subject_is_shown_and_the_cuts_are() -> None:
    found = excerpt(TEXT, "sản phẩm OCOP lên sàn", 80)
    assert "OCOP" in found
    assert "an toàn thông tin" not in found
    assert found.startswith(CUT)
    assert found.endswith(CUT)


def test_the_subject_is_found_without_accents() -> None:
    assert "cao tuổi" in excerpt(TEXT, "nguoi cao tuoi tap huan ky nang", 60)


def test_the_end_of_a_text_has_no_cut_after_it() -> None:
    found = excerpt(TEXT, "an toàn thông tin hệ thống", 60)
    assert found == f"{CUT}Bảo đảm an toàn thông tin cho mọi hệ thống."


def test_of_equal_parts_the_first_is_shown() -> None:
    found = excerpt("Một. Hai. Ba. Bốn. Năm.", "zzz", 10)
    assert found == f"Một. Hai.{CUT}"


def test_neighbours_are_shown_as_far_as_they_fit() -> None:
    assert excerpt("Một. OCOP hai. Ba. Bốn năm sáu bảy.", "OCOP ba", 15) == f"{CUT}OCOP hai. Ba.{CUT}"


def test_a_sentence_that_is_too_long_is_cut_at_a_word() -> None:
    found = excerpt("hạ tầng số " * 30, "", 50)
    assert len(found) <= 50 + len(CUT)
    assert found.removesuffix(CUT).split()[-1] in ("hạ", "tầng", "số")


def test_a_line_of_dots_is_a_text_too() -> None:
    assert excerpt("." * 60, "", 20).startswith("." * 20)


@given(words, words, st.integers(20, 120))
def test_an_excerpt_is_a_piece_of_the_text_and_not_much_longer_than_asked(
    text: str, subject: str, limit: int
) -> None:
    found = excerpt(text, subject, limit)
    assert found.strip(CUT) in " ".join(text.split())
    assert len(found) <= limit + 1 + 2 * len(CUT)
    if text.strip():
        assert found
