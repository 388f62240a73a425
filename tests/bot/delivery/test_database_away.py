"""A database that is away for a while, in the middle of things."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.channels.fakes import RecordingChannel
from bot.channels.protocol import Parcel, ParcelKind, TryLater
from bot.delivery import records
from bot.delivery.asking import Asking, Patience
from bot.delivery.desk import Desk
from bot.delivery.lanes import Lanes
from bot.delivery.outbox import Outbox, Retrying, utc_now
from bot.limits import Limit
from bot.mailbox import Mailbox
from bot.metrics import Metrics
from knowledge.store import StoreUnavailable
from tests.bot.delivery.people import HOME, ScriptedAssistant, message


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "_PAUSE", 0.001)


def away(method: Callable[..., Any], times: int) -> Callable[..., Any]:
    left = [StoreUnavailable("database is locked")] * times

    def call(*args: Any) -> Any:
        if left:
            raise left.pop()
        return method(*args)

    return call


async def worked(mailbox: Mailbox, channel: RecordingChannel, assistant: ScriptedAssistant) -> None:
    channels = {"fake": channel}
    outbox = Outbox(mailbox, channels, Metrics(), Retrying(first=0.001, longest=0.002))
    asking = Asking(assistant, Patience())  # type: ignore[arg-type]
    desk = Desk(mailbox, channels, assistant, asking, outbox, Limit(0))  # type: ignore[arg-type]
    lanes = Lanes(desk.work, pause=0.001)
    lanes.wake(HOME.conversation)
    async with asyncio.timeout(20):
        while len(lanes):
            await asyncio.sleep(0.005)


async def test_what_was_sent_is_not_sent_again(
    mailbox: Mailbox, channel: RecordingChannel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mailbox, "sent", away(mailbox.sent, 2))
    mailbox.receive(message(1, "hỏi"))

    await worked(mailbox, channel, ScriptedAssistant())

    assert channel.texts == ["về hỏi"]
    assert mailbox.counts().of("fake").repeated == 0


async def test_what_was_surely_not_sent_is_not_given_up(
    mailbox: Mailbox, channel: RecordingChannel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mailbox, "later", away(mailbox.later, 2))
    refusals = [TryLater("429", 0.0), TryLater("429", 0.0)]

    def before_send(_: Parcel) -> None:
        if refusals:
            raise refusals.pop()

    channel.before_send = before_send
    mailbox.receive(message(1, "hỏi"))
    mailbox.answer("fake:1", [Parcel(ParcelKind.TEXT, "một")], None, utc_now())

    await worked(mailbox, channel, ScriptedAssistant())

    assert channel.texts == ["một"]
    assert mailbox.counts().of("fake").dead == 0


async def test_a_question_is_asked_once(
    mailbox: Mailbox, channel: RecordingChannel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mailbox, "answer", away(mailbox.answer, 2))
    assistant = ScriptedAssistant()
    mailbox.receive(message(1, "xem tiếp"))

    await worked(mailbox, channel, assistant)

    assert [text for _, text in assistant.asked] == ["xem tiếp"]
    assert channel.texts == ["về xem tiếp"]


@pytest.mark.parametrize("method", ["sender", "menu"])
async def test_a_message_is_not_apologised_for_when_it_can_be_answered_later(
    method: str, mailbox: Mailbox, channel: RecordingChannel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mailbox, method, away(getattr(mailbox, method), 1))
    mailbox.receive(message(1, "hỏi"))

    await worked(mailbox, channel, ScriptedAssistant())

    assert channel.texts == ["về hỏi"]


@pytest.mark.integration
async def test_a_file_that_another_process_holds_for_twelve_seconds(
    tmp_path: Path, mailbox: Mailbox, channel: RecordingChannel
) -> None:
    holder = sqlite3.connect(tmp_path / "people.sqlite3", isolation_level=None, check_same_thread=False)

    sends: list[Parcel] = []

    def hold(parcel: Parcel) -> None:
        sends.append(parcel)
        if len(sends) == 1:
            holder.execute("BEGIN IMMEDIATE")
            asyncio.get_running_loop().call_later(12, holder.execute, "COMMIT")

    channel.before_send = hold  # while the parcel is on its way
    mailbox.receive(message(1, "hỏi"))
    await worked(mailbox, channel, ScriptedAssistant())
    holder.close()

    assert channel.texts == ["về hỏi"]
