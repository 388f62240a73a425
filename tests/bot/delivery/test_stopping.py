"""A process that is told to stop in the middle of a send."""

from __future__ import annotations

import asyncio

from bot.channels.fakes import RecordingChannel
from bot.channels.protocol import Parcel, ParcelKind, Place
from bot.delivery.outbox import Outbox, Retrying, utc_now
from bot.delivery.service import Delivery
from bot.limits import Limit
from bot.mailbox import Mailbox, ParcelState
from bot.metrics import Metrics
from tests.bot.delivery.people import HOME, ScriptedAssistant, message


class SlowChannel(RecordingChannel):
    """Its platform takes a message at once and says so `seconds` later."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self.seconds = seconds
        self.begun = asyncio.Event()

    async def send(self, place: Place, parcel: Parcel) -> None:
        await super().send(place, parcel)
        self.begun.set()
        await asyncio.sleep(self.seconds)


def delivery(mailbox: Mailbox, channel: RecordingChannel, retrying: Retrying) -> Delivery:
    channels = {"fake": channel}
    return Delivery(mailbox, channels, ScriptedAssistant(), Metrics(), Limit(0), retrying=retrying)  # type: ignore[arg-type]


async def test_the_answer_of_the_platform_is_waited_for(mailbox: Mailbox) -> None:
    channel = SlowChannel(0.2)
    mailbox.receive(message(1, "hỏi"))
    first = delivery(mailbox, channel, Retrying())
    await first.start()
    await channel.begun.wait()
    await first.aclose()

    assert mailbox.waiting() == ()
    await Outbox(mailbox, {"fake": channel}, Metrics()).flush(HOME.conversation)
    assert channel.texts == ["về hỏi"]


async def test_but_not_for_ever(mailbox: Mailbox) -> None:
    channel = SlowChannel(60)
    mailbox.receive(message(1, "hỏi"))
    first = delivery(mailbox, channel, Retrying(farewell=0.01))
    await first.start()
    await channel.begun.wait()
    async with asyncio.timeout(10):
        await first.aclose()

    assert mailbox.waiting() == (HOME.conversation,)


class PacedChannel(RecordingChannel):
    """Lets nobody write for the time being."""

    def __init__(self) -> None:
        super().__init__()
        self.waiting = asyncio.Event()

    async def turn(self, place: Place) -> None:
        self.waiting.set()
        await asyncio.Event().wait()


async def test_what_only_waits_for_the_pace_of_the_platform_is_in_no_doubt(mailbox: Mailbox) -> None:
    channel = PacedChannel()
    mailbox.receive(message(1, "hỏi"))
    first = delivery(mailbox, channel, Retrying())
    await first.start()
    await channel.waiting.wait()
    stored = mailbox.next_parcel(HOME.conversation)
    await first.aclose()

    assert stored is not None
    assert (stored.state, stored.attempts) == (ParcelState.WAITING, 0)


async def test_nothing_further_is_begun(mailbox: Mailbox) -> None:
    channel = SlowChannel(0.1)
    mailbox.receive(message(1, "hỏi"))
    mailbox.answer("fake:1", [Parcel(ParcelKind.TEXT, str(n)) for n in range(3)], None, utc_now())
    first = delivery(mailbox, channel, Retrying())
    await first.start()
    await channel.begun.wait()
    await first.aclose()

    assert channel.texts == ["0"]
    assert mailbox.waiting() == (HOME.conversation,)
