"""Finding the phrases of a closed set in a text, with accents or without."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from vietnamese.grammar import canonical
from vietnamese.text import Token, fold, tokens

_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_BREAKS = frozenset(".?!;:\n")


@dataclass(frozen=True)
class Match:
    """A phrase found: `value` is the entry, `start` and `end` are character offsets in the text.

    `exact` is False when the text and the phrase agree only without their accents.
    """

    value: str
    start: int
    end: int
    text: str
    exact: bool


@dataclass
class _Node:
    next: dict[str, _Node] = field(default_factory=dict)
    ends: list[_Entry] = field(default_factory=list)


@dataclass(frozen=True)
class _Entry:
    value: str
    words: tuple[str, ...]
    accented_only: bool


def _words(text: str) -> list[Token]:
    """Letters and figures with their offsets; document numbers whole, sentence ends kept as breaks."""
    return [token for token in tokens(text) if token.text[0].isalnum() or token.text in _BREAKS]


@lru_cache(maxsize=64)
def _read(text: str) -> tuple[tuple[Token, ...], tuple[str, ...], tuple[str, ...]]:
    """The words of a text, plain and folded; a message is looked through by one gazetteer after another."""
    found = tuple(_words(text))
    plain = tuple(_plain(token.text) for token in found)
    return found, plain, tuple(fold(word) for word in plain)


def _plain(word: str) -> str:
    return canonical(word.lower())


class Gazetteer:
    """A closed set of named things, each with the phrases that mean it.

    Matching goes by whole words, ignores case, tone placement and the signs inside a sentence
    ("Lao động - Thương binh" = "lao động thương binh"), prefers the longest phrase and then the
    one that agrees with its accents. A phrase that starts with "=" must agree with its accents
    when the text carries any. A phrase of two things gives a match for each.
    """

    def __init__(self, entries: Mapping[str, Iterable[str]]) -> None:
        """Raises `ValueError` for a phrase without a word."""
        self._root = _Node()
        for value, phrases in entries.items():
            for phrase in phrases:
                self._add(value, phrase)

    def _add(self, value: str, phrase: str) -> None:
        words = tuple(_plain(token.text) for token in _words(phrase.lstrip("=")))
        if not words:
            raise ValueError(f"no word in the phrase {phrase!r} of {value!r}")
        node = self._root
        for word in words:
            node = node.next.setdefault(fold(word), _Node())
        entry = _Entry(value, words, phrase.startswith("="))
        if entry not in node.ends:
            node.ends.append(entry)

    def find(self, text: str) -> list[Match]:
        """The phrases in the text, in its order, none overlapping another of a different place."""
        found, plain, folded = _read(text)
        accented = plain != folded
        starts = [start for start, word in enumerate(folded) if word in self._root.next]
        spans = [span for start in starts for span in self._from(start, plain, folded, accented)]
        spans.sort(key=lambda span: (span[0] - span[1], not span[3], span[0]))
        taken = _Taken(len(found))
        kept = [span for span in spans if taken.take(span[0], span[1], span[3])]
        kept.sort(key=lambda span: span[:2])
        return [_match(text, found[a].start, found[b - 1].end, entry, exact) for a, b, entry, exact in kept]

    def _from(
        self, start: int, plain: tuple[str, ...], folded: tuple[str, ...], accented: bool
    ) -> Iterable[tuple[int, int, _Entry, bool]]:
        node = self._root
        for at in range(start, len(plain)):
            following = node.next.get(folded[at])
            if following is None:
                return
            node = following
            for entry in node.ends:
                said = plain[start : at + 1]
                exact = entry.words == said
                if exact or (not (entry.accented_only and accented) and all(map(_allows, entry.words, said))):
                    yield start, at + 1, entry, exact


def _allows(phrase: str, said: str) -> bool:
    """True when a word could be the phrase's with marks left out: all of them, or only the tone.

    "so" and "sơ" may be "sở", but "dòng" is not "đồng": who types a tone types the letter too.
    """
    if phrase == said or fold(said) == said or any(map(str.isdigit, said)):
        return True
    return said == _toneless(phrase)


def _toneless(word: str) -> str:
    """A word without its tone mark, its letters kept."""
    return unicodedata.normalize("NFC", _TONES.sub("", unicodedata.normalize("NFD", word)))


class _Taken:
    """Which words are part of a match already, and of which one."""

    def __init__(self, size: int) -> None:
        self._by: list[tuple[int, int, bool] | None] = [None] * size

    def take(self, start: int, end: int, exact: bool) -> bool:
        """Claim the words for a match; two things of the very same words may share them."""
        claim = (start, end, exact)
        if any(by is not None and by != claim for by in self._by[start:end]):
            return False
        self._by[start:end] = [claim] * (end - start)
        return True


def _match(text: str, start: int, end: int, entry: _Entry, exact: bool) -> Match:
    return Match(entry.value, start, end, text[start:end], exact)
