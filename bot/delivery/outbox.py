"""Sends stored parcels in order, and repeats only what is safe to repeat.

A parcel is marked before its call and after it. So a process that dies in the middle leaves a mark, and
whoever comes next knows that the outcome of that call is unknown.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.channels.protocol import Channel, OutcomeUnknown, Parcel, Refused, SendError, TryLater
from bot.delivery.records import recorded
from bot.mailbox import Mailbox, ParcelState, StoredParcel
from bot.metrics import Metrics

REPEATED = "(Gửi lại) "  # before a text that may have arrived already
_log = logging.getLogger(__name__)

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The time of day, with its zone."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Retrying:
    """Pauses in seconds, doubled from `first` up to `longest`; what is older than `age` is given up.

    A call that is under way when the process is told to stop has `farewell` seconds to end.
    """

    first: float = 1.0
    longest: float = 60.0
    age: timedelta = timedelta(hours=24)
    farewell: float = 3.0

    def pause(self, attempts: int) -> float:
        """The pause after so many failed attempts."""
        return min(self.first * 2.0 ** min(attempts, 16), self.longest)


class Outbox:
    """The way out of all channels."""

    def __init__(
        self,
        mailbox: Mailbox,
        channels: Mapping[str, Channel],
        metrics: Metrics,
        retrying: Retrying | None = None,
        clock: Clock = utc_now,
    ) -> None:
        self._mailbox = mailbox
        self._channels = channels
        self._metrics = metrics
        self._retrying = retrying or Retrying()
        self._clock = clock

    async def flush(self, conversation: str) -> None:
        """Send everything that waits in a conversation, waiting as long as the platform asks."""
        while (stored := await asyncio.to_thread(self._mailbox.next_parcel, conversation)) is not None:
            if stored.state is ParcelState.SENDING:
                await self._doubt(stored)
            elif self._clock() - stored.created > self._retrying.age:
                # Its channel was off, or nobody served it: an answer of another day explains nothing.
                await self._bury(stored, "too old")
            else:
                await asyncio.sleep(self._left(stored))
                # Before the mark: of a crowd that waits here when the process dies, nothing is in doubt.
                await self._channels[stored.place.channel].turn(stored.place)
                await self._to_its_end(self._deliver(stored))

    def _left(self, stored: StoredParcel) -> float:
        """Seconds until it is due. What was never put off is due now, whatever the clock was set to since."""
        seconds = (stored.not_before - self._clock()).total_seconds() if stored.attempts else 0.0
        return max(0.0, min(seconds, self._retrying.age.total_seconds()))

    async def _to_its_end(self, call: Coroutine[Any, Any, None]) -> None:
        """Await a call. Cut off, it would count as unknown, and be told twice after each restart."""
        task = asyncio.create_task(call)
        try:
            await asyncio.shield(task)
        except asyncio.CancelledError:
            await asyncio.wait({task}, timeout=self._retrying.farewell)
            task.cancel()
            raise

    async def _deliver(self, stored: StoredParcel) -> None:
        channel = self._channels[stored.place.channel]
        await asyncio.to_thread(self._mailbox.sending, stored.id)
        try:
            await channel.send(stored.place, _marked(stored))
        except SendError as error:
            await self._failed(stored, error)
        except Exception as error:  # noqa: BLE001 - a fault of ours must not hold up what comes after
            _log.error("a parcel cannot be sent: %s", type(error).__name__)
            await self._bury(stored, f"fault {type(error).__name__}")
        else:
            await recorded(lambda: self._mailbox.sent(stored.id))
            self._count(stored, "sent")

    async def _failed(self, stored: StoredParcel, error: SendError) -> None:
        _log.warning("%s: %s: %s", stored.place.channel, type(error).__name__, error)
        if isinstance(error, OutcomeUnknown):
            await self._doubt(stored)
        elif isinstance(error, TryLater):
            await self._postpone(stored, error.after)
        elif isinstance(error, Refused):
            await self._bury(stored, f"refused: {error}")
        else:
            await self._bury(stored, str(error))

    async def _doubt(self, stored: StoredParcel) -> None:
        """The call may have succeeded: once is repeated, since a lost answer is worse than one told twice."""
        if stored.repeats:
            await self._bury(stored, "outcome unknown twice")
            return
        await recorded(lambda: self._mailbox.repeat(stored.id))
        self._count(stored, "repeated")

    async def _postpone(self, stored: StoredParcel, after: float | None) -> None:
        now = self._clock()
        if now - stored.created > self._retrying.age:
            await self._bury(stored, "too old")
            return
        pause = self._retrying.pause(stored.attempts) if after is None else after
        await recorded(lambda: self._mailbox.later(stored.id, now + timedelta(seconds=pause)))
        self._count(stored, "retried")

    async def _bury(self, stored: StoredParcel, reason: str) -> None:
        await recorded(lambda: self._mailbox.bury(stored.id, reason))
        self._count(stored, "dead")

    def _count(self, stored: StoredParcel, outcome: str) -> None:
        self._metrics.send(stored.place.channel, outcome)


def _marked(stored: StoredParcel) -> Parcel:
    return replace(stored.parcel, text=REPEATED + stored.parcel.text) if stored.repeats else stored.parcel
