"""Bodies, methods and headers that no client of ours sends."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Callable
from functools import cache

from bot.guard import MAX_BODY
from bot.hostile.archives import LAUGHS, bomb
from bot.hostile.calls import Call, Way
from bot.hostile.messages import LIMIT, Message
from bot.hostile.talking import JSON, written
from bot.hostile.twisting import twisted

_DEEP = 100_000
_MEDIA = (
    "application/json", "application/json", "application/json; charset=utf-16", "text/json", "text/plain", "",
    "application/xml", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded", "a" * 3_000,
)  # fmt: skip
_METHODS = (
    "HEAD",
    "OPTIONS",
    "PUT",
    "PATCH",
    "DELETE",
    "TRACE",
    "CONNECT",
    "POST",
    "GET",
    "BREW",
    "get",
    "A" * 200,
)
_TARGETS = (
    "/", "/chat", "/api/chat", "/api/documents", "/van-ban", "/tai-ve/chi-tieu.xlsx?document=206-qd-ubnd",
    "/healthz", "/metrics", "/static/chat.js", "/telegram/webhook", "/zalo/webhook", "/openapi.json", "*",
    "http://example.org/",
)  # fmt: skip
_NAMES = (
    "host", "origin", "referer", "cookie", "user-agent", "accept", "accept-language", "authorization",
    "range", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "forwarded", "x-original-url",
    "x-http-method-override", "if-none-match", "if-modified-since", "content-encoding", "content-language",
    "expect", "te", "upgrade", "x-telegram-bot-api-secret-token", "x-bot-api-secret-token", "traceparent",
    "sec-websocket-key", "x-request-id",
)  # fmt: skip
Make = Callable[[Message, random.Random], bytes]


def body_call(message: Message, dice: random.Random) -> Call:
    """A POST to the JSON contract whose body is not what it asks for, or only just."""
    name = dice.choice(tuple(_BODIES))
    media = dice.choice(_MEDIA) if dice.random() < 0.3 else _MEDIA[0]
    encoding = (("content-encoding", "gzip"),) if name == "zip bomb" else ()
    return Call(
        Way.BODY,
        name,
        message.seed,
        message.text,
        "POST",
        dice.choice(("/api/chat", "/api/chat", "/api/chat", "/chat")),
        ((("content-type", media), *encoding) if media else encoding),
        _BODIES[name](message, dice),
        chunked=dice.random() < 0.2,
    )


def odd_call(message: Message, dice: random.Random) -> Call:
    """A request with an unexpected method, or headers that hold the message."""
    text = "".join(char for char in message.text if " " <= char <= "~")[:6_000].strip()
    headers = [(name, text) for name in dice.sample(_NAMES, dice.randint(0, 4))]
    method = dice.choice(_METHODS)
    body = written(dice, {"message": message.text[:LIMIT]}) if dice.random() < 0.3 else b""
    family = "headers" if headers else "methods"
    target = dice.choice(_TARGETS)
    return Call(Way.ODD, family, message.seed, text, method, target, (*JSON, *headers), body)


def _broken(message: Message, dice: random.Random) -> bytes:
    whole = written(dice, {"message": message.text[:LIMIT]})
    return whole[: dice.randrange(len(whole))] + dice.choice((b"", b"}", b"\xff", b"\x00", b",,"))


def _deep(_: Message, dice: random.Random) -> bytes:
    opening = dice.choice(("[", '{"message":', '{"message":{"a":['))
    return (opening * dice.choice((900, 1_100, _DEEP))).encode()


def _typed(message: Message, dice: random.Random) -> bytes:
    """The right fields with values of wrong types, or fields that nobody asked for."""
    fields = {"message": message.text[:LIMIT], "conversation": None, "turn": "1"}
    return written(dice, twisted(dice, fields))


def _numbers(_: Message, dice: random.Random) -> bytes:
    number = dice.choice(("1" + "0" * 5_000, "NaN", "-Infinity", "1e999999", "01", "0x1", "1" + "0" * 4_000))
    return f'{{"message": {number}, "conversation": {number}}}'.encode()


def _names(message: Message, dice: random.Random) -> bytes:
    """Conversation and turn are made up, forged or endless."""
    name = dice.choice((f"w.{'A' * 22}.{'0' * 32}", message.text, "a" * 64, "a" * 65, "../x", "x" * 500_000))
    return written(dice, {"message": "xin chào", "conversation": name, "turn": message.text})


def _doubled(message: Message, _: random.Random) -> bytes:
    text = json.dumps(message.text[:LIMIT])
    return f'{{"message": "/restart", "message": {text}, "__proto__": {{"x": 1}}}}'.encode()


def _encoded(message: Message, dice: random.Random) -> bytes:
    encoding = dice.choice(("utf-16", "utf-32-be", "utf-7", "utf-8-sig", "latin-1"))
    return json.dumps({"message": message.text[:LIMIT]}, ensure_ascii=False).encode(encoding, "replace")


def _huge(_: Message, dice: random.Random) -> bytes:
    """At the limit of the gateway, and beyond it."""
    size = dice.choice((MAX_BODY - 20, MAX_BODY, MAX_BODY + 1, 2 * MAX_BODY))
    return b'{"message": "' + b"a" * (size - 15) + b'"}'


@cache
def _squeezed() -> bytes:
    return gzip.compress(b'{"message": "' + b"0" * 50_000_000 + b'"}')


@cache
def _archive() -> bytes:
    """A form with a ZIP bomb as a file whose name climbs out."""
    head = b'--x\r\nContent-Disposition: form-data; name="message"; filename="../../a.xlsx"\r\n\r\n'
    return head + bomb() + b"\r\n--x--\r\n"


_BODIES: dict[str, Make] = {
    "broken JSON": _broken,
    "deep JSON": _deep,
    "wrong types": _typed,
    "numbers": _numbers,
    "names of conversations": _names,
    "doubled keys": _doubled,
    "encodings": _encoded,
    "huge": _huge,
    "zip bomb": lambda *_: _squeezed(),
    "upload": lambda *_: _archive(),
    "billion laughs": lambda *_: LAUGHS,
}
