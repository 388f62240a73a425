"""HTTP that is broken below what a client library would send, on a socket of its own."""

from __future__ import annotations

import http.client
import random
import socket
import time
from contextlib import closing
from urllib.parse import urlsplit

import httpx

from bot.hostile.calls import PATIENCE, Call, Seen, Way
from bot.hostile.messages import Message

OWN_REFUSAL = b"Invalid HTTP request received."
"""What the server itself says of a request that it cannot read: the application never sees it."""

_END = b"\r\n\r\n"
_HEAD = b"POST /api/chat HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
_HIDDEN = b"0\r\n\r\nGET /metrics HTTP/1.1\r\n\r\n"


def wire_call(message: Message, dice: random.Random) -> Call:
    """A request in bytes, with the message in it where there is room."""
    text = message.text[:20_000].encode("utf-8", "replace")
    family, raw = dice.choice(_requests(text))
    return Call(Way.WIRE, family, message.seed, message.text, "", "", raw=raw)


def send_raw(url: str, call: Call) -> Seen:
    """Send the bytes, say that no more will come, and read what comes back. Never raises for the network.

    A connection that is closed without an answer is `broken` as ``Closed``.
    """
    parts = urlsplit(url)
    began = time.monotonic()
    try:
        with closing(socket.create_connection((parts.hostname, parts.port or 80), PATIENCE)) as line:
            line.sendall(call.raw)
            line.shutdown(socket.SHUT_WR)
            response = http.client.HTTPResponse(line)
            response.begin()
            body = response.read()
    except TimeoutError:
        return Seen(time.monotonic() - began, broken="Timeout")
    except (OSError, http.client.HTTPException):
        return Seen(time.monotonic() - began, broken="Closed")
    headers = httpx.Headers(response.getheaders())
    return Seen(time.monotonic() - began, response.status, headers, body)


def _requests(text: bytes) -> list[tuple[str, bytes]]:
    line = text.replace(b"\r", b"").replace(b"\n", b" ")
    body = b'{"message": "xin chao"}'
    return [
        ("no HTTP at all", text + _END),
        ("request line", b"GET " + line + b" HTTP/1.1\r\nHost: x" + _END),
        ("long target", b"GET /?hoi=" + b"a" * 200_000 + b" HTTP/1.1\r\nHost: x" + _END),
        ("version", b"GET / HTTP/9.9\r\nHost: x" + _END),
        ("bare line feeds", b"GET / HTTP/1.1\nHost: x\n\n"),
        ("header bytes", b"GET / HTTP/1.1\r\nHost: x\r\nAccept: " + line + _END),
        ("header name", b"GET / HTTP/1.1\r\nHost: x\r\n" + line[:200] + b": x" + _END),
        ("folded header", b"GET / HTTP/1.1\r\nHost: x\r\nAccept: text/html,\r\n  " + line[:200] + _END),
        ("many headers", b"GET / HTTP/1.1\r\nHost: x\r\n" + b"x: y\r\n" * 20_000 + b"\r\n"),
        ("long header", b"GET / HTTP/1.1\r\nHost: x\r\nCookie: " + b"a" * 500_000 + _END),
        ("two hosts", b"GET / HTTP/1.1\r\nHost: x\r\nHost: " + line[:100] + _END),
        ("two lengths", _HEAD + b"Content-Length: 3\r\nContent-Length: 23" + _END + body),
        ("length of words", _HEAD + b"Content-Length: " + line[:60] + _END + body),
        ("endless length", _HEAD + b"Content-Length: " + b"9" * 400 + _END + body),
        ("short body", _HEAD + b"Content-Length: 500000" + _END + body),
        ("length and chunks", _HEAD + b"Content-Length: 6\r\nTransfer-Encoding: chunked" + _END + _HIDDEN),
        ("broken chunks", _HEAD + b"Transfer-Encoding: chunked" + _END + b"zz\r\n" + text + b"\r\n"),
        ("endless chunk", _HEAD + b"Transfer-Encoding: chunked" + _END + b"fffffffffffffffff\r\n" + text),
        ("no end of headers", _HEAD + b"X: " + line[:100]),
        ("pipelined", b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n" * 200),
        ("upgrade", b"GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
         b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: eA==" + _END),
        ("HTTP/2", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + b"\x00" * 50),
        ("TLS", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(200)),
    ]  # fmt: skip
