"""Stamps: what a step was made from, so that it is skipped until its inputs change."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Iterable, Iterator, Sequence

from .console import ROOT

_IGNORED = {"__pycache__", ".mypy_cache", ".ruff_cache"}


def digest(inputs: Iterable[str], extra: Sequence[str] = ()) -> str:
    """SHA-256 over the files that `inputs` (paths or folders under the root) name, and over `extra`."""
    total = hashlib.sha256()
    for path in files(inputs):
        total.update(str(path.relative_to(ROOT)).encode() + b"\0")
        total.update(hashlib.sha256(path.read_bytes()).digest())
    for text in extra:
        total.update(text.encode() + b"\0")
    return total.hexdigest()


def files(inputs: Iterable[str]) -> Iterator[Path]:
    """The files under each of `inputs`, in a stable order; an input may be a glob pattern."""
    for name in inputs:
        for path in sorted(ROOT.glob(name)):
            inside = [path] if path.is_file() else sorted(path.rglob("*"))
            yield from (file for file in inside if file.is_file() and not _IGNORED & set(file.parts))


class Stamp:
    """The digest that one step was last finished with."""

    def __init__(self, folder: Path, name: str) -> None:
        self._path = folder / name

    def fresh(self, value: str) -> bool:
        """True when the step was finished with this digest."""
        return self._path.is_file() and self._path.read_text() == value

    def write(self, value: str) -> None:
        """The step is finished."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._path.write_text(value)

    def clear(self) -> None:
        """The step is under way: what is there may be half."""
        if self._path.is_file():
            self._path.unlink()
