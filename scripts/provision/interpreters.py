"""Finds the two Python interpreters: 3.11 for the assistant, 3.10 for Rasa."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Iterator

from .console import SetupError

# Printed by a usable interpreter: its version, and whether it can make environments with pip.
_PROBE = (
    "import sys\n"
    "try:\n import venv, ensurepip\n ready = 'ready'\n"
    "except ImportError:\n ready = 'bare'\n"
    "print('%d.%d' % sys.version_info[:2], ready)"
)


def find(version: str) -> str:
    """Path of a working Python `version` (such as ``3.11``) that can make environments.

    Raises `SetupError` that says how to get one.
    """
    bare: list[str] = []
    for candidate in _candidates(version):
        found = probe(candidate)
        if found == f"{version} ready":
            return candidate
        if found == f"{version} bare":
            bare.append(candidate)
    if bare:
        raise SetupError(
            f"{bare[0]} cannot make environments (venv and ensurepip are missing): "
            f"run `apt-get install python{version}-venv`"
        )
    raise SetupError(
        f"Python {version} is missing: run `pyenv install {version}` or `uv python install {version}`, "
        f"or install it from your system's packages, so that `python{version}` runs"
    )


def probe(candidate: str) -> str | None:
    """What `candidate` says of itself (``3.11 ready``); None when it does not run, as some shims."""
    try:
        result = subprocess.run(
            [candidate, "-c", _PROBE],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            stdin=subprocess.DEVNULL,
            timeout=30,
            check=False,
            cwd=str(Path.home()),
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return result.stdout.decode(errors="replace").strip() if result.returncode == 0 else None


def _candidates(version: str) -> Iterator[str]:
    """Where an interpreter may be, nearest first; each is tried before it is believed."""
    if (
        sys.version_info[:2] == tuple(int(part) for part in version.split("."))
        and sys.prefix == sys.base_prefix
    ):
        yield sys.executable
    yield from _pyenv(version)
    for folder in os.environ.get("PATH", "").split(os.pathsep):
        path = shutil.which(f"python{version}", path=folder)
        if path:
            yield path
    yield from _uv(version)


def _pyenv(version: str) -> Iterator[str]:
    root = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    versions = sorted(root.glob(f"versions/{version}.*"), key=_patch, reverse=True)
    yield from (str(folder / "bin" / "python") for folder in versions)


def _patch(folder: Path) -> int:
    last = folder.name.rsplit(".", 1)[-1]
    return int(last) if last.isdigit() else -1


def _uv(version: str) -> Iterator[str]:
    uv = shutil.which("uv")
    if not uv:
        return
    result = subprocess.run(
        [uv, "python", "find", "--no-project", version],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    if result.returncode == 0:
        yield result.stdout.decode().strip()
