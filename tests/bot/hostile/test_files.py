"""Hostile files: each is read or refused, in a process that may take only so much memory and time."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest

from bot.hostile.archives import bomb
from bot.hostile.damaging import damaged
from bot.hostile.files import guides, texts
from bot.hostile.reading import SOURCES, Outcome, Reader, try_one
from knowledge.reading import Table, UnreadableFile, read
from knowledge.reading.reader import LARGEST

TEXTS = dict(texts(2_000))


@pytest.mark.parametrize("name", TEXTS)
def test_a_hostile_text_is_read_or_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / "thu.txt"
    path.write_bytes(TEXTS[name])
    with suppress(UnreadableFile):
        assert all(isinstance(block, Table) or block.text for block in read(path))


def test_a_damaged_source_is_read_or_refused(tmp_path: Path) -> None:
    path = tmp_path / "thu.txt"
    for number in range(30):
        path.write_bytes(damaged(SOURCES, f"test/{number}")[1])
        with suppress(UnreadableFile):
            read(path)


def test_damage_is_done_again_from_its_seed() -> None:
    assert damaged(SOURCES, "a") == damaged(SOURCES, "a")
    assert damaged(SOURCES, "a") != damaged(SOURCES, "b")


def test_names_of_files_are_unique() -> None:
    names = [name for name, _ in (*texts(10), *guides())]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("content", "outcome"),
    [
        (bomb(), Outcome.REFUSED),
        ("KẾ HOẠCH\n1. Việc một\n".encode(), Outcome.READ),
        (b"a" * (LARGEST + 1), Outcome.REFUSED),
    ],
)
def test_a_process_of_its_own_tells_the_outcome(content: bytes, outcome: Outcome) -> None:
    found = try_one(Reader.TEXT, "thử", content)
    assert found.outcome is outcome
    assert ("thu.txt: cần" in found.told) == (outcome is Outcome.REFUSED)


def test_a_reader_that_takes_too_long_is_ended() -> None:
    assert try_one(Reader.TEXT, "thử", b"a", patience=0.01).outcome is Outcome.HUNG
