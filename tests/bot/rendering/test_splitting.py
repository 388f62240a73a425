"""Pieces of long texts: nothing is lost, nothing is too long, nothing that belongs together is torn."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rendering.splitting import pack, split, utf16
from tests.bot.rendering.samples import squeezed

WORDS = st.lists(st.text("aăâđêơ.,:; \n", min_size=1, max_size=9), max_size=80).map(" ".join)
FAMILY, FLAG, LETTER = "👩‍👩‍👧‍👦", "🇻🇳", "e\u0302\u0323"


@given(st.text(max_size=400) | WORDS, st.integers(2, 60))
def test_nothing_is_lost_and_nothing_is_too_long(text: str, limit: int) -> None:
    pieces = split(text, limit)
    assert squeezed("".join(pieces)) == squeezed(text)
    assert all(piece == piece.strip() and 0 < utf16(piece) <= limit for piece in pieces)


@given(WORDS, st.integers(12, 60))
def test_words_that_fit_stay_whole(text: str, limit: int) -> None:
    assert [word for piece in split(text, limit) for word in piece.split()] == text.split()


@given(st.lists(st.sampled_from((FAMILY, FLAG, LETTER, "a")), max_size=60), st.integers(12, 40))
def test_what_is_seen_as_one_character_is_not_torn(characters: list[str], limit: int) -> None:
    for piece in split("".join(characters), limit):
        rest = piece
        while rest:
            first = next((c for c in (FAMILY, FLAG, LETTER, "a") if rest.startswith(c)), None)
            assert first is not None, piece
            rest = rest.removeprefix(first)


def test_even_an_endless_character_is_cut() -> None:
    pieces = split("e" + "\u0301" * 500, 100)
    assert [len(piece) for piece in pieces] == [100, 100, 100, 100, 100, 1]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Một hai ba.\n\nBốn năm. Sáu bảy tám", ("Một hai ba.", "Bốn năm. Sáu bảy tám")),
        ("Dòng một dài đây\nDòng hai. Và nữa đây", ("Dòng một dài đây", "Dòng hai. Và nữa đây")),
        ("Câu đầu tiên (ở đây.) Câu thứ hai", ("Câu đầu tiên (ở đây.)", "Câu thứ hai")),
        ("một hai ba bốn năm sáu; bảy tám", ("một hai ba bốn năm sáu;", "bảy tám")),
        ("một hai ba bốn năm sáu bảy tám", ("một hai ba bốn năm sáu", "bảy tám")),
        ("Quá 3.500 dòng trong 2 năm 2024 đó", ("Quá 3.500 dòng trong 2", "năm 2024 đó")),
    ],
)
def test_a_text_is_cut_where_a_reader_pauses(text: str, pieces: tuple[str, ...]) -> None:
    assert split(text, 24) == pieces


def test_a_better_place_is_not_taken_when_the_piece_would_be_nearly_empty() -> None:
    assert split("A.\nmột hai ba bốn năm sáu bảy tám", 24) == ("A.\nmột hai ba bốn năm", "sáu bảy tám")


def test_costs_are_those_of_the_caller() -> None:
    assert split("<<<<", 8, lambda text: 4 * len(text)) == ("<<", "<<")
    assert utf16("a😀") == 3


@given(st.lists(st.text("ab", max_size=10), max_size=30), st.integers(10, 40))
def test_parts_are_put_together_as_long_as_they_fit(parts: list[str], limit: int) -> None:
    packed = pack(parts, limit, gap="|")
    assert "|".join(packed) == "|".join(filter(None, parts))
    assert all(len(text) <= limit for text in packed)
    assert all(len(one) + 1 + len(other.split("|")[0]) > limit for one, other in pairwise(packed))
