"""Whether the assistant is as often right as it says, and what a threshold on its confidence would do.

Only answers that a search found are counted: those carry a confidence below 1. Lists, counts, row numbers
and small talk are not searched for and say 1.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from eval.report import TurnFigures

_BANDS = 10
#: Two-sided 95 % of the normal distribution.
_Z = 1.959964


@dataclass(frozen=True, slots=True)
class Said:
    """One answer: how sure it said it was (0 to 1), and whether it was right."""

    confidence: float
    right: bool


@dataclass(frozen=True, slots=True)
class Band:
    """Answers whose confidence lies from `low` to `high`; `said` is their mean confidence."""

    low: float
    high: float
    total: int
    right: int
    said: float

    @property
    def share(self) -> float:
        """Share that was right, 0 to 1."""
        return self.right / self.total

    @property
    def interval(self) -> tuple[float, float]:
        """Where the share lies with 95 % (Wilson), 0 to 1."""
        n, z2 = self.total, _Z * _Z
        middle = (self.share + z2 / (2 * n)) / (1 + z2 / n)
        half = _Z / (1 + z2 / n) * math.sqrt(self.share * (1 - self.share) / n + z2 / (4 * n * n))
        return max(middle - half, 0.0), min(middle + half, 1.0)


@dataclass(frozen=True, slots=True)
class Point:
    """What is left when only answers with at least `threshold` are given."""

    threshold: float
    right: int
    wrong: int

    @property
    def risk(self) -> float:
        """Share of the answers given that are wrong, 0 to 1 (0 when none is given)."""
        return self.wrong / (self.right + self.wrong) if self.right + self.wrong else 0.0


def searched(turns: Iterable[TurnFigures], set_name: str) -> tuple[Said, ...]:
    """The answers of one set that a search found."""
    return tuple(
        Said(turn.confidence, turn.right)
        for turn in turns
        if turn.set == set_name and turn.status == "answered"
        if turn.confidence is not None and turn.confidence < 1
    )


def bands(answers: Iterable[Said]) -> tuple[Band, ...]:
    """Ten bands of equally many answers, the least sure first.

    Bands of equal width would put nearly all of a good assistant's answers into the last one.
    """
    ordered = sorted(answers, key=lambda one: one.confidence)
    borders = [round(at * len(ordered) / _BANDS) for at in range(_BANDS + 1)]
    return tuple(_band(ordered[low:high]) for low, high in pairwise(borders) if low < high)


def calibration_error(answers: Sequence[Said]) -> float:
    """Expected calibration error, 0 to 1: how far share and confidence lie apart, over all answers."""
    found = bands(answers)
    return sum(one.total * abs(one.share - one.said) for one in found) / len(answers) if answers else 0.0


def kept(answers: Iterable[Said], threshold: float) -> Point:
    """What a threshold keeps."""
    given = [one.right for one in answers if one.confidence >= threshold]
    return Point(threshold, sum(given), len(given) - sum(given))


def curve(answers: Sequence[Said]) -> tuple[Point, ...]:
    """A point for every confidence that occurs, from the highest threshold (fewest answers) to the lowest."""
    return tuple(kept(answers, at) for at in sorted({one.confidence for one in answers}, reverse=True))


def _band(group: Sequence[Said]) -> Band:
    """The band of answers in rising order."""
    said = math.fsum(one.confidence for one in group) / len(group)
    right = sum(one.right for one in group)
    return Band(group[0].confidence, group[-1].confidence, len(group), right, said)
