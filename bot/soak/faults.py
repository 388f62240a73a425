"""What goes wrong: each fault begins, lasts, and ends."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from bot.soak.site import Site
from knowledge.search.index import POINTER, VECTORS

PARTS = ("gateway", "rasa", "actions")
_DATABASE = "people.sqlite3"


class Fault(Protocol):
    """One thing that goes wrong; `seconds` is how long it lasts, 0 for a blow."""

    @property
    def name(self) -> str:
        """What the table calls it."""

    @property
    def seconds(self) -> float:
        """How long it lasts."""

    def missing(self, site: Site) -> str:
        """Why it cannot be brought about here; empty when it can."""

    def lasting(self, site: Site) -> contextlib.AbstractContextManager[None]:
        """The fault while the block lasts."""


@dataclass(frozen=True, slots=True)
class Killed:
    """A process dies without a word."""

    part: str
    seconds: float = 0.0

    @property
    def name(self) -> str:
        """See `Fault`."""
        return f"kill -9 {self.part}"

    def missing(self, site: Site) -> str:
        """See `Fault`."""
        return ""

    @contextlib.contextmanager
    def lasting(self, site: Site) -> Iterator[None]:
        """See `Fault`."""
        _signal(site.process(self.part), signal.SIGKILL)
        yield


@dataclass(frozen=True, slots=True)
class Stopped:
    """A process stands still: slow for a while, or hanging until it is ended from outside."""

    part: str
    seconds: float

    @property
    def name(self) -> str:
        """See `Fault`."""
        return f"{self.part} stands still for {self.seconds:.0f} s"

    def missing(self, site: Site) -> str:
        """See `Fault`."""
        return ""

    @contextlib.contextmanager
    def lasting(self, site: Site) -> Iterator[None]:
        """See `Fault`."""
        pid = site.process(self.part)
        _signal(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            _signal(pid, signal.SIGCONT)


@dataclass(frozen=True, slots=True)
class StoreDown:
    """The database server of the records crashes and stays away."""

    seconds: float = 60.0
    name: str = "PostgreSQL of the records is down"

    def missing(self, site: Site) -> str:
        """See `Fault`."""
        return "" if site.postgres else "no PostgreSQL server is installed"

    @contextlib.contextmanager
    def lasting(self, site: Site) -> Iterator[None]:
        """See `Fault`."""
        assert site.postgres is not None
        site.postgres.stop()
        try:
            yield
        finally:
            site.postgres.start()


@dataclass(frozen=True, slots=True)
class PeopleLocked:
    """Another program holds the write lock of the people's database."""

    seconds: float = 60.0
    name: str = "people's database is locked"

    def missing(self, site: Site) -> str:
        """See `Fault`."""
        return ""

    @contextlib.contextmanager
    def lasting(self, site: Site) -> Iterator[None]:
        """See `Fault`."""
        holder = sqlite3.connect(site.settings.home / _DATABASE, isolation_level=None, timeout=30)
        try:
            holder.execute("BEGIN IMMEDIATE")
            yield
            holder.execute("ROLLBACK")
        finally:
            holder.close()


@dataclass(frozen=True, slots=True)
class DiskFull:
    """Not a byte is left on the filesystem of the home folder."""

    seconds: float = 30.0
    name: str = "disk full"

    def missing(self, site: Site) -> str:
        """See `Fault`."""
        return "" if site.bounded else "a filesystem of limited size cannot be mounted here"

    @contextlib.contextmanager
    def lasting(self, site: Site) -> Iterator[None]:
        """See `Fault`."""
        ballast = site.settings.home / "ballast"
        try:
            with contextlib.suppress(OSError), ballast.open("wb", buffering=0) as file:
                while file.write(b"\0" * 4096):
                    pass
            yield
        finally:
            ballast.unlink()


@dataclass(frozen=True, slots=True)
class ClockJump:
    """The wall clock is suddenly another, and then right again."""

    offset: str
    seconds: float = 15.0

    @property
    def name(self) -> str:
        """See `Fault`."""
        return f"clock jumps by {self.offset}"

    def missing(self, site: Site) -> str:
        """See `Fault`."""
        return "" if site.sky.there else "libfaketime is not installed"

    @contextlib.contextmanager
    def lasting(self, site: Site) -> Iterator[None]:
        """See `Fault`."""
        site.sky.jump(self.offset)
        try:
            yield
        finally:
            site.sky.jump("+0")


@dataclass(frozen=True, slots=True)
class IndexDamaged:
    """A new generation of the index is in force, and damaged; the action server is started on it too."""

    seconds: float = 20.0
    name: str = "index damaged, action server killed"

    def missing(self, site: Site) -> str:
        """See `Fault`."""
        return ""

    @contextlib.contextmanager
    def lasting(self, site: Site) -> Iterator[None]:
        """See `Fault`."""
        folder = site.settings.index_path
        good = (folder / POINTER).read_text()
        bad = folder / "gen-damaged"
        shutil.copytree(folder / good.strip(), bad)
        _turn_bits(bad / VECTORS)
        (folder / POINTER).write_text(bad.name)
        try:
            _signal(site.process("actions"), signal.SIGKILL)
            yield
        finally:
            (folder / POINTER).write_text(good)
            shutil.rmtree(bad)


@dataclass(frozen=True, slots=True)
class ModelDamaged:
    """The newest Rasa model is damaged, and Rasa is started on it too."""

    seconds: float = 20.0
    name: str = "model damaged, Rasa killed"

    def missing(self, site: Site) -> str:
        """See `Fault`."""
        return ""

    @contextlib.contextmanager
    def lasting(self, site: Site) -> Iterator[None]:
        """See `Fault`."""
        folder = site.settings.models_path
        newest = max(folder.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime)
        bad = folder / "damaged.tar.gz"
        shutil.copy(newest, bad)
        _turn_bits(bad)
        try:
            _signal(site.process("rasa"), signal.SIGKILL)
            yield
        finally:
            bad.unlink()


def _turn_bits(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)


def _signal(pid: int | None, number: signal.Signals) -> None:
    if pid is not None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)
