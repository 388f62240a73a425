"""A store that reads the same records once for each edition of them."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any, TypeVar

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from knowledge.records import Clause, Guide, Indicator, Task
from knowledge.store.store import Store
from knowledge.store.values import IndicatorFilter, Page

_ALL = IndicatorFilter()
_KEPT = 256
"""Readings that are kept; the longest unused goes first."""
_WHOLE = 10_000
"""A reading of more records is not kept."""

_Reading = TypeVar("_Reading", bound=tuple[Any, ...] | Page[Indicator])


class RememberingStore(Store):
    """A `Store` whose bulk readings are made once until `turn_to` names another edition of the records.

    What another process writes is seen with the next edition, what this one writes at once.
    """

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)
        self._edition = ""
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = Lock()

    def turn_to(self, edition: str) -> None:
        """Forget what was read of other editions."""
        with self._lock:
            if edition != self._edition:
                self._edition = edition
                self._kept.clear()

    def clauses(self, document_id: str) -> tuple[Clause, ...]:
        """See `Store`."""
        read = super().clauses
        return self._once(("clauses", document_id), lambda: read(document_id))

    def indicators(
        self, wanted: IndicatorFilter = _ALL, limit: int | None = None, offset: int = 0
    ) -> Page[Indicator]:
        """See `Store`."""
        read = super().indicators
        return self._once(("indicators", wanted, limit, offset), lambda: read(wanted, limit, offset))

    def tasks(
        self, document_id: str | None = None, agency_id: str | None = None, planned: bool | None = None
    ) -> tuple[Task, ...]:
        """See `Store`."""
        read = super().tasks
        key = ("tasks", document_id, agency_id, planned)
        return self._once(key, lambda: read(document_id, agency_id, planned))

    def guides(self) -> tuple[Guide, ...]:
        """See `Store`."""
        return self._once(("guides",), super().guides)

    @contextmanager
    def _write(self) -> Iterator[Session]:
        with super()._write() as session:
            yield session
        with self._lock:
            self._kept.clear()

    def _once(self, key: Hashable, read: Callable[[], _Reading]) -> _Reading:
        with self._lock:
            edition = self._edition
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]  # type: ignore[no-any-return]
        found = read()
        size = len(found.items) if isinstance(found, Page) else len(found)
        with self._lock:
            # What was read before another thread turned to a new edition is not kept for it.
            if size <= _WHOLE and edition == self._edition:
                self._kept[key] = found
                if len(self._kept) > _KEPT:
                    self._kept.popitem(last=False)
        return found
