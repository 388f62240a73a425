"""Brings updates to the webhook as Telegram does: again until acknowledged, and not always in order."""

from __future__ import annotations

import asyncio
import random
import time

import httpx

from bot.channels.telegram.fake.objects import Json
from bot.channels.telegram.fake.world import World

_LATER = 10  # places


class Courier:
    """`duplicated` is the share of updates brought twice, `displaced` of those brought behind the next."""

    def __init__(
        self, world: World, duplicated: float = 0.0, displaced: float = 0.0, seed: int = 0, pause: float = 0.2
    ) -> None:
        self._world = world
        self._duplicated = duplicated
        self._displaced = displaced
        self._chance = random.Random(seed)
        self._pause = pause
        self.statuses: list[int] = []

    async def deliver(self) -> None:
        """Bring all that waits, until each update was acknowledged. Without a webhook nothing is brought."""
        async with httpx.AsyncClient(timeout=10, trust_env=False) as http:
            while self._world.webhook.url and (waiting := self._world.waiting()):
                for update in self._shuffled(waiting):
                    await self._bring(http, update)
                    self._world.forget(update["update_id"])

    def _shuffled(self, updates: list[Json]) -> list[Json]:
        # Each update has a place; a second delivery comes some places later, a displaced one behind the next.
        places = [(float(at), update) for at, update in enumerate(updates)]
        places += [
            (at + self._chance.uniform(0, _LATER), update)
            for at, update in places
            if self._chance.random() < self._duplicated
        ]
        moved = [(at + 1.5 * (self._chance.random() < self._displaced), update) for at, update in places]
        return [update for _, update in sorted(moved, key=lambda place: place[0])]

    async def _bring(self, http: httpx.AsyncClient, update: Json) -> None:
        while not await self._accepted(http, update):
            await asyncio.sleep(self._pause)

    async def _accepted(self, http: httpx.AsyncClient, update: Json) -> bool:
        webhook = self._world.webhook
        headers = {"X-Telegram-Bot-Api-Secret-Token": webhook.secret} if webhook.secret else {}
        try:
            response = await http.post(webhook.url, json=update, headers=headers)
        except httpx.HTTPError as error:
            webhook.error, webhook.error_date = type(error).__name__, int(time.time())
            return False
        self.statuses.append(response.status_code)
        if not response.is_success:
            webhook.error = (
                f"Wrong response from the webhook: {response.status_code} {response.reason_phrase}"
            )
            webhook.error_date = int(time.time())
        return response.is_success
