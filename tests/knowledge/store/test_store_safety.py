"""What the store does when things go wrong, and when several use it at once."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from knowledge.records import Agency, ParsedDocument
from knowledge.store import Store, StoreError, StoreSchemaError, StoreUnavailable
from tests.knowledge.store.samples import clause, document, indicator, parsed, task

OF = document()
HELD = parsed(OF, clause(OF.id, "I", 0), indicator(OF.id, "80", 0), task(OF.id, "A.1", 0))
OTHER = document("54-kh-stttt", 2023)


@pytest.mark.parametrize(
    "broken",
    [
        parsed(OF, clause(OF.id, "II", 0), clause(OF.id, "II", 1)),
        parsed(OF, indicator(OF.id, "81", 0), indicator(OF.id, "81", 1)),
        parsed(OF, indicator(OF.id, "81", 0), clause("no-such-document", "I", 0)),
        parsed(OF, indicator(OF.id, "1", 0), replace(task(OF.id, "A.1", 0), name=None)),  # type: ignore[arg-type]
        parsed(OF, indicator(OF.id, "1", 0), replace(indicator(OF.id, "2", 0), id=f"{OTHER.id}:1")),
    ],
    ids=[
        "same path twice",
        "same id twice",
        "clause of another document",
        "no name",
        "id of another document",
    ],
)
def test_a_failing_replacement_leaves_the_store_as_it_was(store: Store, broken: ParsedDocument) -> None:
    other = parsed(OTHER, indicator(OTHER.id, "1", 0))
    store.replace(other)
    store.replace(HELD, "held")
    before = store.ingestions()
    with pytest.raises(StoreError):
        store.replace(broken, "broken")
    assert store.parsed(OF.id) == HELD
    assert store.parsed(OTHER.id) == other
    assert store.ingestions() == before


def test_failing_agencies_leave_the_old_ones(store: Store) -> None:
    held = Agency("so-yt", "Sở Y tế", ("SYT",), "province")
    store.replace_agencies([held])
    with pytest.raises(StoreError):
        store.replace_agencies([Agency("a", "A", (), "province"), Agency("a", "B", (), "province")])
    assert store.agencies() == (held,)


def test_readers_beside_writers_see_whole_documents_only(store: Store) -> None:
    versions = [
        parsed(
            replace(OF, title=f"bản {n}"),
            *(indicator(OF.id, str(row), row, name=f"bản {n}") for row in range(30)),
            *(clause(OF.id, f"I.{row}", row, text=f"bản {n}") for row in range(30)),
        )
        for n in range(2)
    ]
    store.replace(versions[0])
    with ThreadPoolExecutor(4) as pool:
        writes = [pool.submit(store.replace, versions[n % 2]) for n in range(8)]
        reads = [pool.submit(store.parsed, OF.id) for _ in range(24)]
        assert all(done.result() in versions for done in reads)
        assert [done.result().indicators for done in writes] == [30] * 8


@pytest.mark.parametrize(
    "url",
    [
        "không phải url",
        "mysql://localhost/x",
        "nosuchdatabase://x",
        "postgresql://nobody@/x?host=/no/such/folder",
        "sqlite:////proc/no-such-folder/store.sqlite3",
    ],
)
def test_a_database_that_cannot_be_reached_is_unavailable(url: str) -> None:
    with pytest.raises(StoreUnavailable):
        Store.open(url)


@pytest.mark.postgres
def test_a_postgresql_database_that_is_not_there_is_unavailable(postgres_url: str) -> None:
    with pytest.raises(StoreUnavailable, match="nowhere"):
        Store.open(postgres_url.replace("/postgres?", "/nowhere?"))


def test_an_error_tells_neither_password_nor_values() -> None:
    with pytest.raises(StoreUnavailable) as caught:
        Store.open("postgresql://someone:mật-khẩu@/x?host=/no/such/folder")
    assert "mật-khẩu" not in str(caught.value)
    with Store.open("sqlite://") as store:
        store.replace(HELD)
        with pytest.raises(StoreError) as refused:
            store.replace(parsed(OTHER, clause(OF.id, "I", 0, text="điều kín")))
    assert "điều kín" not in str(refused.value)


def test_a_file_that_is_no_database_is_a_schema_error(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite3"
    path.write_text("Đây không phải cơ sở dữ liệu. " * 100, encoding="utf-8")
    with pytest.raises(StoreSchemaError):
        Store.open(f"sqlite:///{path}")


def test_a_lost_table_is_a_schema_error(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite3"
    with Store.open(f"sqlite:///{path}") as store:
        with sqlite3.connect(path) as connection:
            connection.execute("DROP TABLE tasks")
        connection.close()
        with pytest.raises(StoreSchemaError):
            store.tasks()


def test_sqlite_writes_ahead_and_checks_foreign_keys(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite3"
    with Store.open(f"sqlite:///{path}") as store:
        store.replace(HELD)
        connection = sqlite3.connect(path)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        connection.close()
        with pytest.raises(StoreError, match="FOREIGN KEY"):
            store.replace(parsed(OF, clause("no-such-document", "I", 0)))
