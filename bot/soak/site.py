"""The service under test: the real processes under the real supervisor, on a home folder of their own."""

from __future__ import annotations

import contextlib
import os
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.bench import processes
from bot.channels.telegram import fake as telegram
from bot.channels.telegram.fake.server import TOKEN
from bot.fakes import LoopbackServer
from bot.service import running
from bot.soak.postgres import PostgresServer
from bot.soak.sky import Sky
from bot.trial import copied_bytes, trial
from trolyso.settings import Mode, Settings

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
def site(settings: Settings, sky: bool) -> Iterator[Site]:
    """The service on copies of index, model and records of `settings`, with a clock that can be made to jump
    if it is to live under a `sky`; raises `SupervisorError`."""
    with contextlib.ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="trolyso-soak-")))
        bounded = stack.enter_context(_small_filesystem(home, copied_bytes(settings)))
        world = telegram.FakeTelegram()
        platform = stack.enter_context(LoopbackServer(world))
        channel = {"telegram_token": TOKEN, "telegram_base_url": platform.url, "telegram_mode": Mode.POLLING}
        own = stack.enter_context(trial(settings, home, **channel))
        above = Sky(home)
        pid = stack.enter_context(running(own.settings, above.variables() if sky else {}))
        yield Site(own.settings, pid, world.world, own.postgres, bounded, above)


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
