"""How fast a platform may be written to."""

from __future__ import annotations

from aiolimiter import AsyncLimiter

_PRIVATE = (3, 3)  # calls in seconds: one a second, three at once
_GROUP = (5, 15)  # twenty a minute, five at once


class Pacing:
    """About one message a second to a person, twenty a minute to a group, and `overall` calls in seconds.

    Short bursts pass at once. From `tracked` chats on, those that are idle are forgotten.
    """

    def __init__(self, overall: tuple[float, float], tracked: int = 512) -> None:
        self._tracked = tracked
        self._all = AsyncLimiter(*overall)
        self._chats: dict[str, AsyncLimiter] = {}

    def __len__(self) -> int:
        return len(self._chats)

    async def turn(self, chat: str, group: bool) -> None:
        """Wait until a message may go to `chat`."""
        if chat not in self._chats and len(self._chats) >= self._tracked:
            self._drop_idle()
        limiter = self._chats.setdefault(chat, AsyncLimiter(*(_GROUP if group else _PRIVATE)))
        # The chat first: a place in the common pace is not kept by one who waits for another reason.
        await limiter.acquire()
        await self._all.acquire()

    def idle(self, calls: int) -> bool:
        """True when so many calls that nothing depends on would hold none of the others up."""
        return self._all.has_capacity(calls)

    def _drop_idle(self) -> None:
        # An empty bucket is as good as a new one.
        self._chats = {
            chat: limiter
            for chat, limiter in self._chats.items()
            if not limiter.has_capacity(limiter.max_rate)
        }
