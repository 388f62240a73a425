#!/usr/bin/env python3
"""`make test`: says aloud what cannot run here, then pytest, the Rasa data check and the NLU bound."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from provision.console import ROOT

PYTHON = str(ROOT / ".venv" / "bin" / "python")
RASA = str(ROOT / ".venv-rasa" / "bin" / "python")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def main(arguments: list[str]) -> int:
    """Run everything, also after a failure; the exit code is 0 when all passed."""
    _tell_what_is_missing()
    rasa = {
        **os.environ,
        "RASA_TELEMETRY_ENABLED": "false",
        "PYTHONWARNINGS": "ignore",
        "TF_CPP_MIN_LOG_LEVEL": "3",
    }
    rasa["ACTIONS_URL"] = "http://127.0.0.1:5055"
    steps = (
        ("Rasa data", [RASA, "-m", "rasa", "data", "validate", "--fail-on-warnings"], rasa),
        ("NLU bound", [PYTHON, "scripts/check_nlu.py"], dict(os.environ)),
        ("pytest", [PYTHON, "-m", "pytest", *arguments], dict(os.environ)),
    )
    failed = []
    for name, command, env in steps:
        print(f"== {name}", flush=True)
        if subprocess.run(command, cwd=str(ROOT), env=env, check=False).returncode != 0:
            failed.append(name)
    if failed:
        print(f"make test failed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


def _tell_what_is_missing() -> None:
    """Tests that need a program of this machine are skipped without it, never in silence."""
    if not any(shutil.which(name) for name in BROWSERS):
        print("SKIPPED: browser tests; Chromium is missing (apt-get install chromium)")
    if not any(Path("/usr/lib/postgresql").glob("*/bin/initdb")):
        print("SKIPPED: PostgreSQL tests; no server is installed (apt-get install postgresql)")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
