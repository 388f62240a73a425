from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import pytest

from bot.channels.telegram import TelegramChannel
from bot.channels.telegram.fake import Call, Courier, Cut, FakeTelegram, Hang, Said, Trouble, page, refusal
from bot.channels.telegram.fake.objects import text_of
from bot.channels.telegram.fake.world import LAN, Webhook
from bot.fakes import LoopbackServer
from tests.bot.channels.telegram.helpers import QUICK, SECRET, Inbox, channel, until
from trolyso.settings import Mode


@asynccontextmanager
async def running(telegram: TelegramChannel, inbox: Inbox) -> AsyncIterator[asyncio.Task[None]]:
    task = asyncio.create_task(telegram.run(inbox.receive))
    try:
        yield task
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def test_polling_takes_each_update_once_and_in_order(
    fake: FakeTelegram, telegram: TelegramChannel
) -> None:
    for number in range(250):
        fake.world.write(f"câu {number}")
    inbox = Inbox()
    async with running(telegram, inbox):
        await until(lambda: len(inbox.messages) >= 250 and not fake.world.waiting())
        fake.world.write("câu cuối")
        await until(lambda: len(inbox.messages) > 250)
    assert inbox.texts == [*(f"câu {number}" for number in range(250)), "câu cuối"]


async def test_an_update_is_confirmed_only_when_it_is_stored(
    fake: FakeTelegram, telegram: TelegramChannel
) -> None:
    fake.world.write("một")
    fake.world.write("hai")
    inbox = Inbox()
    inbox.fails = 3
    async with running(telegram, inbox):
        await until(lambda: inbox.fails < 2)
        assert len(fake.world.waiting()) == 2
        await until(lambda: len(inbox.messages) == 2 and not fake.world.waiting())
    assert inbox.texts == ["một", "hai"]


async def test_an_update_that_cannot_be_read_holds_back_no_other(
    fake: FakeTelegram, telegram: TelegramChannel, caplog: pytest.LogCaptureFixture
) -> None:
    fake.world.write("một")
    fake.world.tell("message", {**text_of("bí mật"), "message_id": 3})
    fake.world.write("hai")
    inbox = Inbox()
    async with running(telegram, inbox):
        await until(lambda: len(inbox.messages) == 2 and not fake.world.waiting())
    assert inbox.texts == ["một", "hai"]
    assert "bí mật" not in caplog.text


async def test_polling_takes_the_webhook_away(fake: FakeTelegram, telegram: TelegramChannel) -> None:
    fake.world.webhook = Webhook("https://old.example/hook")
    fake.world.write("một")
    inbox = Inbox()
    async with running(telegram, inbox):
        await until(lambda: inbox.texts == ["một"])
    assert fake.world.webhook.url == ""


@pytest.mark.parametrize(
    "trouble",
    [
        refusal(500, "Internal Server Error"),
        page(502),
        Hang(5),
        Cut(),
    ],
)
async def test_failures_of_the_api_are_waited_out(
    trouble: Trouble, fake: FakeTelegram, telegram: TelegramChannel, caplog: pytest.LogCaptureFixture
) -> None:
    remaining = dict.fromkeys(("getMe", "setMyCommands", "deleteWebhook", "getUpdates"), 2)

    def failing(call: Call) -> Trouble | None:
        if not remaining.get(call.method):
            return None
        remaining[call.method] -= 1
        return trouble

    fake.mishap = failing
    fake.world.write("một")
    inbox = Inbox()
    async with running(telegram, inbox) as task:
        await until(lambda: inbox.texts == ["một"] and bool(fake.world.commands))
        assert not task.done()
    assert not any(remaining.values())
    assert fake.world.token not in "".join(r.getMessage() for r in caplog.records if r.name != "httpx")


async def test_answers_that_are_not_as_documented_are_waited_out(
    fake: FakeTelegram, telegram: TelegramChannel
) -> None:
    odd = {"getMe": [b"5", b'{"id": 5}', b"null"], "getUpdates": [b"5", b'["x", {"no": 1}]', b"{}"]}

    def failing(call: Call) -> Trouble | None:
        left = odd.get(call.method)
        return Said(200, b'{"ok": true, "result": %b}' % left.pop()) if left else None

    fake.mishap = failing
    fake.world.write("một")
    inbox = Inbox()
    async with running(telegram, inbox) as task:
        await until(lambda: inbox.texts == ["một"])
        assert not task.done()
    assert not any(odd.values())


async def test_an_update_without_a_number_holds_back_no_other(
    fake: FakeTelegram, telegram: TelegramChannel, caplog: pytest.LogCaptureFixture
) -> None:
    numbers: list[Any] = [None, "5", True, [5], {}, 1.5, 0, -7, 10**30]
    odd = [{"update_id": number} for number in numbers]
    mixed: list[Any] = [*odd, fake.world.write("một"), "x", [], None]

    def saying(call: Call) -> Trouble | None:
        if call.method != "getUpdates" or not mixed:
            return None
        said, mixed[:] = json.dumps({"ok": True, "result": mixed}).encode(), []
        return Said(200, said)

    fake.mishap = saying
    inbox = Inbox()
    async with running(telegram, inbox):
        await until(lambda: inbox.texts == ["một"] and not fake.world.waiting())
        fake.world.write("hai")
        await until(lambda: inbox.texts == ["một", "hai"])
    assert "12 updates without a number were skipped" in caplog.text


async def test_an_api_that_brings_only_such_updates_is_not_asked_without_pause(
    fake: FakeTelegram, api: str
) -> None:
    def saying(call: Call) -> Trouble | None:
        return Said(200, b'{"ok": true, "result": [{}]}') if call.method == "getUpdates" else None

    fake.mishap = saying
    telegram = channel(api, fake.world.token, timing=replace(QUICK, first_pause=30.0, longest_pause=60.0))
    async with running(telegram, Inbox()):
        await until(lambda: any(call.method == "getUpdates" for call in fake.attempts))
        await asyncio.sleep(0.1)
    assert [call.method for call in fake.attempts].count("getUpdates") == 1
    await telegram.aclose()


async def test_numbers_may_start_anew(fake: FakeTelegram, api: str) -> None:
    telegram = channel(api, fake.world.token, timing=replace(QUICK, poll=0))
    inbox = Inbox()
    async with running(telegram, inbox):
        fake.world.write("một")
        await until(lambda: len(fake.named("getUpdates")) > 5 and inbox.texts == ["một"])
        fake.world.restart_numbers(17)
        fake.world.write("hai")
        await until(lambda: inbox.texts == ["một", "hai"])
    await telegram.aclose()


async def test_the_menu_has_vietnamese_commands(fake: FakeTelegram, telegram: TelegramChannel) -> None:
    async with running(telegram, Inbox()):
        await until(lambda: bool(fake.world.commands))
    names = [command["command"] for command in fake.world.commands]
    assert names == ["start", "help", "huongdan", "gopy", "xoadulieu"]
    assert fake.world.commands[3]["description"] == "Gửi góp ý, phản ánh"


async def test_a_wrong_token_is_told_without_it_and_waited_out(
    api: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "bot")
    token = "7654321:WrongTokenWrongTokenWrongTokenWrong"
    telegram = channel(api, token)
    async with running(telegram, Inbox()) as task:
        await until(lambda: "the token is not valid" in caplog.text)
        assert not task.done()
    await telegram.aclose()
    assert [r for r in caplog.records if r.name.startswith("bot") and token in r.getMessage()] == []


async def test_the_name_is_learned_before_updates_are_read(
    fake: FakeTelegram, telegram: TelegramChannel
) -> None:
    other = fake.world.write("@ThoiTietBot mai mưa không?", chat=fake.world.chats[-1001234567890])
    fake.world.write("/help")
    inbox = Inbox()
    async with running(telegram, inbox):
        await until(lambda: not fake.world.waiting())
    assert inbox.texts == ["help"]
    assert inbox.messages[0].order == other["update_id"] + 1


class Gateway:
    """Takes webhook calls as the gateway does; `statuses` are given to the first ones."""

    def __init__(self, telegram: TelegramChannel | None = None, statuses: tuple[int, ...] = ()) -> None:
        self.telegram = telegram
        self.statuses = list(statuses)
        self.orders: list[int] = []

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return
        body = b""
        while (part := await receive()).get("more_body"):
            body += part["body"]
        body += part.get("body", b"")
        status = self.statuses.pop(0) if self.statuses else 200
        headers = {name.decode(): value.decode() for name, value in scope["headers"]}
        if self.telegram is not None and not self.telegram.verify(headers):
            status = 401
        if status == 200 and self.telegram is not None:
            message = self.telegram.read(json.loads(body))
            self.orders += [message.order] if message else []
        await send({"type": "http.response.start", "status": status, "headers": [(b"content-length", b"0")]})
        await send({"type": "http.response.body", "body": b""})


async def test_a_webhook_is_registered_and_brings_updates(fake: FakeTelegram, api: str) -> None:
    gateway = Gateway()
    with LoopbackServer(gateway) as server:
        telegram = channel(api, fake.world.token, Mode.WEBHOOK, site=server.url)
        gateway.telegram = telegram
        await asyncio.wait_for(telegram.run(Inbox().receive), 10)
        assert fake.world.webhook.url == f"{server.url}/telegram/webhook"
        assert fake.world.allowed == ("message", "edited_message", "callback_query")
        wanted = [fake.world.write(f"câu {number}")["update_id"] for number in range(60)]
        gateway.statuses = [503, 500]
        courier = Courier(fake.world, duplicated=0.2, displaced=0.2, seed=4, pause=0.01)
        await courier.deliver()
        assert sorted(set(gateway.orders)) == wanted
        assert len(gateway.orders) > len(wanted)
        assert gateway.orders != sorted(gateway.orders)
        assert courier.statuses[:2] == [503, 500]
        assert fake.world.waiting() == []
        await telegram.aclose()


async def test_a_courier_with_the_wrong_secret_is_not_let_in(fake: FakeTelegram, api: str) -> None:
    telegram = channel(api, fake.world.token, Mode.WEBHOOK)
    with LoopbackServer(Gateway(telegram)) as server:
        fake.world.webhook = Webhook(server.url, "another-secret")
        fake.world.write("một")
        courier = Courier(fake.world, pause=0.01)
        task = asyncio.create_task(courier.deliver())
        await until(lambda: len(courier.statuses) > 1)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    assert set(courier.statuses) == {401}
    assert len(fake.world.waiting()) == 1
    await telegram.aclose()


@pytest.mark.parametrize(
    ("site", "secret"),
    [("", SECRET), ("http://vinhlong.example", SECRET), ("https://vinhlong.example", "")],
)
async def test_no_webhook_is_registered_that_could_not_work(
    site: str, secret: str, fake: FakeTelegram, api: str, caplog: pytest.LogCaptureFixture
) -> None:
    telegram = channel(api, fake.world.token, Mode.WEBHOOK, site=site, secret=secret)
    await asyncio.wait_for(telegram.run(Inbox().receive), 10)
    assert fake.named("setWebhook") == []
    assert "no webhook without" in caplog.text
    await telegram.aclose()


@pytest.mark.parametrize(
    ("headers", "good"),
    [
        ({"X-Telegram-Bot-Api-Secret-Token": SECRET}, True),
        ({"x-telegram-bot-api-secret-token": SECRET}, True),
        ({"x-telegram-bot-api-secret-token": SECRET[:-1]}, False),
        ({"x-telegram-bot-api-secret-token": SECRET + "é"}, False),
        ({"x-telegram-bot-api-secret-token": ""}, False),
        ({}, False),
    ],
)
async def test_only_the_secret_opens(headers: dict[str, str], good: bool, telegram: TelegramChannel) -> None:
    assert telegram.verify(headers) is good


async def test_without_a_secret_nothing_opens(api: str, fake: FakeTelegram) -> None:
    telegram = channel(api, fake.world.token, secret="")
    assert not telegram.verify({"x-telegram-bot-api-secret-token": ""})
    assert not telegram.verify({})
    await telegram.aclose()


async def test_read_takes_what_http_brought(telegram: TelegramChannel, fake: FakeTelegram) -> None:
    message = telegram.read(fake.world.write("ai chủ trì?"))
    assert message is not None
    assert (message.text, message.place.person) == ("ai chủ trì?", str(LAN["id"]))
