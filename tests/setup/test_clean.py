"""`make clean` takes away what can be built again, and leaves what people sent."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from trolyso.settings import ROOT


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
def test_clean_keeps_what_people_sent(tmp_path: Path) -> None:
    shutil.copy(ROOT / "Makefile", tmp_path)
    home = tmp_path / ".trolyso"
    (home / "index").mkdir(parents=True)
    for name in ("store.sqlite3", "people.sqlite3", "people.sqlite3-wal", "index/CURRENT"):
        (home / name).write_text("x")
    subprocess.run(["make", "clean"], cwd=tmp_path, check=True, capture_output=True)
    assert sorted(path.name for path in home.iterdir()) == ["people.sqlite3", "people.sqlite3-wal"]
    for path in home.iterdir():
        path.unlink()
    subprocess.run(["make", "clean"], cwd=tmp_path, check=True, capture_output=True)
    assert not home.exists()
