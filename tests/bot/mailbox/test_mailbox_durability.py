"""A process that is killed, at any moment, has lost nothing that it was told is kept."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.pool import Pool

from bot.mailbox import Mailbox, ParcelState
from tests.bot.mailbox.samples import HOME, NOW, message
from trolyso.settings import ROOT


def killed(work: str, url: str, lines: int) -> list[list[str]]:
    """Run the child until it has told so many lines, kill it, and give all that it had told by then."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "tests.bot.mailbox.child", work, url]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment) as child:
        assert child.stdout is not None
        told = [child.stdout.readline() for _ in range(lines)]
        child.send_signal(signal.SIGKILL)
        told += child.stdout.readlines()
    assert child.returncode == -signal.SIGKILL
    return [line.split() for line in told if line.endswith("\n")]


@pytest.mark.integration
def test_what_was_received_outlives_kill_9(url: str) -> None:
    keys = [key for (key,) in killed("receive", url, 25)]
    assert len(keys) >= 25
    with Mailbox.open(url) as mailbox:
        for key in keys:
            assert not mailbox.receive(message(key, int(key)))
            assert mailbox.next_message(HOME.conversation) == message(key, int(key))
            mailbox.answer(key, [], None, NOW)


@pytest.mark.integration
@pytest.mark.parametrize("lines", range(13, 17))
def test_every_step_outlives_kill_9(tmp_path: Path, lines: int) -> None:
    url = f"sqlite:///{tmp_path / 'people.sqlite3'}"
    step, last = killed("work", url, lines)[-1]
    with Mailbox.open(url) as mailbox:
        found, stored = mailbox.next_message(HOME.conversation), mailbox.next_parcel(HOME.conversation)
        held = (found.key if found else None, (stored.key, stored.state) if stored else None)
        # The step after the last that was told may be done too: it was stored and not yet told.
        following: dict[str, list[object]] = {
            "received": [(last, None), (None, (last, ParcelState.WAITING))],
            "answered": [(None, (last, ParcelState.WAITING)), (None, (last, ParcelState.SENDING))],
            "sending": [(None, (last, ParcelState.SENDING)), (None, None)],
            "sent": [(None, None), (str(int(last) + 1), None)],
        }
        assert held in following[step]
        assert not mailbox.receive(message(last, int(last)))


def test_sqlite_writes_to_the_disk_before_a_call_returns(tmp_path: Path) -> None:
    levels = []

    def look(connection: object, *_rest: object) -> None:
        levels.append(connection.execute("PRAGMA synchronous").fetchone()[0])  # type: ignore[attr-defined]

    event.listen(Pool, "checkout", look)
    try:
        with Mailbox.open(f"sqlite:///{tmp_path / 'people.sqlite3'}") as mailbox:
            mailbox.receive(message("1"))
    finally:
        event.remove(Pool, "checkout", look)
    assert set(levels) == {2}  # FULL


def test_what_is_done_leaves_no_trace_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "people.sqlite3"
    with Mailbox.open(f"sqlite:///{path}") as mailbox:
        mailbox.receive(message("1", text="dấu vết " * 500))
        mailbox.receive(message("2", text="secret-word " * 500))
        for key in ("1", "2"):
            mailbox.answer(key, [], None, NOW)
    left = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert b"secret-word" not in left
    assert rb"v\u1ebft" not in left
