"""What all sets of tables have from `Database`."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.pool import Pool

from knowledge.feedback import NewTicket, Topic
from knowledge.records import Agency
from knowledge.store import Store, StoreError
from knowledge.store.database import Database
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
