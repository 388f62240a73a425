"""One lane for each conversation with something to do: work in order inside it, side by side across them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

_log = logging.getLogger(__name__)
_PAUSE = 5.0  # seconds before work that failed is tried again

Work = Callable[[str], Awaitable[None]]


class Lanes:
    """Calls `work(conversation)` until nothing more was announced for it, never twice at once.

    A lane that waits for its platform holds no other one up. Work that fails is tried again after `pause`
    seconds.
    """

    def __init__(self, work: Work, pause: float = _PAUSE) -> None:
        self._work = work
        self._pause = pause
        self._announced: set[str] = set()
        self._lanes: dict[str, asyncio.Task[None]] = {}

    def __len__(self) -> int:
        return len(self._lanes)

    def wake(self, conversation: str) -> None:
        """Say that there is something to do in a conversation."""
        self._announced.add(conversation)
        if conversation not in self._lanes:
            self._lanes[conversation] = asyncio.create_task(self._run(conversation))

    async def aclose(self) -> None:
        """Stop in the middle; what was not finished is still in the mailbox."""
        lanes = list(self._lanes.values())
        for lane in lanes:
            lane.cancel()
        await asyncio.gather(*lanes, return_exceptions=True)

    async def _run(self, conversation: str) -> None:
        try:
            while conversation in self._announced:
                self._announced.discard(conversation)
                await self._once(conversation)
        finally:
            del self._lanes[conversation]

    async def _once(self, conversation: str) -> None:
        try:
            await self._work(conversation)
        except Exception as error:  # noqa: BLE001 - whatever it is, the other messages must go on
            # Not its text: a database driver puts the values of a statement there.
            _log.error("work on a conversation failed: %s", type(error).__name__)
            self._announced.add(conversation)
            await asyncio.sleep(self._pause)
