"""Cleaning: whatever is typed, what goes on is plain text and never a command."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.incoming import MARKS, SLASHES, Verdict, read, tidy

ODD = st.text(st.sampled_from('/／\\⁄ \u200b\u0301\u2800\t\x00aế\ud800😀{"}'), max_size=30)


@given(st.one_of(st.text(max_size=200), ODD))
def test_tidy_text_is_one_line_and_no_command(raw: str) -> None:
    text = tidy(raw)
    assert text == text.strip()
    assert not text or text[0] not in SLASHES
    assert not text.startswith("/")
    assert unicodedata.is_normalized("NFC", text)
    assert not any(unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co", "Cn"} for char in text)
    text.encode("utf-8")


@given(st.one_of(st.text(max_size=200), ODD))
def test_tidying_twice_changes_nothing_more(raw: str) -> None:
    assert tidy(tidy(raw)) == tidy(raw)


@pytest.mark.parametrize(("length", "verdict"), [(100, Verdict.PASS), (101, Verdict.TOO_LONG)])
def test_the_limit_counts_what_is_left_after_cleaning(length: int, verdict: Verdict) -> None:
    assert read("\u200b" * 500 + "x" * length + "   ", 100).verdict is verdict


def test_decomposed_text_counts_as_what_it_shows() -> None:
    raw = unicodedata.normalize("NFD", "ế" * 100)
    assert read(raw, 100).text == "ế" * 100


def test_only_passing_text_is_handed_on() -> None:
    assert read("x" * 101, 100).text == ""
    assert read(" ", 100).text == ""


def test_a_pile_of_marks_is_cut_before_it_is_composed() -> None:
    # Composing 400,000 marks on one letter would take minutes on the loop that serves everybody.
    assert len(tidy("a" + "\u0315\u0300" * 200_000)) <= 1 + MARKS
    assert tidy("e" + "\u0302\u200b\u0323") == "ệ"
