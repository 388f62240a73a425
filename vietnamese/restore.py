"""Accent restoration and repair alone: "ai chu tri chi tieu" → "ai chủ trì chỉ tiêu".

Both are the reading of `vietnamese.lattice` with only some kinds of alternatives.
"""

from __future__ import annotations

from vietnamese.alternatives import RESTORE, SPELLING
from vietnamese.grammar import canonical
from vietnamese.lattice import read
from vietnamese.model import SyllableModel, is_vietnamese
from vietnamese.text import tokens


def accented_share(text: str) -> float:
    """The share of Vietnamese words that carry a mark, 0 for a text without such words.

    Well-written Vietnamese lies at 0.7 to 0.85.
    """
    words = [token.text.lower() for token in tokens(text) if token.is_word]
    words = [word for word in words if is_vietnamese(canonical(word))]
    if not words:
        return 0.0
    return sum(not word.isascii() for word in words) / len(words)


def restore(text: str, model: SyllableModel | None = None) -> str:
    """The text with the missing accents added; case, spacing, numbers and foreign words are kept."""
    return read(text, frozenset({RESTORE}), model)[0]


def repair(text: str) -> str:
    """The text with its misspelt syllables mended where that is safe; everything else as typed."""
    return read(text, frozenset({RESTORE, SPELLING}))[0]
