"""How long things may take and how fast they may come."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

from aiolimiter import AsyncLimiter


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds. `poll` is how long the API holds a question for updates, in whole seconds."""

    connect: float = 5.0
    answer: float = 15.0
    upload: float = 60.0
    poll: int = 30
    first_pause: float = 1.0
    longest_pause: float = 60.0


class Backoff:
    """Pauses between tries, doubled each time up to a limit."""

    def __init__(self, timing: Timing) -> None:
        self._timing = timing
        self._next = timing.first_pause

    def pause(self, asked: float | None) -> float:
        """The next pause, at least as long as the API `asked` for."""
        pause, self._next = self._next, min(self._next * 2, self._timing.longest_pause)
        return max(pause, asked or 0.0)

    def reset(self) -> None:
        """Start over: a try went well."""
        self._next = self._timing.first_pause


class Pacing:
    """Keeps to the pace that Telegram bears; short bursts pass at once.

    That is a message a second in a chat, 20 a minute in a group, and 25 a second in all. From `tracked` chats
    on, those that are idle are forgotten.
    """

    def __init__(self, tracked: int = 512) -> None:
        self._tracked = tracked
        self._all = AsyncLimiter(5, 0.2)
        self._chats: dict[Hashable, AsyncLimiter] = {}

    def __len__(self) -> int:
        return len(self._chats)

    async def turn(self, chat: Hashable, group: bool) -> None:
        """Wait until a message may go to `chat`."""
        if chat not in self._chats and len(self._chats) >= self._tracked:
            self._drop_idle()
        limiter = self._chats.setdefault(chat, AsyncLimiter(5, 15) if group else AsyncLimiter(3, 3))
        # The chat first: a place in the common pace is not kept by one who waits for another reason.
        await limiter.acquire()
        await self._all.acquire()

    def _drop_idle(self) -> None:
        # An empty bucket is as good as a new one.
        self._chats = {
            chat: limiter
            for chat, limiter in self._chats.items()
            if not limiter.has_capacity(limiter.max_rate)
        }
