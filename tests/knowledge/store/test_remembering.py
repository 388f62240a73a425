"""A store that reads once for each edition of the records."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.records import Clause
from knowledge.store import IndicatorFilter, RememberingStore, Store
from tests.knowledge.store.samples import clause, document, indicator, parsed, task


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'store.sqlite3'}"


@pytest.fixture
def stores(url: str) -> Iterator[tuple[RememberingStore, Store]]:
    """A store that remembers, and another process's store over the same records."""
    with RememberingStore.open(url) as remembering, Store.open(url) as other:
        fill(other, "một")
        remembering.turn_to("first")
        yield remembering, other


def fill(store: Store, text: str) -> None:
    of = document()
    rows = (clause(of.id, "I.1", 1, text=text), indicator(of.id, "80", 1, name=text), task(of.id, "1", 1))
    store.replace(parsed(of, *rows))


def texts(store: Store) -> tuple[str, ...]:
    clauses: tuple[Clause, ...] = store.clauses("206-qd-ubnd")
    return tuple(held.text for held in clauses)


def test_readings_are_those_of_a_store(stores: tuple[RememberingStore, Store]) -> None:
    remembering, other = stores
    wanted = IndicatorFilter(row="80")
    for _ in range(2):
        assert remembering.clauses("206-qd-ubnd") == other.clauses("206-qd-ubnd")
        assert remembering.indicators(wanted) == other.indicators(wanted)
        assert remembering.indicators(limit=1, offset=1) == other.indicators(limit=1, offset=1)
        assert remembering.tasks("206-qd-ubnd", planned=False) == other.tasks("206-qd-ubnd", planned=False)
        assert remembering.tasks() == other.tasks()
        assert remembering.guides() == other.guides()


def test_what_another_process_writes_is_seen_with_the_next_edition(
    stores: tuple[RememberingStore, Store],
) -> None:
    remembering, other = stores
    assert texts(remembering) == ("một",)
    fill(other, "hai")
    remembering.turn_to("first")
    assert texts(remembering) == ("một",)
    remembering.turn_to("second")
    assert texts(remembering) == ("hai",)


def test_what_it_writes_itself_is_seen_at_once(stores: tuple[RememberingStore, Store]) -> None:
    remembering, _ = stores
    assert texts(remembering) == ("một",)
    fill(remembering, "hai")
    assert texts(remembering) == ("hai",)


def test_the_longest_unused_reading_goes_first(
    stores: tuple[RememberingStore, Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("knowledge.store.remembering._KEPT", 2)
    remembering, other = stores
    assert texts(remembering) == ("một",)
    remembering.tasks()
    assert texts(remembering) == ("một",)
    remembering.guides()  # the tasks go
    fill(other, "hai")
    assert texts(remembering) == ("một",)
    remembering.tasks()
    remembering.guides()
    assert texts(remembering) == ("hai",)


def test_a_reading_that_is_too_large_is_not_kept(
    stores: tuple[RememberingStore, Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("knowledge.store.remembering._WHOLE", 0)
    remembering, other = stores
    assert texts(remembering) == ("một",)
    fill(other, "hai")
    assert texts(remembering) == ("hai",)
