"""Tells whether a child process still answers: one that hangs is as bad as one that died."""

from __future__ import annotations

import asyncio
import time

import httpx

_PATIENCE = 5.0


async def answers(url: str) -> bool:
    """True when a server answers at `url` at all: a refusal is a sign of life too."""
    async with _client() as http:
        return await _answers(http, url)


def _client() -> httpx.AsyncClient:
    # Plain HTTP on this machine: to read the certificates of the world costs more than all looks of an hour.
    return httpx.AsyncClient(timeout=_PATIENCE, trust_env=False, verify=False)


async def _answers(http: httpx.AsyncClient, url: str) -> bool:
    try:
        await http.get(url)
    except httpx.HTTPError:
        return False
    return True


class Watchdog:
    """Looks after one life of one child, which has been `healthy` since it first answered.

    Times are in seconds: `hung` without an answer is too long, `every` lies between two looks.
    """

    def __init__(self, url: str, hung: float, every: float) -> None:
        self.healthy = False
        self._url = url
        self._hung = hung
        self._every = every

    async def until_hung(self) -> None:
        """Return when the child answered once and then not for `hung` seconds; never without an address."""
        if not self._url:
            await asyncio.Event().wait()
        last = time.monotonic()
        async with _client() as http:
            while not self.healthy or time.monotonic() - last < self._hung:
                if await _answers(http, self._url):
                    self.healthy, last = True, time.monotonic()
                await asyncio.sleep(self._every)
