"""What callers hand to the store and get from it, beside the records themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Generic, TypeVar

from knowledge.records import Comparator, ParsedDocument, Pillar, Role, Unplaced

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """A stretch of a longer list: `total` counts the whole list, `limit` and `offset` say which part."""

    items: tuple[T, ...]
    total: int
    limit: int
    offset: int


@dataclass(frozen=True, slots=True)
class IndicatorFilter:
    """Which indicators are wanted. All given conditions hold at once; an empty one does not count.

    `year` must lie in the indicator's period. `role` narrows `agency_ids` to that role; alone, it
    asks that anybody has the role. `row` is the printed STT. `text`: every word of it occurs in the
    name, with or without accents.
    """

    document_ids: tuple[str, ...] = ()
    year: int | None = None
    agency_ids: tuple[str, ...] = ()
    role: Role | None = None
    pillar: Pillar | None = None
    row: str | None = None
    series: str | None = None
    comparator: Comparator | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class DocumentCounts:
    """How many records of each kind a document holds; `tasks` are those with years, without `planned`."""

    document_id: str
    cite: str
    clauses: int
    indicators: int
    tasks: int
    planned: int


@dataclass(frozen=True, slots=True)
class Ingestion:
    """One writing of a document into the store.

    `fingerprint` stands for all inputs of the parser; the same fingerprint gives the same records.
    `at` is in UTC.
    """

    document_id: str
    file: str
    sha256: str
    fingerprint: str
    at: datetime
    clauses: int
    indicators: int
    tasks: int
    planned: int
    unplaced: tuple[Unplaced, ...]

    @classmethod
    def of(cls, parsed: ParsedDocument, fingerprint: str) -> Ingestion:
        """The entry for writing a document now."""
        planned = sum(task.planned for task in parsed.tasks)
        return cls(
            document_id=parsed.document.id,
            file=parsed.document.file,
            sha256=parsed.document.sha256,
            fingerprint=fingerprint,
            at=datetime.now(UTC),
            clauses=len(parsed.clauses),
            indicators=len(parsed.indicators),
            tasks=len(parsed.tasks) - planned,
            planned=planned,
            unplaced=parsed.unplaced,
        )
