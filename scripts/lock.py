#!/usr/bin/env python3
"""`make lock`: resolve the dependencies anew, in fresh environments, and write the lock files.

torch keeps the version of requirements/torch.lock; change it there. Rasa's come from requirements/rasa.in.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from provision import environments, interpreters
from provision.console import ROOT, Runner, SetupError, say

LOCKS = ROOT / "requirements"
HEADER = "# {}\n# Written by `make lock`; exact versions, no hosts.\n"
TITLES = {
    "main": "What runs in .venv (Python 3.11). torch stands in torch.lock: it comes first, as a CPU build.",
    "dev": "Tests and checks, on top of main.lock.",
    "rasa": "What runs in .venv-rasa (Python 3.10). setuptools gives rasa its pkg_resources.",
}
# pip and uv come from setup.lock, torch from torch.lock, trolyso is the project itself.
ELSEWHERE = {"pip", "uv", "torch", "trolyso"}


def main() -> int:
    """Write main.lock, dev.lock and rasa.lock; the exit code is 0 when all three stand."""
    runner = Runner()
    try:
        with tempfile.TemporaryDirectory() as folder:
            _lock_own(Path(folder), runner)
            _lock_rasa(Path(folder), runner)
    except SetupError as error:
        print(f"lock stopped: {error}", file=sys.stderr)
        return 1
    return 0


def _lock_own(folder: Path, runner: Runner) -> None:
    own = environments.main_environment(dev=True)._replace(name="lock", folder=folder / "own")
    _prepare(own, runner)
    environments.install_torch(own, runner)
    _resolve(own, [str(ROOT)], runner)
    held = _frozen(own)
    _write("main", held)
    _resolve(own, [f"{ROOT}[dev]"], runner)
    _write("dev", _frozen(own) - held)


def _lock_rasa(folder: Path, runner: Runner) -> None:
    rasa = environments.rasa_environment()._replace(name="lock-rasa", folder=folder / "rasa")
    _prepare(rasa, runner)
    _resolve(rasa, ["-r", str(LOCKS / "rasa.in")], runner)
    _write("rasa", _frozen(rasa))


def _prepare(environment: environments.Environment, runner: Runner) -> None:
    python = interpreters.find(environment.version)
    runner.run(environment.name, "making an environment", [python, "-m", "venv", str(environment.folder)])
    tools = [environment.python, "-m", "pip", "install", "--quiet", "-r", str(LOCKS / "setup.lock")]
    runner.run(environment.name, "installing pip and uv", tools)


def _resolve(environment: environments.Environment, wanted: list[str], runner: Runner) -> None:
    uv = str(environment.folder / "bin" / "uv")
    command = [uv, "pip", "install", "--quiet", "--python", environment.python, *wanted]
    runner.run(environment.name, "resolving", command, environments.uv_environment(environment))


def _frozen(environment: environments.Environment) -> frozenset[str]:
    """The exact versions that are installed, without local paths and build tags."""
    command = [environment.python, "-m", "pip", "list", "--format=freeze", "--disable-pip-version-check"]
    printed = subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout.decode()
    lines = (line.split("+")[0] for line in printed.splitlines() if "==" in line)
    return frozenset(line for line in lines if line.split("==")[0].lower() not in ELSEWHERE)


def _write(name: str, pins: frozenset[str]) -> None:
    ordered = sorted(pins, key=lambda pin: re.sub(r"[-_.]+", "-", pin.split("==")[0]).lower())
    text = HEADER.format(TITLES[name]) + "\n".join(ordered) + "\n"
    (LOCKS / f"{name}.lock").write_text(text, encoding="utf-8")
    say("lock", f"requirements/{name}.lock: {len(ordered)} packages")


if __name__ == "__main__":
    sys.exit(main())
