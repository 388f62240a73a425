"""The points of a how-to, and which of them tell what a message asks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from actions.corpus import Corpus
from knowledge.records import Guide
from vietnamese import fold, syllables

_NEAREST = 3
SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_WORTH = 0.02
"""How much farther than the nearest point another one may be that still tells something of it."""


def points_of(guide: Guide) -> tuple[str, ...]:
    """What a guide has people do, have at hand, check and leave, and the sentences of its summary."""
    summary = SENTENCE_END.split(guide.summary)
    return (*guide.steps, *guide.avoid, *guide.prepare, *guide.check, *summary)


def nearest_points(asked: str, guide: Guide, corpus: Corpus) -> tuple[tuple[str, float], ...]:
    """The points of a guide that are nearest in meaning, nearest first, with their cosines."""
    points = points_of(guide)
    near = corpus.nearness(asked, points)
    ranked = sorted(zip(points, near, strict=True), key=lambda each: -each[1])
    return tuple((point, cosine) for point, cosine in ranked[:_NEAREST] if cosine >= ranked[0][1] - _WORTH)


def remember_points(corpus: Corpus) -> None:
    """Have the points of all guides read before anybody waits for them."""
    nearest_of("hướng dẫn", corpus.store.guides(), corpus)


def nearest_of(asked: str, guides: Sequence[Guide], corpus: Corpus) -> float:
    """The cosine of the nearest point of some guides; 0 without guides."""
    points = [point for guide in guides for point in points_of(guide)]
    return max(corpus.nearness(asked, points), default=0.0) if points else 0.0


def shared_words(point: str, asked: frozenset[str]) -> int:
    """How many of some folded words stand in a point."""
    return len(asked.intersection(syllables(fold(point))))
