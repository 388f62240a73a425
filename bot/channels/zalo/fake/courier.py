"""Brings updates to a webhook as an unreliable network does: again when refused, twice, and out of order."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence

import httpx

from bot.channels.zalo.channel import SECRET_HEADER
from bot.channels.zalo.fake.objects import Update, wrapped
from bot.channels.zalo.fake.server import Webhook


class Undelivered(Exception):
    """The webhook took an update at no attempt."""


class Courier:
    """Posts updates one after the other; about the share `twice` comes two times, `late` after later ones.

    An answer other than 2xx, or none, is followed by another attempt after `pause` seconds.
    """

    def __init__(
        self,
        webhook: Webhook,
        twice: float = 0.0,
        late: float = 0.0,
        seed: int = 0,
        attempts: int = 100,
        pause: float = 0.1,
    ) -> None:
        self._webhook = webhook
        self._twice = twice
        self._late = late
        self._dice = random.Random(seed)
        self._attempts = attempts
        self._pause = pause

    def plan(self, updates: Sequence[Update]) -> list[Update]:
        """The updates in the order in which they are going to be posted."""
        timed: list[tuple[float, Update]] = []
        for at, update in enumerate(updates):
            behind = self._dice.uniform(1, 4) if self._dice.random() < self._late else 0.0
            timed.append((at + behind, update))
            if self._dice.random() < self._twice:
                timed.append((at + behind + self._dice.uniform(0, 6), update))
        return [update for _, update in sorted(timed, key=lambda pair: pair[0])]

    async def deliver(self, updates: Sequence[Update], flat: bool = False) -> int:
        """Post all of them; how many posts that took. Raises `Undelivered`."""
        posts = 0
        async with httpx.AsyncClient(trust_env=False, timeout=10.0) as client:
            for update in self.plan(updates):
                posts += await self._post(client, update if flat else wrapped(update))
        return posts

    async def _post(self, client: httpx.AsyncClient, body: Update) -> int:
        headers = {SECRET_HEADER: self._webhook.secret}
        for attempt in range(1, self._attempts + 1):
            try:
                answer = await client.post(self._webhook.url, json=body, headers=headers)
            except httpx.HTTPError:
                pass
            else:
                if answer.is_success:
                    return attempt
            await asyncio.sleep(self._pause)
        raise Undelivered(f"no 2xx in {self._attempts} attempts")
