"""The emulated Bot API as an ASGI application."""

from __future__ import annotations

import asyncio
import json
import re
from typing import Any

from starlette.types import Receive, Scope, Send

from bot.channels.telegram.fake.forms import parameters_of
from bot.channels.telegram.fake.markup import ApiFailure
from bot.channels.telegram.fake.methods import Methods
from bot.channels.telegram.fake.mishaps import Call, Cut, Hang, Mishap, Said, refusal
from bot.channels.telegram.fake.objects import Json, user
from bot.channels.telegram.fake.world import World

TOKEN = "7654321:AAFakeTokenThatOpensNothing-0123456789"
_PATH = re.compile(r"/bot(?P<token>[^/]+)/(?P<method>\w+)")
_GLANCE = 0.01
_WEBHOOK_SET = (
    "Conflict: can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)
_OTHER_POLL = (
    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
)


class FakeTelegram:
    """`world` holds what lasts, `calls` what was carried out, `attempts` all that arrived, in their order."""

    def __init__(
        self, token: str = TOKEN, username: str = "TroLyVinhLongBot", mishap: Mishap | None = None
    ) -> None:
        number = int(token.partition(":")[0])
        rights = {
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": False,
        }
        self.world = World(token, {**user(number, "Trợ lý số Vĩnh Long", username, is_bot=True), **rights})
        self.mishap: Mishap = mishap or _nothing
        self.calls: list[Call] = []
        self.attempts: list[Call] = []
        self._methods = Methods(self.world)
        self._polls = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            return
        path = _PATH.fullmatch(scope["path"])
        if path is None:
            await _answer(send, refusal(404, "Not Found"))
            return
        if path["token"] != self.world.token:
            await _answer(send, refusal(401, "Unauthorized"))
            return
        headers = {name.decode().lower(): value.decode() for name, value in scope["headers"]}
        values, uploads = parameters_of(headers.get("content-type", ""), await _body(receive))
        call = Call(path["method"], values, uploads)
        self.attempts.append(call)
        await self._serve(call, receive, send)

    def named(self, method: str) -> list[Call]:
        """The calls of one method that were carried out."""
        return [call for call in self.calls if call.method == method]

    async def _serve(self, call: Call, receive: Receive, send: Send) -> None:
        trouble = self.mishap(call)
        said = await self._carried_out(call, receive) if trouble is None or trouble.done else None
        match trouble:
            case None if said is not None:
                await _answer(send, said)
            case Said():
                await _answer(send, trouble)
            case Hang():
                await _wait(receive, trouble.seconds)
                await _break_off(send)
            case Cut():
                await _break_off(send)

    async def _carried_out(self, call: Call, receive: Receive) -> Said:
        try:
            polls = call.method.lower() == "getupdates"
            result = await self._updates(call, receive) if polls else self._methods(call)
        except ApiFailure as failure:
            return refusal(failure.status, failure.description, failure.parameters)
        self.calls.append(call)
        return Said(200, json.dumps({"ok": True, "result": result}).encode())

    async def _updates(self, call: Call, receive: Receive) -> list[Json]:
        """Updates from an offset on, as soon as there are some, while the caller waits."""
        if self.world.webhook.url:
            raise ApiFailure(409, _WEBHOOK_SET)
        self._polls += 1
        mine = self._polls
        if allowed := call.parameters.get("allowed_updates"):
            self.world.allowed = tuple(allowed)
        self._confirm(int(call.parameters.get("offset", 0)))
        limit = min(max(int(call.parameters.get("limit", 100)), 1), 100)
        gone = asyncio.ensure_future(_wait(receive, float(call.parameters.get("timeout", 0))))
        try:
            while not (found := self.world.waiting()[:limit]) and not gone.done():
                await asyncio.sleep(_GLANCE)
                if mine != self._polls:
                    raise ApiFailure(409, _OTHER_POLL)
        finally:
            gone.cancel()
        return found

    def _confirm(self, offset: int) -> None:
        numbers = [update["update_id"] for update in self.world.waiting()]
        done = numbers[:offset] if offset < 0 else [number for number in numbers if number < offset]
        self.world.forget(*done)


def _nothing(_: Call) -> None:
    return None


async def _body(receive: Receive) -> bytes:
    body = b""
    more = True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    return body


async def _answer(send: Send, said: Said) -> None:
    media = b"application/json" if said.body.startswith(b"{") else b"text/html"
    headers = [(b"content-type", media), (b"content-length", str(len(said.body)).encode())]
    await send({"type": "http.response.start", "status": said.status, "headers": headers})
    await send({"type": "http.response.body", "body": said.body})


async def _break_off(send: Send) -> None:
    """Promise a body and give none: the server then closes the connection."""
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})


async def _wait(receive: Receive, seconds: float) -> None:
    """Until the caller hangs up, or the time is over."""
    try:
        async with asyncio.timeout(seconds):
            while True:
                message: Any = await receive()
                if message["type"] == "http.disconnect":
                    return
    except TimeoutError:
        return
