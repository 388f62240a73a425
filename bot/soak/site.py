"""The service under test: the real processes under the real supervisor, on a home folder of their own."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.bench import processes
from bot.channels.telegram import fake as telegram
from bot.channels.telegram.fake.server import TOKEN
from bot.fakes import LoopbackServer
from bot.service import running, with_free_ports
from bot.soak.postgres import PostgresServer, find_binaries
from bot.soak.sky import Sky
from knowledge.ingest import ingest_folder
from knowledge.store import Store
from trolyso.settings import ROOT, Settings

_COPIED = ("index", "models")
_ROOM = 96 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Site:
    """A running service, and what its faults take hold of.

    `postgres` is the server of its records, None where none is installed (then they are in SQLite); `bounded`
    tells whether the home folder is a small filesystem of its own; `sky` is the clock of its processes.
    """

    settings: Settings
    pid: int
    world: telegram.World
    postgres: PostgresServer | None
    bounded: bool
    sky: Sky

    def process(self, name: str) -> int | None:
        """The process of one part: gateway, rasa or actions."""
        return next(iter(processes(self.pid).get(name, ())), None)


@contextlib.contextmanager
def site(settings: Settings) -> Iterator[Site]:
    """The service on copies of index, model and records of `settings`; raises `SupervisorError`."""
    with contextlib.ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="trolyso-soak-")))
        bounded = stack.enter_context(_small_filesystem(home, _sizes(settings)))
        for name in _COPIED:
            shutil.copytree(settings.home / name, home / name)
        binaries = find_binaries()
        postgres = stack.enter_context(PostgresServer(binaries)) if binaries else None
        world = telegram.FakeTelegram()
        platform = stack.enter_context(LoopbackServer(world))
        own = _settings(settings, home, platform.url, postgres)
        with Store.open(own.store_url) as store:
            ingest_folder(ROOT / "knowledge" / "sources", store)
        sky = Sky(home)
        pid = stack.enter_context(running(own, sky.variables()))
        yield Site(own, pid, world.world, postgres, bounded, sky)


def _settings(settings: Settings, home: Path, platform: str, postgres: PostgresServer | None) -> Settings:
    changes = {
        "home": home,
        "encoder": settings.encoder_path,
        "database_url": postgres.url if postgres else "",
        "people_database_url": "",
        "limit_person": 0,
        "limit_address": 0,
        "telegram_token": TOKEN,
        "telegram_base_url": platform,
        "telegram_mode": "polling",
        "zalo_token": "",
    }
    return with_free_ports(Settings(**settings.model_dump() | changes))


def _sizes(settings: Settings) -> int:
    files = (file for name in _COPIED for file in (settings.home / name).rglob("*") if file.is_file())
    return sum(file.stat().st_size for file in files)


@contextlib.contextmanager
def _small_filesystem(folder: Path, held: int) -> Iterator[bool]:
    """Give `folder` a filesystem of its own with a little room beyond `held` bytes, where one may mount."""
    size = f"size={held * 2 + _ROOM}"
    command = ["mount", "-t", "tmpfs", "-o", size, "tmpfs", str(folder)]
    mounted = os.geteuid() == 0 and subprocess.run(command, capture_output=True, check=False).returncode == 0
    try:
        yield mounted
    finally:
        if mounted:
            subprocess.run(["umount", "-l", str(folder)], capture_output=True, check=False)
