"""How long the channel waits for the platform, and how fast it writes."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

from aiolimiter import AsyncLimiter

from bot.channels.protocol import SendError, TryLater

_REMEMBERED_CHATS = 2000


@dataclass(frozen=True, slots=True)
class Timing:
    """All in seconds.

    `hold` is how long the platform may keep an unanswered getUpdates open; `read` and `connect` bound one
    call; pauses between failed attempts grow from `first` to `longest`; `rest` is the least time from one
    getUpdates to the next when nothing came.
    """

    hold: float = 30.0
    read: float = 20.0
    connect: float = 5.0
    first: float = 1.0
    longest: float = 60.0
    rest: float = 1.0

    def pause(self, failures: int, error: Exception) -> float:
        """The pause after so many failures in a row: what the platform asks for, else twice the last one."""
        if isinstance(error, TryLater) and error.after is not None:
            return max(error.after, self.first)
        return min(self.first * 2.0 ** min(failures - 1, 16), self.longest)


class Pace:
    """Holds calls back to about one a second for each chat (three at once) and twenty a second in all."""

    def __init__(self) -> None:
        self._all = AsyncLimiter(20, 1)
        self._chats: OrderedDict[str, AsyncLimiter] = OrderedDict()

    async def turn(self, chat: str) -> None:
        """Wait until a chat may be written to."""
        await self._of(chat).acquire()
        await self._all.acquire()

    def idle(self) -> bool:
        """True when a call that nothing depends on would hold none of the others up."""
        return self._all.has_capacity(5)

    def _of(self, chat: str) -> AsyncLimiter:
        limiter = self._chats.setdefault(chat, AsyncLimiter(3, 3))
        self._chats.move_to_end(chat)
        if len(self._chats) > _REMEMBERED_CHATS:
            self._chats.popitem(last=False)
        return limiter


def waited_out(error: SendError) -> str:
    """A failure for the log: its kind and our own words, never the platform's."""
    return f"{type(error).__name__}: {error}"
