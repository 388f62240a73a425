#!/usr/bin/env python3
"""`make test`: says aloud what cannot run here, then pytest, the Rasa data check and the NLU bound."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from provision.artefacts import home
from provision.console import ROOT, child_environment

PYTHON = str(ROOT / ".venv" / "bin" / "python")
RASA = (str(ROOT / ".venv-rasa" / "bin" / "python"), "-m", "rasa")
RASA_ENVIRONMENT = {
    "ACTIONS_URL": "http://127.0.0.1:5055",
    "PYTHONWARNINGS": "ignore",
    "RASA_TELEMETRY_ENABLED": "false",
    "TF_CPP_MIN_LOG_LEVEL": "3",
}
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def main(arguments: list[str]) -> int:
    """Run everything, also after a failure; the exit code is 0 when all passed."""
    _tell_what_is_missing()
    plain, rasa = child_environment(), child_environment(RASA_ENVIRONMENT)
    report = home() / "nlu-report"
    test = [*RASA, "test", "nlu", "--model", str(home() / "models"), "--nlu", "tests/nlu/test_nlu.yml"]
    steps = (
        ("Rasa data", [*RASA, "data", "validate", "--fail-on-warnings"], rasa),
        ("NLU", [*test, "--out", str(report), "--no-plot", "--no-errors"], rasa),
        ("NLU bound", [PYTHON, "scripts/check_nlu.py", str(report / "intent_report.json")], plain),
        ("pytest", [PYTHON, "-m", "pytest", *arguments], plain),
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
