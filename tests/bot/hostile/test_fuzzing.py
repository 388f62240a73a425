"""`scripts/fuzz_readers.py` runs for as long as it is told, with or without atheris."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from trolyso.settings import ROOT

SCRIPT = ROOT / "scripts" / "fuzz_readers.py"
# As if atheris were not installed.
WITHOUT = """
import importlib.util, runpy, sys
found = importlib.util.find_spec
importlib.util.find_spec = lambda name, *rest: None if name == "atheris" else found(name, *rest)
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name="__main__")
"""


@pytest.mark.parametrize(
    "command", [(str(SCRIPT),), ("-c", WITHOUT, str(SCRIPT))], ids=["atheris", "without"]
)
def test_nothing_is_found_in_a_second(command: tuple[str, ...], tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, *command, "--seconds", "1", "--found", str(tmp_path)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "nothing found" in done.stdout
