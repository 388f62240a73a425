"""How much of each document the store holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from knowledge.store import DocumentCounts, Store


@dataclass(frozen=True, slots=True)
class Stats:
    """Counts per document, newest plan first."""

    documents: tuple[DocumentCounts, ...]

    def to_json(self) -> dict[str, Any]:
        """``documents``, each named as it is cited, and their ``totals``; ready for `json.dumps`."""
        return {
            "documents": [{"document": counts.cite} | _numbers([counts]) for counts in self.documents],
            "totals": _numbers(self.documents),
        }


def stats(store: Store) -> Stats:
    """Count the records of a store. Raises `StoreError`."""
    return Stats(store.counts())


def _numbers(counts: Iterable[DocumentCounts]) -> dict[str, int]:
    listed = tuple(counts)
    return {
        "indicators": sum(each.indicators for each in listed),
        "tasks": sum(each.tasks for each in listed),
        "planned": sum(each.planned for each in listed),
        "clauses": sum(each.clauses for each in listed),
    }
