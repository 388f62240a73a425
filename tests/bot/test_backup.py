"""The drill: a backup under writing, a lost home, a restore; and what is refused."""

from __future__ import annotations

import shutil
import socket
import threading
from pathlib import Path

import pytest

from bot.backup import DATABASE, MANIFEST, BackupError, backup, restore
from bot.conversations import load_key
from bot.gateway import KEY_FILE
from bot.service import PortInUse, with_free_ports
from knowledge.feedback import NewTicket, Topic
from knowledge.store.people import PeopleStore
from trolyso.settings import Settings


@pytest.fixture
def home(tmp_path: Path) -> Settings:
    settings = with_free_ports(Settings(home=tmp_path / "home"))
    settings.home.mkdir()
    load_key(settings.home / KEY_FILE)
    return settings


def add(settings: Settings, count: int) -> list[str]:
    with PeopleStore.open(settings.people_url) as people:
        return [people.add(NewTicket(f"mạng yếu {number}", Topic.CONNECTION)).code for number in range(count)]


def codes(settings: Settings) -> set[str]:
    with PeopleStore.open(settings.people_url) as people:
        return {ticket.code for ticket in people.tickets()}


def test_what_was_kept_before_the_backup_is_there_after_the_restore(home: Settings, tmp_path: Path) -> None:
    before, key = set(add(home, 20)), (home.home / KEY_FILE).read_bytes()
    over = threading.Event()

    def write() -> None:
        while not over.is_set():
            add(home, 1)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        made = backup(home, tmp_path / "backups")
    finally:
        over.set()
        writer.join()
    shutil.rmtree(home.home)
    assert restore(home, made) is None
    assert before <= codes(home)
    assert (home.home / KEY_FILE).read_bytes() == key


def test_what_stood_in_place_is_set_aside(home: Settings, tmp_path: Path) -> None:
    first = set(add(home, 2))
    made = backup(home, tmp_path)
    later = set(add(home, 3))
    kept = restore(home, made)
    assert codes(home) == first
    assert kept
    assert codes(home.model_copy(update={"home": kept})) == first | later


@pytest.mark.parametrize("name", [DATABASE, KEY_FILE, MANIFEST])
def test_a_damaged_backup_changes_nothing(home: Settings, tmp_path: Path, name: str) -> None:
    held = set(add(home, 2))
    made = backup(home, tmp_path)
    (made / name).write_bytes((made / name).read_bytes()[:-5])
    with pytest.raises(BackupError):
        restore(home, made)
    assert codes(home) == held


def test_a_name_that_leads_out_of_the_backup_is_refused(home: Settings, tmp_path: Path) -> None:
    add(home, 1)
    made = backup(home, tmp_path)
    (made / MANIFEST).write_text('{"files": {"../people.sqlite3": "x"}}')
    with pytest.raises(BackupError, match="bị hỏng"):
        restore(home, made)


def test_nothing_is_put_under_a_running_service(home: Settings, tmp_path: Path) -> None:
    add(home, 1)
    made = backup(home, tmp_path)
    with socket.create_server(("127.0.0.1", home.port)), pytest.raises(PortInUse):
        restore(home, made)


def test_there_is_nothing_to_save_yet(home: Settings, tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="Chưa có gì"):
        backup(home, tmp_path / "backups")


def test_another_database_has_tools_of_its_own(home: Settings, tmp_path: Path) -> None:
    other = home.model_copy(update={"people_database_url": "postgresql://x@h/y"})
    with pytest.raises(BackupError, match="pg_dump"):
        backup(other, tmp_path)
