"""How much of each document the store holds, and how many guides."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from knowledge.store import DocumentCounts, Store


@dataclass(frozen=True, slots=True)
class Stats:
    """Counts per document, newest plan first, and the number of guides."""

    documents: tuple[DocumentCounts, ...]
    guides: int = 0

    def to_json(self) -> dict[str, Any]:
        """``documents``, named as they are cited, their ``totals``, and ``guides``; for `json.dumps`."""
        return {
            "documents": [{"document": counts.cite} | _numbers([counts]) for counts in self.documents],
            "totals": _numbers(self.documents),
            "guides": self.guides,
        }


def stats(store: Store) -> Stats:
    """Count the records of a store. Raises `StoreError`."""
    return Stats(store.counts(), len(store.guides()))


def _numbers(counts: Iterable[DocumentCounts]) -> dict[str, int]:
    listed = tuple(counts)
    return {
        "indicators": sum(each.indicators for each in listed),
        "tasks": sum(each.tasks for each in listed),
        "planned": sum(each.planned for each in listed),
        "clauses": sum(each.clauses for each in listed),
    }
