from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.channels.fakes import RecordingChannel
from bot.channels.protocol import OutcomeUnknown, Parcel, ParcelKind, Refused, TryLater
from bot.delivery.outbox import REPEATED, Outbox, Retrying, utc_now
from bot.mailbox import Mailbox
from bot.metrics import Metrics
from tests.bot.delivery.people import HOME, message

QUICK = Retrying(first=0.001, longest=0.002)


@pytest.fixture
def outbox(mailbox: Mailbox, channel: RecordingChannel) -> Outbox:
    return Outbox(mailbox, {"fake": channel}, Metrics(), QUICK)


def owe(mailbox: Mailbox, *texts: str, number: int = 1) -> None:
    mailbox.receive(message(number, "hỏi"))
    parcels = [Parcel(ParcelKind.TEXT, text) for text in texts]
    mailbox.answer(f"fake:{number}", parcels, None, utc_now())


def failing(*errors: Exception) -> Callable[[Parcel], None]:
    """Raises one error after the other, then nothing."""
    left = list(errors)

    def before_send(_: Parcel) -> None:
        if left:
            raise left.pop(0)

    return before_send


async def test_parcels_leave_in_their_order(
    mailbox: Mailbox, channel: RecordingChannel, outbox: Outbox
) -> None:
    owe(mailbox, "một", "hai")
    owe(mailbox, "ba", number=2)

    await outbox.flush(HOME.conversation)

    assert channel.texts == ["một", "hai", "ba"]
    assert mailbox.waiting() == ()


async def test_what_was_surely_not_sent_is_sent_again_unmarked(
    mailbox: Mailbox, channel: RecordingChannel, outbox: Outbox
) -> None:
    owe(mailbox, "một", "hai")
    channel.before_send = failing(TryLater("429", 0.01), TryLater("connect"), TryLater("connect"))

    await outbox.flush(HOME.conversation)

    assert channel.texts == ["một", "hai"]


async def test_the_platforms_pause_is_honoured(
    mailbox: Mailbox, channel: RecordingChannel, outbox: Outbox
) -> None:
    owe(mailbox, "một")
    tried = []

    def before_send(_: Parcel) -> None:
        tried.append(utc_now())
        if len(tried) == 1:
            raise TryLater("429", 0.2)

    channel.before_send = before_send
    await outbox.flush(HOME.conversation)

    assert tried[1] - tried[0] >= timedelta(seconds=0.2)


async def test_an_unknown_outcome_is_repeated_once_and_marked(
    mailbox: Mailbox, channel: RecordingChannel, outbox: Outbox
) -> None:
    owe(mailbox, "một", "hai")
    channel.before_send = failing(OutcomeUnknown("read timeout"))

    await outbox.flush(HOME.conversation)

    assert channel.texts == [REPEATED + "một", "hai"]
    assert mailbox.counts().channels["fake"].repeated == 1


async def test_two_unknown_outcomes_are_enough(
    mailbox: Mailbox, channel: RecordingChannel, outbox: Outbox
) -> None:
    owe(mailbox, "một", "hai")
    channel.before_send = failing(OutcomeUnknown("drop"), OutcomeUnknown("drop"))

    await outbox.flush(HOME.conversation)

    assert channel.texts == ["hai"]
    assert mailbox.counts().channels["fake"].dead == 1


async def test_a_call_that_a_dead_process_began_counts_as_unknown(
    mailbox: Mailbox, channel: RecordingChannel, outbox: Outbox
) -> None:
    owe(mailbox, "một")
    stored = mailbox.next_parcel(HOME.conversation)
    assert stored
    mailbox.sending(stored.id)  # and the process ends here

    await outbox.flush(HOME.conversation)

    assert channel.texts == [REPEATED + "một"]


@pytest.mark.parametrize("error", [Refused("blocked"), RuntimeError("a fault of ours")])
async def test_what_can_never_be_sent_does_not_hold_up_the_rest(
    error: Exception, mailbox: Mailbox, channel: RecordingChannel, outbox: Outbox
) -> None:
    owe(mailbox, "một", "hai")
    channel.before_send = failing(error)

    await outbox.flush(HOME.conversation)

    assert channel.texts == ["hai"]
    assert mailbox.counts().channels["fake"].dead == 1


async def test_an_answer_of_yesterday_is_given_up(mailbox: Mailbox, channel: RecordingChannel) -> None:
    owe(mailbox, "một")
    channel.before_send = failing(*[TryLater("connect")] * 5)
    later = Outbox(
        mailbox, {"fake": channel}, Metrics(), QUICK, clock=lambda: utc_now() + timedelta(hours=25)
    )

    await later.flush(HOME.conversation)

    assert channel.texts == []
    assert mailbox.counts().channels["fake"].dead == 1


async def test_an_answer_that_waited_for_its_channel_for_days_is_not_sent(
    mailbox: Mailbox, channel: RecordingChannel
) -> None:
    owe(mailbox, "một")
    later = Outbox(mailbox, {"fake": channel}, Metrics(), QUICK, clock=lambda: utc_now() + timedelta(days=90))

    await later.flush(HOME.conversation)

    assert channel.texts == []
    assert mailbox.waiting() == ()


async def test_a_clock_that_was_set_back_holds_nothing_up(
    mailbox: Mailbox, channel: RecordingChannel
) -> None:
    owe(mailbox, "một")
    earlier = Outbox(
        mailbox, {"fake": channel}, Metrics(), QUICK, clock=lambda: utc_now() - timedelta(days=2)
    )

    async with asyncio.timeout(10):
        await earlier.flush(HOME.conversation)

    assert channel.texts == ["một"]


def test_pauses_grow_up_to_the_longest() -> None:
    retrying = Retrying(first=1, longest=10)
    assert [retrying.pause(attempts) for attempts in range(6)] == [1, 2, 4, 8, 10, 10]
