"""Everyday words read as the words of the plans: "chatbot" is "trợ lý ảo" there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources

import yaml

from vietnamese import Gazetteer, Match

TABLE = "terms.yml"
_GAP = "…"
_BETWEEN = 5


class Terms:
    """A table of plan words, each with the everyday phrases that mean it.

    A phrase of two parts with "…" between them is found when at most five words part them.
    """

    def __init__(self, table: Mapping[str, Sequence[str]]) -> None:
        whole = {term: [p for p in phrases if _GAP not in p] for term, phrases in table.items()}
        self._whole = Gazetteer({term: phrases for term, phrases in whole.items() if phrases})
        parted = [(term, p.split(_GAP)) for term, phrases in table.items() for p in phrases if _GAP in p]
        self._parted = [(t, Gazetteer({t: [first]}), Gazetteer({t: [last]})) for t, (first, last) in parted]

    def read(self, text: str) -> str:
        """The text with the words of the plans in place of the everyday ones."""
        spans = [(match.start, match.end, match.value) for match in self._whole.find(text)]
        spans += [span for parts in self._parted for span in _between(text, *parts)]
        kept: list[tuple[int, int, str]] = []
        for span in sorted(spans, key=lambda s: (s[0] - s[1], s[0])):
            if all(span[1] <= other[0] or other[1] <= span[0] for other in kept):
                kept.append(span)
        for start, end, term in sorted(kept, reverse=True):
            text = f"{text[:start]}{term}{text[end:]}"
        return text


@cache
def default_terms() -> Terms:
    """The committed table."""
    text = resources.files("actions").joinpath("data", TABLE).read_text("utf-8")
    return Terms(yaml.safe_load(text))


def _between(text: str, term: str, first: Gazetteer, last: Gazetteer) -> list[tuple[int, int, str]]:
    """The stretches from the first part to the last one that stands near enough behind it."""
    return [
        (start.start, end.end, term)
        for start in first.find(text)
        for end in last.find(text)
        if _near(text, start, end)
    ]


def _near(text: str, start: Match, end: Match) -> bool:
    return start.end <= end.start and len(text[start.end : end.start].split()) <= _BETWEEN
