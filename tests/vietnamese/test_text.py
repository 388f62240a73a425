import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vietnamese import clean, fold, syllables, tokens, unify_tones
from vietnamese.grammar import is_folded_syllable, is_syllable

VIETNAMESE = st.text(
    alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệóòỏõọốồổỗộớờởỡợú"
    "ùủũụứừửữựíìỉĩị ĐƯỚ.,-/&123%?"
)


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("  chào\u00a0 bạn\u200b ", "chào bạn"),
        ("tỉnh😀Vĩnh Long 👍🏽", "tỉnh Vĩnh Long"),
        ("dòng một\r\n\tdòng hai", "dòng một dòng hai"),
        ("ðồng Tháp – “số”", 'đồng Tháp - "số"'),
        ("truy cập\u200b Internet", "truy cập Internet"),
        ("e\u0301\u0302", "ế"),
        ("", ""),
    ],
)
def test_clean(typed: str, plain: str) -> None:
    assert clean(typed) == plain


@given(st.text())
def test_clean_is_stable(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(VIETNAMESE)
def test_clean_does_not_see_the_unicode_form(text: str) -> None:
    assert clean(unicodedata.normalize("NFD", text)) == clean(text)


@given(st.text())
def test_fold_is_stable(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(VIETNAMESE)
def test_fold_keeps_the_length(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(text).isascii()


def test_fold() -> None:
    assert fold("Đồng bằng sông Cửu Long") == "dong bang song cuu long"


@pytest.mark.parametrize(
    ("typed", "standard"),
    [
        ("hoà", "hòa"),
        ("thuỷ lợi", "thủy lợi"),
        ("Hoàn TOÀN", "Hoàn TOÀN"),
        ("trừơng", "trường"),
        ("an tòan", "an toàn"),
        ("quý gì già", "quý gì già"),
        ("HOÀ bình", "HÒA bình"),
    ],
)
def test_unify_tones(typed: str, standard: str) -> None:
    assert unify_tones(typed) == standard


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Căn cứ 206/QĐ-UBND, ngày 15/12", ["căn", "cứ", "206/qđ-ubnd", "ngày", "15/12"]),
        ("4G/5G phủ 100% hộ", ["4g/5g", "phủ", "100%", "hộ"]),
        ("07-NQ/TU và/hoặc kinh tế - xã hội", ["07-nq/tu", "và", "hoặc", "kinh", "tế", "xã", "hội"]),
        ("aiiii vâyyyy giai đoạn 2021-2025", ["ai", "vây", "giai", "đoạn", "2021", "2025"]),
        ("37,5% của 1.000 xã ở PL3.D.4", ["37,5%", "của", "1.000", "xã", "ở", "pl3.d.4"]),
        ("54/KH-STTTT năm 2000", ["54/kh-stttt", "năm", "2000"]),
    ],
)
def test_syllables(text: str, found: list[str]) -> None:
    assert syllables(text) == found


@given(st.text())
def test_tokens_stand_where_they_say(text: str) -> None:
    found = tokens(text)
    assert all(text[token.start : token.end] == token.text for token in found)
    assert all(first.end <= second.start for first, second in pairwise(found))


@pytest.mark.parametrize("word", ["nghiệp", "quốc", "giếng", "gì", "khuỷu", "được", "ý", "uyên", "xoong"])
def test_syllable(word: str) -> None:
    assert is_syllable(word)
    assert is_folded_syllable(fold(word))


@pytest.mark.parametrize("word", ["trog", "cê", "kan", "nghap", "tốcc", "web", "stem", "biêt", "đuợc", ""])
def test_no_syllable(word: str) -> None:
    assert not is_syllable(word)
