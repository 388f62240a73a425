"""A stand-in for Rasa on a real loopback socket, for tests and for working on the pages.

It answers what it is told to (an answer, an empty list, garbage, nothing for a while) and keeps
what it was asked, so that a test sees exactly what would have reached Rasa.
"""

from __future__ import annotations

import asyncio
import json
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Any

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

from trolyso.answer import Answer
from trolyso.logs import HEADER

_START_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Received:
    """One message as it reached the fake."""

    sender: str
    message: str
    request: str = ""


@dataclass(frozen=True, slots=True)
class Raw:
    """A reply as bytes, with its HTTP status and the seconds before it is sent."""

    body: bytes
    status: int = 200
    delay: float = 0.0


Script = Callable[[Received], Answer | Raw]


class FakeRasa:
    """An ASGI application with Rasa's REST webhook and status. `script` decides each reply."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self.received: list[Received] = []
        self.status_code = 200
        self.status_delay = 0.0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            return
        if scope["path"] == "/webhooks/rest/webhook" and scope["method"] == "POST":
            request = dict(scope["headers"]).get(HEADER.encode(), b"").decode()
            await self._reply(json.loads(await _body(receive)), request, send)
        elif scope["path"] in ("/", "/health"):
            await asyncio.sleep(self.status_delay)
            await _respond(send, self.status_code, b"{}")
        else:
            await _respond(send, 404, b"{}")

    async def _reply(self, sent: dict[str, Any], request: str, send: Send) -> None:
        message = Received(sent["sender"], sent["message"], request)
        self.received.append(message)
        reply = self.script(message)
        if isinstance(reply, Answer):
            reply = Raw(as_rasa(message.sender, reply))
        if reply.delay:
            await asyncio.sleep(reply.delay)
        await _respond(send, reply.status, reply.body)


def as_rasa(sender: str, answer: Answer) -> bytes:
    """The body with which Rasa's REST channel sends an answer."""
    return json.dumps([{"recipient_id": sender, "custom": answer.to_json()}]).encode()


class LoopbackServer:
    """An ASGI application on an ephemeral port of 127.0.0.1, in a thread of its own.

    Use it as a context manager; `url` and `port` are known inside. `http` is uvicorn's.
    """

    def __init__(self, app: ASGIApp, http: type[asyncio.Protocol] | str = "auto") -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        config = uvicorn.Config(app, log_config=None, http=http, ws="none", timeout_graceful_shutdown=1)
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, args=([self._socket],), daemon=True)

    def __enter__(self) -> LoopbackServer:
        self._thread.start()
        deadline = time.monotonic() + _START_SECONDS
        while not self._server.started:
            if not self._thread.is_alive() or time.monotonic() > deadline:
                raise RuntimeError("the loopback server did not start")
            time.sleep(0.005)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.should_exit = True
        self._thread.join(_START_SECONDS)
        self._socket.close()


async def _body(receive: Receive) -> bytes:
    body = b""
    more = True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    return body


async def _respond(send: Send, status: int, body: bytes) -> None:
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
