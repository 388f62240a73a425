"""The points of a how-to, and which of them tell what a message asks."""

from __future__ import annotations

from collections.abc import Sequence

from actions.corpus import Corpus
from knowledge.records import Guide
from vietnamese import fold, syllables

_NEAREST = 3
_WORTH = 0.02
"""How much farther than the nearest point another one may be that still tells something of it."""


def nearest_points(asked: str, guide: Guide, corpus: Corpus) -> tuple[tuple[str, float], ...]:
    """The points of a guide that are nearest in meaning, nearest first, with their cosines."""
    near = corpus.nearness(asked, guide.points)
    ranked = sorted(zip(guide.points, near, strict=True), key=lambda each: -each[1])
    return tuple((point, cosine) for point, cosine in ranked[:_NEAREST] if cosine >= ranked[0][1] - _WORTH)


def nearest_of(asked: str, guides: Sequence[Guide], corpus: Corpus) -> float:
    """The cosine of the nearest point of some guides; 0 without guides."""
    points = [point for guide in guides for point in guide.points]
    return max(corpus.nearness(asked, points), default=0.0) if points else 0.0


def shared_words(point: str, asked: frozenset[str]) -> int:
    """How many of some folded words stand in a point."""
    return len(asked.intersection(syllables(fold(point))))
