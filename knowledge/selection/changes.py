"""What became of an indicator from one plan to the next: its target, its agencies, whether it stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from knowledge.records import Comparator, Indicator, Role, Target
from vietnamese import fold


class Movement(StrEnum):
    """How a target moved. `REWORDED`: it changed, but not by numbers that can be compared."""

    UP = "up"
    DOWN = "down"
    MIXED = "mixed"
    SAME = "same"
    REWORDED = "reworded"
    NEW = "new"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Change:
    """An indicator in two plans; one side is None when only one plan has it."""

    before: Indicator | None
    after: Indicator | None
    movement: Movement
    lead: bool = False
    coordinator: bool = False

    @property
    def record(self) -> Indicator:
        """The newer side, or the older one of what is gone."""
        side = self.after or self.before
        assert side is not None
        return side


def change_of(before: Indicator, after: Indicator) -> Change:
    """What became of an indicator that both plans have."""
    return Change(
        before,
        after,
        _movement(before.targets, after.targets),
        agencies_of(before, Role.LEAD) != agencies_of(after, Role.LEAD),
        agencies_of(before, Role.COORDINATOR) != agencies_of(after, Role.COORDINATOR),
    )


def changes_between(older: Sequence[Indicator], newer: Sequence[Indicator]) -> tuple[Change, ...]:
    """All indicators of two plans in the order of the newer annex, then what is gone in its own order."""
    before = {indicator.series: indicator for indicator in older if indicator.series}
    found = []
    for after in newer:
        twin = before.pop(after.series, None) if after.series else None
        found.append(change_of(twin, after) if twin else Change(None, after, Movement.NEW))
    kept = {change.before.id for change in found if change.before}
    found += [Change(one, None, Movement.GONE) for one in older if one.id not in kept]
    return tuple(found)


def agencies_of(indicator: Indicator, role: Role) -> frozenset[str]:
    """The agencies that have a role in an indicator."""
    return frozenset(a.agency_id for a in indicator.assignments if a.role is role)


def comparable(before: Target, after: Target) -> bool:
    """True when two targets are numbers of the same thing."""
    numbers = before.value is not None and after.value is not None
    return numbers and (fold(before.unit), fold(before.part)) == (fold(after.unit), fold(after.part))


def _movement(before: Sequence[Target], after: Sequence[Target]) -> Movement:
    if len(before) != len(after):
        return Movement.REWORDED
    return _together(_step(old, new) for old, new in zip(before, after, strict=True))


def _together(steps: Iterable[Movement]) -> Movement:
    moved = set(steps) - {Movement.SAME}
    if not moved:
        return Movement.SAME
    if Movement.REWORDED in moved:
        return Movement.REWORDED
    return moved.pop() if len(moved) == 1 else Movement.MIXED


def _step(before: Target, after: Target) -> Movement:
    if before.value is None and after.value is None:
        same = fold(before.raw) == fold(after.raw) and fold(before.part) == fold(after.part)
        return Movement.SAME if same else Movement.REWORDED
    if not comparable(before, after):
        return Movement.REWORDED
    if _ends(before) == _ends(after):
        return Movement.SAME
    if _not_below(before, after):
        return Movement.UP
    return Movement.DOWN if _not_below(after, before) else Movement.REWORDED


def _ends(target: Target) -> tuple[object, ...]:
    return target.comparator, target.value, target.upper


def _not_below(before: Target, after: Target) -> bool:
    """True when the newer target asks for at least as much, whichever value it ends at.

    "trên 30%" asks for more than "30%"; "35%" against "trên 30%" cannot be said.
    """
    assert before.value is not None
    assert after.value is not None
    if before.comparator is Comparator.RANGE or after.comparator is Comparator.RANGE:
        return before.comparator is after.comparator and _both_ends(before, after)
    if before.comparator in (after.comparator, Comparator.EQUAL):
        return after.value >= before.value
    return after.comparator is Comparator.OVER and after.value >= before.value


def _both_ends(before: Target, after: Target) -> bool:
    pairs = ((before.value, after.value), (before.upper, after.upper))
    return all(old is not None and new is not None and new >= old for old, new in pairs)
