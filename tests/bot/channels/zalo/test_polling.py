from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from bot.channels.protocol import IncomingMessage, Receive
from bot.channels.zalo import ZaloChannel
from bot.channels.zalo.fake import Call, FakeZalo, Mishap, Person, Trouble, Webhook, sometimes, text
from tests.bot.channels.zalo.conftest import SECRET, MakeChannel

Condition = Callable[[], bool]


class Journal:
    """What was stored, and what storing fails with before it works."""

    def __init__(self, *failures: Exception) -> None:
        self.stored: list[str] = []
        self.failures = list(failures)

    async def receive(self, message: IncomingMessage) -> None:
        await asyncio.sleep(0)
        if self.failures:
            raise self.failures.pop()
        self.stored.append(message.text)


async def run_until(channel: ZaloChannel, receive: Receive, condition: Condition) -> None:
    running = asyncio.create_task(channel.run(receive))
    try:
        async with asyncio.timeout(60):
            while not condition():
                assert not running.done(), running.exception()
                await asyncio.sleep(0.005)
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def test_updates_are_stored_in_their_order(make: MakeChannel, fake: FakeZalo) -> None:
    journal = Journal()
    fake.push(*(text(f"câu {n}") for n in range(20)))
    await run_until(make(), journal.receive, lambda: len(journal.stored) == 20)
    assert journal.stored == [f"câu {n}" for n in range(20)]


async def test_a_webhook_is_removed_first(make: MakeChannel, fake: FakeZalo) -> None:
    journal = Journal()
    fake.webhook = Webhook("https://a.example/zalo/webhook", SECRET)
    fake.push(text("chào"))
    await run_until(make(), journal.receive, lambda: bool(journal.stored))
    methods = [call.method for call in fake.calls]
    assert methods.index("deleteWebhook") < methods.index("getUpdates")


async def test_an_empty_answer_is_followed_by_the_next_question(make: MakeChannel, fake: FakeZalo) -> None:
    journal = Journal()

    def later() -> bool:
        if len(fake.called("getUpdates")) == 3:
            fake.push(text("muộn"))
        return bool(journal.stored)

    await run_until(make(), journal.receive, later)
    assert set(journal.stored) == {"muộn"}


async def test_each_update_is_stored_before_the_next_is_asked_for(make: MakeChannel, fake: FakeZalo) -> None:
    asked: list[int] = []
    stored: list[str] = []

    async def slow(message: IncomingMessage) -> None:
        await asyncio.sleep(0.02)
        asked.append(len(fake.called("getUpdates")))
        stored.append(message.text)

    fake.push(text("một"), text("hai"), text("ba"))
    await run_until(make(), slow, lambda: len(stored) == 3)
    assert asked == [1, 2, 3]


async def test_what_cannot_be_read_is_skipped(
    make: MakeChannel, fake: FakeZalo, caplog: pytest.LogCaptureFixture
) -> None:
    journal = Journal()
    fake.push({"event_name": 7}, {"event_name": "message.text.received", "message": {"text": "bí mật"}})
    fake.push(text("của bot", Person("b", bot=True)), text("chào"))
    await run_until(make(), journal.receive, lambda: bool(journal.stored))
    assert journal.stored == ["chào"]
    skipped = [record.getMessage() for record in caplog.records if "skipped" in record.getMessage()]
    assert len(skipped) == 2
    assert not any("bí mật" in line for line in skipped)


async def test_an_update_is_stored_until_that_works(
    make: MakeChannel, fake: FakeZalo, caplog: pytest.LogCaptureFixture
) -> None:
    journal = Journal(OSError("đĩa đầy: chào"), ValueError("chào"), RuntimeError("chào"))
    fake.push(text("chào"), text("bạn"))
    await run_until(make(), journal.receive, lambda: len(journal.stored) == 2)
    assert journal.stored == ["chào", "bạn"]
    told = [record.getMessage() for record in caplog.records if "stored" in record.getMessage()]
    assert [line.rsplit(" ", 1)[1] for line in told] == ["RuntimeError", "ValueError", "OSError"]


@pytest.mark.parametrize("trouble", [trouble for trouble in Trouble if trouble is not Trouble.HANG])
async def test_failures_of_the_platform_are_waited_out(
    make: MakeChannel, fake: FakeZalo, trouble: Trouble
) -> None:
    journal = Journal()
    fake.push(text("chào"))
    fake.script = lambda call: Mishap(trouble, seconds=0.01, code=500) if call.number <= 6 else None
    await run_until(make(), journal.receive, lambda: bool(journal.stored))
    assert journal.stored == ["chào"]


async def test_a_failing_platform_is_not_asked_without_pause(make: MakeChannel, fake: FakeZalo) -> None:
    fake.script = lambda call: Mishap(Trouble.LIMIT, seconds=30) if call.method == "getUpdates" else None
    running = asyncio.create_task(make().run(Journal().receive))
    while not fake.called("getUpdates"):
        await asyncio.sleep(0.005)
    await asyncio.sleep(0.1)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert len(fake.called("getUpdates")) == 1


async def test_nothing_is_lost_while_calls_fail_now_and_then(make: MakeChannel, fake: FakeZalo) -> None:
    journal = Journal()
    mishaps = (
        Mishap(Trouble.ERROR),
        Mishap(Trouble.PAGE),
        Mishap(Trouble.DROP),
        Mishap(Trouble.NO, code=500),
    )
    fake.script = sometimes(0.3, 1, mishaps, frozenset({"getUpdates"}))
    fake.push(*(text(f"câu {n}") for n in range(60)))
    await run_until(make(), journal.receive, lambda: len(journal.stored) == 60)
    assert journal.stored == [f"câu {n}" for n in range(60)]


async def test_the_bot_knows_its_names_in_groups(make: MakeChannel, fake: FakeZalo) -> None:
    journal = Journal()
    fake.push(text("@bot.TroLySo chào", Person("u1", group="g1")))
    await run_until(make(), journal.receive, lambda: bool(journal.stored))
    assert journal.stored == ["chào"]


async def test_names_are_learnt_when_the_platform_lets_us(make: MakeChannel, fake: FakeZalo) -> None:
    journal = Journal()

    def script(call: Call) -> Mishap | None:
        return Mishap(Trouble.ERROR) if call.method == "getMe" else None

    fake.script = script
    fake.push(text("@bot.TroLySo chào", Person("u1", group="g1")))
    await run_until(make(), journal.receive, lambda: bool(journal.stored))
    assert journal.stored == ["@bot.TroLySo chào"]


async def test_what_is_here_is_stored_before_we_stop(make: MakeChannel, fake: FakeZalo) -> None:
    stored: list[str] = []
    failures: list[Exception] = [OSError("the database is locked")]
    begun = asyncio.Event()

    async def receive(message: IncomingMessage) -> None:
        begun.set()
        await asyncio.sleep(0.05)
        if failures:
            raise failures.pop()
        stored.append(message.text)

    fake.push(text("chào"))
    await run_until(make(), receive, begun.is_set)
    assert stored == ["chào"]
