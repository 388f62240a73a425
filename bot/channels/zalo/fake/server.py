"""The Bot API as an ASGI application: it checks what it is sent, keeps it, and fails when told to."""

from __future__ import annotations

import asyncio
import json
import time
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.types import Receive, Scope, Send

from bot.channels.zalo.fake.mishaps import Call, Mishap, Script, Trouble, smooth
from bot.channels.zalo.fake.objects import Update

TOKEN = "123456789:emulated-token"
_TICK = 0.005
_OK: dict[str, Any] = {"ok": True}
_SENT = frozenset({"sendMessage", "sendPhoto", "sendSticker"})


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where updates are posted, and the secret that goes with them."""

    url: str = ""
    secret: str = ""

    @property
    def fit(self) -> bool:
        """True for https and a secret of 8 to 256 characters; this machine may be called without TLS."""
        return self.url.startswith(("https://", "http://127.0.0.1")) and 8 <= len(self.secret) <= 256


class FakeZalo:
    """One bot and its chats.

    `calls` are all calls in their order, `delivered` those after which a person sees something new. A
    getUpdates without an update is held open for at most `hold` seconds. `outcome` is what setWebhook tells
    of the trial call that the platform makes.
    """

    def __init__(self, token: str = TOKEN, script: Script = smooth, hold: float = 0.2) -> None:
        self.script = script
        self.calls: list[Call] = []
        self.delivered: list[Call] = []
        self.webhook = Webhook()
        self.outcome = "webhook.ok"
        self._token = token
        self._hold = hold
        self._waiting: deque[Update] = deque()

    def push(self, *updates: Update) -> None:
        """Have updates wait for getUpdates."""
        self._waiting.extend(updates)

    def seen(self, chat: str) -> list[str]:
        """What the person of a chat has read: texts, and captions behind the address of their picture."""
        return [_as_seen(call.parameters) for call in self.delivered if call.chat == chat]

    def called(self, method: str) -> list[Call]:
        """The calls of one method."""
        return [call for call in self.calls if call.method == method]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            return
        request = Request(scope, receive)
        parts = scope["path"].strip("/").split("/")
        if len(parts) != 2 or parts[0] != f"bot{self._token}":
            await request.body()
            await _respond(send, 200, _no(401, "Unauthorized"))
            return
        call = Call(len(self.calls) + 1, parts[1], await _parameters(request))
        self.calls.append(call)
        mishap = self.script(call)
        if mishap is None:
            await _respond(send, 200, await self._perform(call))
            return
        if mishap.done:
            await self._perform(call)
        await _misbehave(mishap, send)

    async def _perform(self, call: Call) -> dict[str, Any]:
        if call.method == "getUpdates":
            return await self._next_update(call.parameters)
        if call.method in _SENT or call.method == "sendChatAction":
            return self._send(call)
        return self._manage(call)

    async def _next_update(self, parameters: Mapping[str, str]) -> dict[str, Any]:
        until = time.monotonic() + min(float(parameters.get("timeout", "30")), self._hold)
        while self.webhook.url or not self._waiting:
            if time.monotonic() >= until:
                return _no(408, "Request timeout")
            await asyncio.sleep(_TICK)
        return {"ok": True, "result": self._waiting.popleft()}

    def _send(self, call: Call) -> dict[str, Any]:
        if problem := _problem(call):
            return _no(400, problem)
        if call.method not in _SENT:
            return _OK
        self.delivered.append(call)
        return {"ok": True, "result": {"message_id": f"{call.number:020x}", "date": _now()}}

    def _manage(self, call: Call) -> dict[str, Any]:
        if call.method == "getMe":
            bot = {"id": "1459232241454765289", "account_name": "bot.TroLySo", "account_type": "BASIC"}
            return {"ok": True, "result": {**bot, "can_join_groups": False}}
        if call.method == "setWebhook":
            wanted = Webhook(call.parameters.get("url", ""), call.parameters.get("secret_token", ""))
            if not wanted.fit:
                return _no(400, "Bad request: url or secret_token")
            self.webhook = wanted
            trial = {"ok": self.outcome == "webhook.ok", "url": wanted.url, "outcome": self.outcome}
            return {"ok": True, "result": {"url": wanted.url, "updated_at": _now(), "verification": trial}}
        if call.method == "deleteWebhook":
            self.webhook = Webhook()
        elif call.method != "getWebhookInfo":
            return _no(404, "Not found")
        return {"ok": True, "result": {"url": self.webhook.url, "updated_at": _now()}}


def _problem(call: Call) -> str:
    given = call.parameters
    if not call.chat:
        return "chat_id is missing"
    if call.method == "sendMessage" and not 1 <= len(given.get("text", "")) <= 2000:
        return "text must have 1 to 2000 characters"
    if call.method == "sendPhoto" and not given.get("photo", "").startswith(("https://", "http://")):
        return "photo must be an address"
    if call.method == "sendPhoto" and len(given.get("caption", "")) > 2000:
        return "caption must have at most 2000 characters"
    if call.method == "sendSticker" and not given.get("sticker"):
        return "sticker is missing"
    if call.method == "sendChatAction" and given.get("action") not in ("typing", "upload_photo"):
        return "action is unknown"
    return ""


def _as_seen(parameters: Mapping[str, str]) -> str:
    shown = (parameters.get(key, "") for key in ("photo", "sticker", "caption", "text"))
    return "\n".join(filter(None, shown))


async def _parameters(request: Request) -> dict[str, str]:
    """Parameters in any of the forms that the platform reads: query, form or JSON."""
    body = await request.body()
    found = dict(request.query_params)
    if request.headers.get("content-type", "").startswith("application/json"):
        found |= {key: str(value) for key, value in json.loads(body or b"{}").items() if value is not None}
    else:
        found |= dict(parse_qsl(body.decode(), keep_blank_values=True))
    return found


async def _misbehave(mishap: Mishap, send: Send) -> None:
    if mishap.trouble is Trouble.LIMIT:
        await _respond(
            send, 429, _no(429, "Quota exceeded") | {"parameters": {"retry_after": mishap.seconds}}
        )
    elif mishap.trouble is Trouble.ERROR:
        await _respond(send, 500, _no(500, "Internal server error"))
    elif mishap.trouble is Trouble.PAGE:
        await _answer(send, 502, b"<html><h1>502 Bad Gateway</h1></html>", b"text/html")
    elif mishap.trouble is Trouble.NO:
        await _respond(send, 200, _no(mishap.code, "No"))
    else:
        if mishap.trouble is Trouble.HANG:
            await asyncio.sleep(mishap.seconds)
        # A body that stays shorter than announced: the server can only close the connection.
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"100")]})
        await send({"type": "http.response.body", "body": b"{", "more_body": True})


def _no(code: int, description: str) -> dict[str, Any]:
    return {"ok": False, "error_code": code, "description": description}


async def _respond(send: Send, status: int, body: dict[str, Any]) -> None:
    await _answer(send, status, json.dumps(body).encode(), b"application/json")


async def _answer(send: Send, status: int, body: bytes, media: bytes) -> None:
    headers = [(b"content-type", media), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _now() -> int:
    return time.time_ns() // 1_000_000
