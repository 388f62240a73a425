"""What all sets of tables have from `Database`."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import event, text
from sqlalchemy.pool import Pool

from knowledge.feedback import NewTicket, Topic
from knowledge.records import Agency
from knowledge.store import Store, StoreError
from knowledge.store.database import Database
from knowledge.store.engine import create_store_engine
from knowledge.store.people import PeopleStore

NORMAL, FULL = 1, 2


@pytest.mark.parametrize(("kind", "level"), [(Store, NORMAL), (PeopleStore, FULL)])
def test_only_what_cannot_be_had_again_waits_for_the_disk(
    tmp_path: Path, kind: type[Database], level: int
) -> None:
    found = []

    def look(connection: object, *_rest: object) -> None:
        found.append(connection.execute("PRAGMA synchronous").fetchone()[0])  # type: ignore[attr-defined]

    event.listen(Pool, "checkout", look)
    try:
        kind.open(f"sqlite:///{tmp_path / 'some.sqlite3'}").close()
    finally:
        event.remove(Pool, "checkout", look)
    assert set(found) == {level}


def test_threads_that_share_one_write_in_turns(tmp_path: Path) -> None:
    with (
        PeopleStore.open(f"sqlite:///{tmp_path / 'people.sqlite3'}") as people,
        ThreadPoolExecutor(8) as pool,
    ):
        new = NewTicket("mạng yếu", Topic.CONNECTION, True, "", "")
        assert len({ticket.code for ticket in pool.map(people.add, [new] * 40)}) == 40
        assert len(people.tickets()) == 40


def test_a_write_that_fails_lets_the_next_one_pass(tmp_path: Path) -> None:
    one = Agency("so-yt", "Sở Y tế", ("SYT",), "province")
    with Store.open(f"sqlite:///{tmp_path / 'store.sqlite3'}") as store:
        with pytest.raises(StoreError):
            store.replace_agencies([one, one])
        store.replace_agencies([one])
        assert store.agencies() == (one,)


def test_several_may_open_a_new_file_in_the_same_moment(tmp_path: Path) -> None:
    together = Barrier(8)

    def opened(path: Path) -> int:
        engine = create_store_engine(f"sqlite:///{path}")
        together.wait()
        with engine.connect() as connection:
            return int(connection.scalar(text("SELECT 1")) or 0)

    with ThreadPoolExecutor(8) as pool:
        for attempt in range(80):
            assert list(pool.map(opened, [tmp_path / f"{attempt}.sqlite3"] * 8)) == [1] * 8
