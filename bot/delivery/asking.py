"""Asks for a person who waits in a messenger: patient with a restart, honest about a failure."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.assistant import Assistant
from bot.delivery import phrases
from bot.errors import BusyError, GatewayError, RasaUnreachableError
from trolyso.answer import Answer


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds: `quiet` before a word that the search goes on, `typing` between two signs of typing.

    An unreachable dialogue service is asked again every `pause` seconds for `outage` seconds.
    """

    quiet: float = 6.0
    typing: float = 4.0
    outage: float = 60.0
    pause: float = 1.0


Sign = Callable[[], Awaitable[None]]


class Asking:
    """One question after the other of each conversation; at most `most` at the same time."""

    def __init__(self, assistant: Assistant, patience: Patience | None = None, most: int = 32) -> None:
        self._assistant = assistant
        self._patience = patience or Patience()
        self._room = asyncio.Semaphore(most)

    async def ask(self, sender: str, text: str, typing: Sign, still_looking: Sign) -> Answer:
        """The answer, or a sentence that says why there is none. Signs are given while it is awaited."""
        asked = asyncio.create_task(self._answer(sender, text))
        signs = asyncio.create_task(self._keep_typing(typing))
        try:
            done, _ = await asyncio.wait({asked}, timeout=self._patience.quiet)
            if not done:
                await still_looking()
            return await asked
        except GatewayError as error:
            return phrases.failed(error.message)
        finally:
            for task in (signs, asked):
                task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await signs

    async def _answer(self, sender: str, text: str) -> Answer:
        async with self._room:
            deadline = time.monotonic() + self._patience.outage
            while True:
                try:
                    return await self._assistant.answer(sender, text)
                except (RasaUnreachableError, BusyError):
                    if time.monotonic() > deadline:
                        raise
                await asyncio.sleep(self._patience.pause)

    async def _keep_typing(self, typing: Sign) -> None:
        while True:
            await typing()
            await asyncio.sleep(self._patience.typing)
