"""The service under attack: the real processes on a home of their own, and two emulated bot platforms."""

from __future__ import annotations

import contextlib
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.bench import processes
from bot.hostile.payloads import FORGED
from bot.hostile.platforms import Platforms
from bot.secrecy import secrets_of
from bot.service import address, running
from bot.trial import trial
from trolyso.settings import Settings

_KEY = "conversation.key"
# A line that a message wrote, an error that nobody foresaw, and what Python says when it gives up.
_ALARMS = re.compile(rf"{FORGED}|Traceback \(most recent call last\)|MemoryError|Fatal Python error")


@dataclass(frozen=True, slots=True)
class Site:
    """A running service; `pid` is its supervisor's."""

    settings: Settings
    pid: int
    platforms: Platforms

    @property
    def url(self) -> str:
        """Where it is reached."""
        return address(self.settings)

    @property
    def secrets(self) -> tuple[str, ...]:
        """What no response may hold: tokens, secrets, passwords, the key of the conversations."""
        key = (self.settings.home / _KEY).read_bytes()
        return (*secrets_of(self.settings), key.hex(), key.decode("latin-1"))

    def members(self) -> dict[str, list[int]]:
        """The processes by the part that they are; another number means that one has died."""
        return processes(self.pid)

    def alarms(self) -> dict[str, int]:
        """How often each alarming thing stands in the logs, by ``<part>: <thing>``."""
        found: dict[str, int] = {}
        for path in sorted((self.settings.home / "logs").glob("*.log*")):
            for match in _ALARMS.finditer(path.read_text("utf-8", "replace")):
                name = f"{path.name.partition('.')[0]}: {match[0]}"
                found[name] = found.get(name, 0) + 1
        return found


@contextlib.contextmanager
def site(settings: Settings) -> Iterator[Site]:
    """The service on copies of what `settings` has built, while the block lasts.

    Nobody is limited, since all messages come from one address. Raises `SupervisorError`.
    """
    with contextlib.ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="trolyso-hostile-")))
        platforms = Platforms()
        channels = stack.enter_context(platforms.serving())
        own = stack.enter_context(trial(settings, home, **channels)).settings
        pid = stack.enter_context(running(own))
        yield Site(own, pid, platforms)
