"""What a child process prints, kept in a file that neither grows without end nor stops the child."""

from __future__ import annotations

import contextlib
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

LIMIT = 10 * 1024 * 1024


class ProcessLog:
    """Appends to a file and turns it over to ``<name>.log.1`` when it has grown beyond `limit` bytes.

    On a full disk it drops what it cannot write, and says how much once it can write again: a child whose
    output nobody takes would stand still.
    """

    def __init__(self, path: Path, limit: int = LIMIT) -> None:
        self._path = path
        self._limit = limit
        self._file: BinaryIO | None = None
        self._dropped = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def write(self, chunk: bytes) -> None:
        """Keep a chunk, or count it as dropped."""
        try:
            file = self._opened()
            if self._dropped:
                file.write(f"[{self._dropped} bytes of output could not be kept]\n".encode())
                self._dropped = 0
            file.write(chunk)
        except OSError:
            self._dropped += len(chunk)
            self._close()

    def _opened(self) -> BinaryIO:
        if self._file and self._file.tell() > self._limit:
            self._close()
        if self._file is None:
            if self._path.is_file() and self._path.stat().st_size > self._limit:
                self._path.replace(self._path.with_suffix(".log.1"))
            self._file = self._path.open("ab", buffering=0)
        return self._file

    def _close(self) -> None:
        if self._file:
            with contextlib.suppress(OSError):
                self._file.close()
        self._file = None
