"""A person on each emulated platform, talking to a real gateway before the real Rasa and actions."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import TypeVar

from bot.channels.telegram import fake as telegram
from bot.channels.zalo import fake as zalo

_PATIENCE = 60.0
_Message = TypeVar("_Message")


def heard(
    read: Callable[[], Sequence[_Message]],
    act: Callable[[], object],
    complete: Callable[[_Message], bool],
) -> list[_Message]:
    """The messages that follow an act, up to the first that makes the answer `complete`."""
    before = len(read())
    act()
    deadline = time.monotonic() + _PATIENCE
    while not any(map(complete, read()[before:])):
        assert time.monotonic() < deadline, f"no such answer, but {read()[before:]}"
        time.sleep(0.05)
    return list(read()[before:])


class OnTelegram:
    """Reads what the bot sent and presses its keys."""

    def __init__(self, server: telegram.FakeTelegram, number: int) -> None:
        self.server = server
        self.me = telegram.user(number, "Cô Sáu")
        self.last: list[telegram.Sent] = []

    def say(self, text: str, until: str = "text") -> list[telegram.Sent]:
        """Write, and wait for the answer up to its first message of a kind."""
        return self._hear(lambda: self.server.world.write(text, self.me), until)

    def tap(self, title: str, until: str = "text") -> list[telegram.Sent]:
        """Press the key whose title begins so, and wait for the answer up to its first message of a kind."""
        key = next(key for key in self.keys if key.startswith(title))
        return self._hear(lambda: self.server.world.tap(key, self.me), until)

    @property
    def keys(self) -> list[str]:
        """The keys under the last answer."""
        return [title for sent in self.last for title, _ in sent.buttons]

    def _hear(self, act: Callable[[], object], until: str) -> list[telegram.Sent]:
        self.last = heard(
            lambda: [sent for sent in self.server.world.sent if sent.chat == self.me["id"]],
            act,
            lambda sent: sent.kind == until,
        )
        return self.last


class OnZalo:
    """Reads what the bot sent and answers with numbers."""

    def __init__(self, server: zalo.FakeZalo, person: str) -> None:
        self.server = server
        self.me = zalo.Person(person)

    def say(self, text: str, until: str = "") -> str:
        """Write, and wait for the answer up to some words; all its messages as one text."""
        return self.send(zalo.text(text, self.me), until)

    def send(self, update: zalo.Update, until: str = "") -> str:
        """Have an update come, and wait for the answer up to some words."""
        return "\n".join(
            heard(
                lambda: self.server.seen(self.me.id),
                lambda: self.server.push(update),
                lambda text: until in text,
            )
        )
