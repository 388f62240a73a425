"""A digest of files that a component reads, so that Rasa's cache notices when they change."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path


def digest(files: Iterable[Path]) -> str:
    """SHA-256 over names and contents; the order does not matter. Raises `OSError`."""
    total = hashlib.sha256()
    for path in sorted(files):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        total.update(f"{path.name}:{content}\n".encode())
    return total.hexdigest()


def package_files(folder: Path) -> list[Path]:
    """The code and the data of a package, compiled files left out."""
    return [path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
