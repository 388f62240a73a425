"""The values of an indicator in several plans, part by part, as far as they are numbers of the same thing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from knowledge.records import Indicator, Target
from knowledge.selection.changes import comparable


@dataclass(frozen=True, slots=True)
class Line:
    """One part of a target through the plans: `values` has one target for each side, in their order."""

    part: str
    values: tuple[Target, ...]


def comparable_lines(sides: Sequence[Indicator]) -> tuple[Line, ...]:
    """The parts whose values can stand beside each other in a chart; none for fewer than two sides."""
    if len(sides) < 2 or len({len(side.targets) for side in sides}) != 1:
        return ()
    columns = zip(*(side.targets for side in sides), strict=True)
    lines = [Line(values[0].part, tuple(values)) for values in columns]
    return tuple(line for line in lines if all(comparable(*pair) for pair in pairwise(line.values)))
