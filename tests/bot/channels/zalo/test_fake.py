"""The emulated platform itself: what it keeps, how it fails, and how it brings updates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from bot.channels.zalo.fake import (
    TOKEN,
    Courier,
    FakeZalo,
    Mishap,
    Trouble,
    Undelivered,
    Webhook,
    sometimes,
    text,
)
from bot.fakes import LoopbackServer

CallApi = Callable[..., httpx.Response]


class Hook:
    """A webhook that answers with some statuses in turn."""

    def __init__(self, *statuses: int) -> None:
        self.statuses = list(statuses)
        self.bodies: list[dict[str, object]] = []
        self.secrets: set[str] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        request = Request(scope, receive)
        self.bodies.append(await request.json())
        self.secrets.add(request.headers["X-Bot-Api-Secret-Token"])
        await Response(status_code=self.statuses.pop(0) if self.statuses else 200)(scope, receive, send)


@pytest.fixture
def hook() -> Hook:
    return Hook()


@pytest.fixture
def webhook(hook: Hook) -> Iterator[Webhook]:
    with LoopbackServer(hook) as server:
        yield Webhook(server.url + "/zalo/webhook", "s3cret-s3cret")


@pytest.fixture(scope="module")
def http() -> Iterator[httpx.Client]:
    with httpx.Client(trust_env=False) as client:
        yield client


@pytest.fixture
def call(http: httpx.Client, server: LoopbackServer) -> CallApi:
    def post(method: str, token: str = TOKEN, **parameters: str) -> httpx.Response:
        return http.post(f"{server.url}/bot{token}/{method}", json=parameters)

    return post


def test_parameters_may_come_as_query_form_or_json(
    http: httpx.Client, server: LoopbackServer, fake: FakeZalo
) -> None:
    address = f"{server.url}/bot{TOKEN}/sendMessage"
    parameters = {"chat_id": "c1", "text": "chào & tạm biệt"}
    for ways in ({"params": parameters}, {"data": parameters}, {"json": parameters}):
        answer = http.request("POST", address, **ways)  # type: ignore[arg-type]
        assert set(answer.json()["result"]) == {"message_id", "date"}
    assert fake.seen("c1") == ["chào & tạm biệt"] * 3


@pytest.mark.parametrize(
    ("method", "parameters"),
    [
        ("sendMessage", {"text": "chào"}),
        ("sendMessage", {"chat_id": "c1", "text": ""}),
        ("sendPhoto", {"chat_id": "c1", "photo": "/bieu-do/1.png"}),
        ("sendPhoto", {"chat_id": "c1", "photo": "https://a.example/1.png", "caption": "x" * 2001}),
        ("sendSticker", {"chat_id": "c1"}),
        ("sendChatAction", {"chat_id": "c1", "action": "dancing"}),
        ("setWebhook", {"url": "http://a.example", "secret_token": "x" * 8}),
        ("setWebhook", {"url": "https://a.example", "secret_token": "x" * 7}),
    ],
)
def test_what_is_refused_comes_with_200(
    call: CallApi, fake: FakeZalo, method: str, parameters: dict[str, str]
) -> None:
    answer = call(method, **parameters)
    assert (answer.status_code, answer.json()["ok"], answer.json()["error_code"]) == (200, False, 400)
    assert not fake.delivered
    assert len(fake.calls) == 1


def test_stickers_are_seen_too(call: CallApi, fake: FakeZalo) -> None:
    call("sendSticker", chat_id="c1", sticker="abc")
    assert fake.seen("c1") == ["abc"]


def test_other_tokens_and_methods_are_unknown(call: CallApi, fake: FakeZalo) -> None:
    assert call("getMe", token="1:x").json()["error_code"] == 401
    assert call("getme").json()["error_code"] == 404
    assert len(fake.calls) == 1


def test_what_is_done_before_the_answer_is_lost_is_kept(call: CallApi, fake: FakeZalo) -> None:
    fake.script = lambda seen: Mishap(Trouble.DROP, done=seen.parameters["text"] == "sau")
    for words in ("trước", "sau"):
        with pytest.raises(httpx.RemoteProtocolError):
            call("sendMessage", chat_id="c1", text=words)
    assert fake.seen("c1") == ["sau"]
    assert len(fake.calls) == 2


def test_a_share_of_the_calls_fails_and_the_same_ones_each_time(call: CallApi, fake: FakeZalo) -> None:
    def failed() -> list[bool]:
        fake.script = sometimes(0.3, 5, (Mishap(Trouble.ERROR),), frozenset({"getMe"}))
        return [call("getMe").status_code == 500 for _ in range(40)]

    first = failed()
    assert 5 <= sum(first) <= 20
    assert failed() == first
    assert call("getWebhookInfo").status_code == 200


def test_the_courier_repeats_and_disorders_but_loses_nothing() -> None:
    updates = [text(f"câu {n}", number=n) for n in range(1, 1001)]
    numbers = [update["message"]["date"] for update in Courier(Webhook(), twice=0.2, late=0.1).plan(updates)]
    assert set(numbers) == {update["message"]["date"] for update in updates}
    assert 150 <= sum(count == 2 for count in Counter(numbers).values()) <= 250
    first_seen = list(dict.fromkeys(numbers))
    assert 50 <= sum(a > b for a, b in pairwise(first_seen)) <= 150
    assert Courier(Webhook()).plan(updates) == updates


async def test_the_courier_brings_an_update_until_it_is_taken(hook: Hook, webhook: Webhook) -> None:
    hook.statuses = [500, 429, 200, 200]
    updates = [text("một"), text("hai")]
    assert await Courier(webhook, pause=0.001).deliver(updates) == 4
    assert hook.bodies == [{"ok": True, "result": updates[at]} for at in (0, 0, 0, 1)]
    assert hook.secrets == {"s3cret-s3cret"}


async def test_bodies_may_be_flat(hook: Hook, webhook: Webhook) -> None:
    update = text("một")
    await Courier(webhook).deliver([update], flat=True)
    assert hook.bodies == [update]


async def test_the_courier_gives_up_at_last(webhook: Webhook, hook: Hook) -> None:
    hook.statuses = [500] * 3
    with pytest.raises(Undelivered):
        await Courier(webhook, attempts=3, pause=0.001).deliver([text("một")])
    with pytest.raises(Undelivered):
        await Courier(Webhook("http://127.0.0.1:1/"), attempts=2, pause=0.001).deliver([text("một")])
