"""The messaging side of a gateway as one thing that is started and stopped."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from datetime import timedelta

from bot.assistant import Assistant
from bot.channels.protocol import Channel
from bot.delivery.asking import Asking, Patience
from bot.delivery.desk import Desk
from bot.delivery.intake import Intake
from bot.delivery.lanes import Lanes
from bot.delivery.outbox import Outbox, Retrying, utc_now
from bot.limits import Limit
from bot.mailbox import Mailbox
from bot.metrics import Metrics

KEPT = timedelta(days=30)  # how long keys, counts and an idle conversation's name stay
_HOUSEKEEPING = 3600.0
_RESTART = 30.0
_log = logging.getLogger(__name__)


class Delivery:
    """Takes up what an earlier process left, runs the channels, and keeps house."""

    def __init__(
        self,
        mailbox: Mailbox,
        channels: Mapping[str, Channel],
        assistant: Assistant,
        metrics: Metrics,
        limit: Limit,
        patience: Patience | None = None,
        retrying: Retrying | None = None,
    ) -> None:
        outbox = Outbox(mailbox, channels, metrics, retrying)
        desk = Desk(mailbox, channels, assistant, Asking(assistant, patience), outbox, limit)
        self._mailbox = mailbox
        self._channels = channels
        self._lanes = Lanes(desk.work)
        self._tasks: list[asyncio.Task[None]] = []
        self.intake = Intake(mailbox, self._lanes.wake, metrics)
        metrics.watch_lanes(lambda: len(self._lanes))

    async def start(self) -> None:
        """Begin: unfinished work first, then what the platforms bring. Raises `StoreError`."""
        for conversation in await asyncio.to_thread(self._mailbox.waiting):
            if conversation.partition(":")[0] in self._channels:
                self._lanes.wake(conversation)
        runs = [self._keep_running(channel) for channel in self._channels.values()]
        self._tasks = [asyncio.create_task(run) for run in (*runs, self._keep_house())]

    async def aclose(self) -> None:
        """Stop everything; unfinished work stays in the mailbox."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._lanes.aclose()
        for channel in self._channels.values():
            await channel.aclose()

    async def _keep_running(self, channel: Channel) -> None:
        """A channel that comes to an end by itself is registered; one that fails is begun anew."""
        while True:
            try:
                await channel.run(self.intake.receive)
                return
            except Exception as error:  # noqa: BLE001 - the other channels and the pages must go on
                _log.error("%s: the channel stopped: %s", channel.name, type(error).__name__)
            await asyncio.sleep(_RESTART)

    async def _keep_house(self) -> None:
        while True:
            try:
                await asyncio.to_thread(self._mailbox.purge, utc_now() - KEPT)
            except Exception as error:  # noqa: BLE001 - the next hour is as good
                _log.error("the mailbox cannot be cleaned: %s", type(error).__name__)
            await asyncio.sleep(_HOUSEKEEPING)
