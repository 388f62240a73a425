"""Clients that take for ever over the head of a request, so that they hold a connection for nothing.

uvicorn bounds the wait for the first byte of a later request only (its keep-alive), and the body is the
concern of `bot.guard`. What is no HTTP at all never reaches that either: its refusal is made here.
"""

from __future__ import annotations

import asyncio
import json
from typing import ClassVar

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from bot.errors import RequestError
from bot.guard import HEADERS


class _BoundedHead(HttpToolsProtocol):
    """uvicorn's connection, ended when the head of a request is not there within `seconds`.

    The time of the first request begins with the connection, that of a later one with its first byte.
    """

    seconds: ClassVar[float]
    _ending: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._await_head()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self.cycle is None or self.cycle.response_complete:
            self._await_head()
        else:
            self._stop_waiting()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:
        """Refuse what is no HTTP in the shape, and with the headers, of any other error."""
        body = json.dumps(RequestError().body(), ensure_ascii=False).encode()
        told = {
            **HEADERS,
            "content-type": "application/json",
            "content-length": str(len(body)),
            "connection": "close",
        }
        head = "".join(f"{name}: {value}\r\n" for name, value in told.items())
        self.transport.write(STATUS_LINE[400] + head.encode("ascii") + b"\r\n" + body)
        self.transport.close()

    def _await_head(self) -> None:
        if self._ending is None:
            # Not `close`, which would wait until a client that reads nothing either has read its last answer.
            self._ending = self.loop.call_later(self.seconds, self.transport.abort)

    def _stop_waiting(self) -> None:
        if self._ending is not None:
            self._ending.cancel()
            self._ending = None


def bounded_head(seconds: float) -> type[asyncio.Protocol]:
    """A protocol for uvicorn's `http` that gives a client so many seconds for the head of a request."""
    return type("BoundedHead", (_BoundedHead,), {"seconds": seconds})
