"""Clients that take for ever over the head of a request or its answer, and hold a connection for nothing.

uvicorn bounds the wait for the first byte of a later request only (its keep-alive), and the body is the
concern of `bot.guard`. An answer that nobody reads stays in the memory of both ends until the kernel gives it
up. What is no HTTP at all never reaches the application either: its refusal is made here.
"""

from __future__ import annotations

import asyncio
import json
import socket
from typing import ClassVar

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from bot.errors import RequestError
from bot.guard import HEADERS


class _Bounded(HttpToolsProtocol):
    """uvicorn's connection, ended when the head of a request is not there within `head` seconds, or when
    nothing of what was sent has been taken for `send` seconds.

    The time of the first request begins with the connection, that of a later one with its first byte.
    """

    head: ClassVar[float]
    send: ClassVar[float]
    _ending: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        _bound_sending(transport, self.send)
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
            self._ending = self.loop.call_later(self.head, self.transport.abort)

    def _stop_waiting(self) -> None:
        if self._ending is not None:
            self._ending.cancel()
            self._ending = None


def _bound_sending(transport: asyncio.Transport, seconds: float) -> None:
    """Have the kernel (Linux) end a connection whose other end takes nothing for so long.

    Neither uvicorn nor asyncio bounds that: to close a connection waits until all is sent.
    """
    line = transport.get_extra_info("socket")
    if hasattr(socket, "TCP_USER_TIMEOUT") and line.family in (socket.AF_INET, socket.AF_INET6):
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, round(seconds * 1000))


def bounded(head: float, send: float) -> type[asyncio.Protocol]:
    """A protocol for uvicorn's `http` that gives a client `head` seconds for the head of a request, and up to
    `send` seconds between two parts of an answer that it takes."""
    return type("Bounded", (_Bounded,), {"head": head, "send": send})
