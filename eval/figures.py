"""The measured figures as they lie in JSON files: of the dialogues, of the search, of the spellings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import TypeAdapter, ValidationError

from eval.report import Line, TurnFigures


class FiguresError(ValueError):
    """A file that does not hold the figures it should; the message names file and field."""


@dataclass(frozen=True, slots=True)
class Run:
    """What `eval.runner` wrote with ``--json``, without the dialogues."""

    table: tuple[Line, ...]
    turns: tuple[TurnFigures, ...]

    @property
    def sets(self) -> tuple[str, ...]:
        """The names of the sets, in the order in which they ran."""
        return tuple(dict.fromkeys(line.set for line in self.table))


@dataclass(frozen=True, slots=True)
class SearchRow:
    """One system on one way of typing the questions; all figures are percentages."""

    system: str
    query: str
    p_at_1: float
    r_at_10: float
    mrr_at_10: float
    ndcg_at_10: float


@dataclass(frozen=True, slots=True)
class SearchSet:
    """The rows that were measured on one set of questions."""

    name: str
    rows: tuple[SearchRow, ...]


@dataclass(frozen=True, slots=True)
class Ablation:
    """What ``trolyso bench ablation --json FILE`` writes."""

    sets: tuple[SearchSet, ...]


@dataclass(frozen=True, slots=True)
class Spelling:
    """One transformation: dialogues right and confidently wrong, points lost, and the bound on them."""

    name: str
    right: int
    kept: int
    lost: float
    bound: float | None
    confidently_wrong: int
    newly_wrong: int


@dataclass(frozen=True, slots=True)
class Robustness:
    """What `eval.robustness` writes: the questions as they are written, then in each spelling."""

    questions: int
    right: int
    confidently_wrong: int
    transformations: tuple[Spelling, ...]


Figures = TypeVar("Figures", covariant=True)
Wanted = TypeVar("Wanted")


@dataclass(frozen=True, slots=True)
class Measured(Generic[Figures]):
    """Figures and the day (ISO 8601, UTC) on which their file was written."""

    day: str
    figures: Figures


def read(kind: type[Wanted], path: Path) -> Measured[Wanted] | None:
    """The figures of a file, None when there is no such file. Raises `FiguresError`."""
    try:
        text, written = path.read_bytes(), path.stat().st_mtime
    except FileNotFoundError:
        return None
    except OSError as error:
        raise FiguresError(f"{path}: cannot be read: {error}") from error
    try:
        found = TypeAdapter(kind).validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise FiguresError(f"{path}: {where}: {first['msg']}") from error
    return Measured(datetime.fromtimestamp(written, UTC).date().isoformat(), found)
