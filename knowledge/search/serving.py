"""The index in force while a service runs: the newest generation that can be read.

A generation that is damaged, half written or of another encoder is refused, and the last good one goes on
serving.
"""

from __future__ import annotations

import contextlib
import logging
import time
from pathlib import Path

from knowledge.search.encoder import Encoder
from knowledge.search.errors import IndexMissing, SearchError
from knowledge.search.index import Generation, load_generation, pointed

# Seconds until a generation that could not be read is tried again: its files may still be on their way.
RETRY = 5.0
_log = logging.getLogger(__name__)


class SearchIndex:
    """The generation in force, which `reload_if_changed` renews while a service runs."""

    def __init__(self, folder: Path, encoder: Encoder) -> None:
        self._folder = folder
        self._encoder = encoder
        self._refused = ""
        self._retry = 0.0
        self._generation = self._newest()

    @property
    def generation(self) -> Generation:
        """What to search now. A search keeps the one that it began with."""
        return self._generation

    @property
    def encoder(self) -> Encoder:
        """The encoder that the vectors come from."""
        return self._encoder

    @property
    def refused(self) -> str:
        """The generation that the pointer names and that cannot be read; empty when all is well."""
        return self._refused

    def reload_if_changed(self) -> bool:
        """Load the generation that the pointer names, if it is another one; True when it was.

        One that cannot be read is logged and tried again after `RETRY`; until then the old one stays.
        """
        name = pointed(self._folder) or self._generation.name
        if name == self._generation.name:
            self._refused = ""
            return False
        if name == self._refused and time.monotonic() < self._retry:
            return False
        try:
            self._generation = load_generation(self._folder, name, self._encoder)
        except SearchError as error:
            self._refuse(name, error)
            return False
        self._refused = ""
        return True

    def _newest(self) -> Generation:
        """The generation of the pointer, or the newest of those before it that can be read."""
        name = pointed(self._folder)
        if name is None:
            raise IndexMissing(f"Chưa có chỉ mục trong {self._folder}: dựng chỉ mục trước.")
        try:
            return load_generation(self._folder, name, self._encoder)
        except SearchError as error:
            for other in _others(self._folder, name):
                with contextlib.suppress(SearchError):
                    last = load_generation(self._folder, other, self._encoder)
                    self._refuse(name, error)
                    return last
            raise

    def _refuse(self, name: str, error: SearchError) -> None:
        self._refused, self._retry = name, time.monotonic() + RETRY
        _log.error("the last good index goes on serving: %s", error)


def _others(folder: Path, name: str) -> list[str]:
    """Names of the other generations, newest first."""
    found = [path for path in folder.glob("gen-*") if path.name != name]
    return [path.name for path in sorted(found, key=lambda path: path.stat().st_mtime, reverse=True)]


def load_index(folder: Path, encoder: Encoder) -> SearchIndex:
    """Open an index, or the one before it when it is damaged.

    Raises `IndexMissing` when there is none, `IndexCorrupt` when none can be read with this encoder.
    """
    return SearchIndex(folder, encoder)
