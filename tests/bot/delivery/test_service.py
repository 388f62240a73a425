from __future__ import annotations

import asyncio

import pytest

from bot.channels.fakes import RecordingChannel
from bot.channels.protocol import IncomingMessage, Receive
from bot.delivery import service
from bot.delivery.service import Delivery
from bot.limits import Limit
from bot.mailbox import Mailbox
from bot.metrics import Metrics
from knowledge.store import StoreUnavailable
from tests.bot.delivery.people import HOME, ScriptedAssistant, message


def opened(mailbox: Mailbox, channel: RecordingChannel) -> Delivery:
    return Delivery(mailbox, {"fake": channel}, ScriptedAssistant(), Metrics(), Limit(0))  # type: ignore[arg-type]


async def until_sent(channel: RecordingChannel, count: int) -> None:
    async with asyncio.timeout(10):
        while len(channel.sent) < count:
            await asyncio.sleep(0.01)


async def test_what_was_left_is_taken_up_and_what_comes_is_answered(
    mailbox: Mailbox, channel: RecordingChannel
) -> None:
    mailbox.receive(message(1, "hôm qua"))
    delivery = opened(mailbox, channel)
    await delivery.start()
    await until_sent(channel, 1)
    await delivery.intake.receive(message(2, "hôm nay"))
    await until_sent(channel, 2)
    await delivery.aclose()

    assert channel.texts == ["về hôm qua", "về hôm nay"]


async def test_a_conversation_of_a_channel_that_is_off_waits(
    mailbox: Mailbox, channel: RecordingChannel
) -> None:
    channel.name = "other"
    mailbox.receive(message(1, "hôm qua"))
    delivery = Delivery(mailbox, {"other": channel}, ScriptedAssistant(), Metrics(), Limit(0))  # type: ignore[arg-type]
    await delivery.start()
    await delivery.aclose()

    assert mailbox.waiting() == (HOME.conversation,)


async def test_a_channel_that_fails_is_begun_anew(
    mailbox: Mailbox, channel: RecordingChannel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "_RESTART", 0.001)
    begun: list[int] = []

    async def run(_: Receive) -> None:
        begun.append(1)
        if len(begun) < 3:
            raise RuntimeError("a fault of ours")

    monkeypatch.setattr(channel, "run", run)
    delivery = opened(mailbox, channel)
    await delivery.start()
    async with asyncio.timeout(10):
        while len(begun) < 3:
            await asyncio.sleep(0.005)
    await delivery.aclose()

    assert len(begun) == 3


async def test_what_was_stored_by_a_call_that_failed_is_answered_when_it_is_brought_again(
    mailbox: Mailbox, channel: RecordingChannel, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = mailbox.receive

    def receive(what: IncomingMessage) -> bool:
        store(what)
        monkeypatch.setattr(mailbox, "receive", store)
        raise StoreUnavailable("the server closed the connection behind the commit")

    monkeypatch.setattr(mailbox, "receive", receive)
    delivery = opened(mailbox, channel)
    await delivery.start()
    with pytest.raises(StoreUnavailable):
        await delivery.intake.receive(message(1, "hỏi"))
    await delivery.intake.receive(message(1, "hỏi"))
    await until_sent(channel, 1)
    await delivery.aclose()

    assert channel.texts == ["về hỏi"]
