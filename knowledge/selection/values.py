"""What a list may be limited by, and what comes out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from knowledge.records import Document, Indicator, Pillar, Role, Task
from knowledge.selection.bounds import Bound
from knowledge.selection.changes import Change


class SelectionError(ValueError):
    """A selection that cannot be made; `field` names the part that is wrong, `problem` how."""

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(f"{field}: {problem}")
        self.field = field
        self.problem = problem


class Shape(StrEnum):
    """What kind of target is printed, or that the row has no printed number."""

    PERCENT = "percent"
    NUMBER = "number"
    TEXT = "text"
    REGULAR = "regular"
    COMPLETION = "completion"
    ONGOING = "ongoing"
    OVER = "over"
    UNNUMBERED = "unnumbered"


class Cell(StrEnum):
    """A cell that may be blank."""

    TARGET = "target"
    LEAD = "lead"
    COORDINATOR = "coordinator"
    BASIS = "basis"


class Wanted(StrEnum):
    """Which changes between two plans are wanted; `ANY` is every row that is not the same."""

    UP = "up"
    DOWN = "down"
    SAME = "same"
    REWORDED = "reworded"
    NEW = "new"
    GONE = "gone"
    TARGET = "target"
    LEAD = "lead"
    COORDINATOR = "coordinator"
    AGENCY = "agency"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Selection:
    """Indicators of one document; all conditions hold at once, an empty one does not count.

    `older` is the plan that changes are counted from. Of `shapes` and `changes`, and of `agencies`
    unless `joint`, one is enough; `joint` without agencies asks for rows that several share. All
    `bounds` must hold for the same value of a target. `basis` is part of a document number; `words`
    stand side by side in the name; `horizon` is the year that a goal is set for. `tasks` asks for the
    agency's rows in the annexes of tasks too.
    """

    document: str
    older: str | None = None
    agencies: tuple[str, ...] = ()
    role: Role | None = None
    joint: bool = False
    pillar: Pillar | None = None
    horizon: int | None = None
    bounds: tuple[Bound, ...] = ()
    shapes: tuple[Shape, ...] = ()
    blanks: tuple[Cell, ...] = ()
    changes: tuple[Wanted, ...] = ()
    basis: str = ""
    words: str = ""
    tasks: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One row of a list; `change` is there when plans are compared."""

    indicator: Indicator
    change: Change | None = None


@dataclass(frozen=True, slots=True)
class Selected:
    """A list in the order of the annex.

    `open` are rows that only bound their value from below, so that the asked value can neither be
    said to hold nor not to.
    """

    selection: Selection
    document: Document
    older: Document | None
    items: tuple[Item, ...]
    tasks: tuple[Task, ...] = ()
    open: tuple[Item, ...] = ()

    @property
    def records(self) -> tuple[Indicator | Task, ...]:
        """The rows themselves, indicators first."""
        return (*(item.indicator for item in self.items), *self.tasks)
