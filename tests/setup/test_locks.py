"""The locks: exact versions, nothing that ties them to one machine, and all that the project names."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from trolyso.settings import ROOT

LOCKS = sorted((ROOT / "requirements").glob("*.lock"))
PIN = re.compile(r"^[A-Za-z0-9._-]+==[0-9][A-Za-z0-9.!]*$")


def _lines(lock: Path) -> list[str]:
    return [
        line for line in lock.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")
    ]


def _names(*locks: str) -> set[str]:
    return {
        re.sub(r"[-_.]+", "-", line.split("==")[0]).lower()
        for lock in locks
        for line in _lines(ROOT / "requirements" / f"{lock}.lock")
    }


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_every_line_is_one_exact_public_version(lock: Path) -> None:
    assert [line for line in _lines(lock) if not PIN.match(line)] == []


def test_locks_hold_every_dependency_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    def named(requirements: list[str]) -> set[str]:
        return {re.split(r"[\[<>=~! ]", each)[0].lower().replace("_", "-") for each in requirements}

    assert named(project["dependencies"]) <= _names("main", "torch")
    assert named(project["optional-dependencies"]["dev"]) <= _names("dev")
    assert not _names("main") & _names("dev")
    assert "torch" not in _names("main", "dev")
