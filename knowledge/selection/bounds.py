"""Asking for values: "trên 80%", "từ 50% trở lên", "đạt 100%", "dưới 30%" against printed targets."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import Enum, StrEnum

from knowledge.records import Comparator, Target
from vietnamese import fold

_LONGEST = 40
_LARGEST = Decimal(10) ** 12
_SHARE = 100


class Relation(StrEnum):
    """How an asked value bounds the wanted ones."""

    OVER = "over"
    AT_LEAST = "at-least"
    EQUAL = "equal"
    BELOW = "below"
    AT_MOST = "at-most"


class Fit(Enum):
    """How a target stands to a bound; `OPEN`: the text prints a lower bound only, so it cannot be said."""

    HOLDS = "holds"
    OPEN = "open"
    FAILS = "fails"


@dataclass(frozen=True, slots=True)
class Bound:
    """A wanted value. `unit` is "%", words such as "sản phẩm", or empty when none is said."""

    relation: Relation
    value: Decimal
    unit: str = "%"

    def __str__(self) -> str:
        """The form of addresses and of the dialogue state: ``over:80:%``."""
        return f"{self.relation.value}:{self.value:f}:{self.unit}"

    @classmethod
    def read(cls, text: str) -> Bound:
        """Read ``over:80:%`` back. Raises `ValueError`."""
        relation, value, unit = text.split(":", 2)
        try:
            number = Decimal(value)
        except InvalidOperation as error:
            raise ValueError("not a number") from error
        if not number.is_finite() or not 0 <= number <= _LARGEST or len(text) > _LONGEST:
            raise ValueError("out of range")
        return cls(Relation(relation), number, unit.strip())

    @property
    def measured(self) -> str:
        """The unit that is meant: a bare number up to 100 is a share."""
        return self.unit or ("%" if self.value <= _SHARE else "")


def fit(target: Target, bound: Bound, name: str) -> Fit:
    """How one printed target stands to a bound; `name` tells the unit where the cell prints none."""
    if target.value is None or not _same_unit(target, bound, name):
        return Fit.FAILS
    low, high = target.value, _upper_end(target)
    value, strict = bound.value, target.comparator is Comparator.OVER
    match bound.relation:
        case Relation.OVER:
            return _when(low > value or (low == value and strict))
        case Relation.AT_LEAST:
            return _when(low >= value)
        case Relation.EQUAL:
            return Fit.OPEN if high is None and low == value else _when(low == value == high)
        case Relation.BELOW:
            return (Fit.OPEN if low < value else Fit.FAILS) if high is None else _when(high < value)
        case Relation.AT_MOST:
            reachable = low < value or (low == value and not strict)
            return (Fit.OPEN if reachable else Fit.FAILS) if high is None else _when(high <= value)


def _when(holds: bool) -> Fit:
    return Fit.HOLDS if holds else Fit.FAILS


def _upper_end(target: Target) -> Decimal | None:
    """The highest value that a target allows; None when it only bounds from below."""
    match target.comparator:
        case Comparator.EQUAL:
            return target.value
        case Comparator.RANGE:
            return target.upper
    return None


def _same_unit(target: Target, bound: Bound, name: str) -> bool:
    wanted, printed = fold(bound.measured), fold(target.unit)
    if wanted == "%" or printed.startswith("%"):
        return wanted == "%" and printed.startswith("%")
    if not wanted or wanted in printed:
        return True
    return not printed and wanted in fold(name)
