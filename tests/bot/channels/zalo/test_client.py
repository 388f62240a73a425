"""Each defect of the SDK that the client mends, over a real socket."""

from __future__ import annotations

import logging
import socket
import traceback
from collections.abc import Awaitable, Callable

import pytest
from zalo_bot import Bot
from zalo_bot.error import ZaloError

from bot.channels.protocol import OutcomeUnknown, Refused, SendError, TryLater
from bot.channels.zalo.client import ZaloClient
from bot.channels.zalo.fake import TOKEN, FakeZalo, Mishap, Trouble, text
from bot.fakes import LoopbackServer
from tests.bot.channels.zalo.conftest import QUICK, SECRET

CHAT = "c1"
REFUSED = Mishap(Trouble.NO, code=400)


async def failing(client: ZaloClient, fake: FakeZalo, mishap: Mishap) -> SendError:
    fake.script = lambda call: mishap
    with pytest.raises(SendError) as raised:
        await client.send_message(CHAT, "xin chào")
    return raised.value


async def test_the_sdk_takes_a_refusal_for_a_success_and_we_do_not(
    client: ZaloClient, fake: FakeZalo, server: LoopbackServer
) -> None:
    bot = Bot(TOKEN, server.url)
    fake.script = lambda call: REFUSED
    assert await bot.send_message(CHAT, "xin chào") is None
    assert isinstance(await failing(client, fake, REFUSED), Refused)


async def test_the_sdk_loses_the_pause_that_is_asked_for_in_a_refusal_with_200(
    client: ZaloClient, fake: FakeZalo, server: LoopbackServer
) -> None:
    fake.script = lambda call: Mishap(Trouble.NO, code=429)
    assert await Bot(TOKEN, server.url).send_message(CHAT, "xin chào") is None
    assert isinstance(await failing(client, fake, Mishap(Trouble.NO, code=429)), TryLater)


async def test_the_sdk_fails_over_a_delivered_message_without_date_and_we_do_not(
    client: ZaloClient, server: LoopbackServer, fake: FakeZalo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fake, "_send", lambda call: {"ok": True, "result": {"message_id": "1"}})
    with pytest.raises(KeyError):
        await Bot(TOKEN, server.url).send_message(CHAT, "xin chào")
    await client.send_message(CHAT, "xin chào")


async def test_the_sdk_cannot_set_a_webhook_in_a_running_loop_and_we_can(
    client: ZaloClient, server: LoopbackServer, fake: FakeZalo
) -> None:
    with pytest.warns(RuntimeWarning, match="never awaited"), pytest.raises(RuntimeError, match="event loop"):
        Bot(TOKEN, server.url).set_webhook("https://a.example", SECRET)
    await client.set_webhook("https://a.example/zalo/webhook", SECRET)
    assert await client.webhook() == "https://a.example/zalo/webhook"
    assert fake.webhook.secret == SECRET
    await client.delete_webhook()
    assert await client.webhook() == ""


async def test_the_sdk_tells_the_token_and_we_do_not(
    client: ZaloClient, fake: FakeZalo, server: LoopbackServer
) -> None:
    fake.script = lambda call: Mishap(Trouble.NO, code=401)
    error = await failing(client, fake, Mishap(Trouble.NO, code=401))
    assert TOKEN not in "".join(traceback.format_exception(error))
    assert (type(error), error.after) == (TryLater, 60.0)  # type: ignore[attr-defined]


async def test_the_sdk_calls_its_old_host_and_we_the_one_that_is_set(
    client: ZaloClient, fake: FakeZalo
) -> None:
    assert "zapps" in Bot(TOKEN)._base_url
    assert (await client.me())["account_name"] == "bot.TroLySo"
    assert [call.method for call in fake.calls] == ["getMe"]


@pytest.mark.parametrize("code", [400, 404, 426, 499])
async def test_refusals(client: ZaloClient, fake: FakeZalo, code: int) -> None:
    error = await failing(client, fake, Mishap(Trouble.NO, code=code))
    assert isinstance(error, Refused)
    assert str(code) in str(error)


@pytest.mark.parametrize("code", [403, 500, 503, 599])
async def test_errors_inside_the_platform_are_tried_later(
    client: ZaloClient, fake: FakeZalo, code: int
) -> None:
    error = await failing(client, fake, Mishap(Trouble.NO, code=code))
    assert isinstance(error, TryLater)
    assert error.after is None


async def test_a_limit_tells_its_pause(client: ZaloClient, fake: FakeZalo) -> None:
    error = await failing(client, fake, Mishap(Trouble.LIMIT, seconds=7))
    assert isinstance(error, TryLater)
    assert error.after == 7


@pytest.mark.parametrize(
    ("mishap", "kind"),
    [
        (Mishap(Trouble.ERROR), TryLater),
        (Mishap(Trouble.PAGE), OutcomeUnknown),
        (Mishap(Trouble.DROP), OutcomeUnknown),
        (Mishap(Trouble.DROP, done=True), OutcomeUnknown),
        (Mishap(Trouble.HANG, seconds=1.0), OutcomeUnknown),
        (Mishap(Trouble.NO, code=408), OutcomeUnknown),
    ],
)
async def test_what_a_broken_answer_means(
    client: ZaloClient, fake: FakeZalo, mishap: Mishap, kind: type[SendError]
) -> None:
    error = await failing(client, fake, mishap)
    assert type(error) is kind
    assert len(fake.delivered) == mishap.done


async def test_what_never_left_may_be_repeated() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    client = ZaloClient(TOKEN, f"http://127.0.0.1:{port}", QUICK)
    with pytest.raises(TryLater, match="not connected"):
        await client.send_message(CHAT, "xin chào")
    await client.aclose()


@pytest.mark.parametrize("address", ["http://", "ftp://example", "khong phai dia chi", "http://a:b:c"])
async def test_a_wrong_address_is_told_without_the_token(address: str) -> None:
    client = ZaloClient(TOKEN, address, QUICK)
    with pytest.raises(TryLater) as raised:
        await client.me()
    assert TOKEN not in "".join(traceback.format_exception(raised.value))
    await client.aclose()


async def test_updates_come_once_and_one_at_a_time(client: ZaloClient, fake: FakeZalo) -> None:
    first, second = text("một"), text("hai")
    fake.push(first, second)
    assert [await client.updates() for _ in range(3)] == [[first], [second], []]


async def test_updates_are_silent_while_a_webhook_is_set(client: ZaloClient, fake: FakeZalo) -> None:
    fake.push(text("một"))
    await client.set_webhook("https://a.example", SECRET)
    assert await client.updates() == []
    await client.delete_webhook()
    assert len(await client.updates()) == 1


@pytest.mark.parametrize(
    ("result", "updates"), [(None, []), ({}, []), ([], []), ([{"a": 1}, {"b": 2}], [{"a": 1}, {"b": 2}])]
)
async def test_results_of_other_shapes(
    client: ZaloClient, fake: FakeZalo, monkeypatch: pytest.MonkeyPatch, result: object, updates: object
) -> None:
    monkeypatch.setattr(fake, "_manage", lambda call: {"ok": True, "result": result})
    monkeypatch.setattr(fake, "_perform", _manager(fake))
    assert await client.updates() == updates


def _manager(fake: FakeZalo) -> Callable[..., Awaitable[object]]:
    async def perform(call: object) -> object:
        return fake._manage(call)  # type: ignore[arg-type]

    return perform


@pytest.mark.parametrize("secret", ["short", "x" * 257, ""])
async def test_the_platform_takes_secrets_of_8_to_256_characters(client: ZaloClient, secret: str) -> None:
    with pytest.raises(Refused):
        await client.set_webhook("https://a.example", secret)


@pytest.mark.parametrize(
    ("words", "taken"), [("", False), ("x", True), ("ạ" * 2000, True), ("x" * 2001, False)]
)
async def test_the_platform_takes_1_to_2000_characters(
    client: ZaloClient, fake: FakeZalo, words: str, taken: bool
) -> None:
    if taken:
        await client.send_message(CHAT, words)
        assert fake.seen(CHAT) == [words]
    else:
        with pytest.raises(Refused):
            await client.send_message(CHAT, words)


async def test_the_sdk_logs_no_words_of_people(
    client: ZaloClient, fake: FakeZalo, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        await client.send_message(CHAT, "số điện thoại của tôi")
        await failing(client, fake, Mishap(Trouble.PAGE))
    assert "của tôi" not in caplog.text
    assert "<h1>" not in caplog.text


async def test_other_errors_of_the_sdk_leave_the_outcome_open(
    client: ZaloClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(method: str, parameters: object) -> None:
        raise ZaloError(f"something with {TOKEN}")

    monkeypatch.setattr(client._bot, "_post", broken)
    with pytest.raises(OutcomeUnknown, match="ZaloError") as raised:
        await client.me()
    assert TOKEN not in "".join(traceback.format_exception(raised.value))
