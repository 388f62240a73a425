"""Logs of child processes: bounded, and no reason for a child to stop."""

from pathlib import Path

import pytest

from bot.process_log import ProcessLog


def test_it_appends(tmp_path: Path) -> None:
    path = tmp_path / "a.log"
    for _ in range(2):
        with ProcessLog(path) as log:
            log.write(b"line\n")
    assert path.read_bytes() == b"line\n" * 2


def test_it_turns_over_while_the_child_lives(tmp_path: Path) -> None:
    path = tmp_path / "a.log"
    with ProcessLog(path, limit=100) as log:
        for number in range(50):
            log.write(b"%08d\n" % number)
    assert path.stat().st_size <= 109
    assert path.with_suffix(".log.1").stat().st_size <= 109
    assert path.read_bytes().endswith(b"00000049\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="/dev/full is Linux's")
def test_a_full_disk_drops_output_and_says_so_afterwards(tmp_path: Path) -> None:
    path = tmp_path / "a.log"
    path.symlink_to("/dev/full")
    with ProcessLog(path) as log:
        log.write(b"12345")
        log.write(b"67890")
        path.unlink()
        log.write(b"well again\n")
    assert path.read_bytes() == b"[10 bytes of output could not be kept]\nwell again\n"
