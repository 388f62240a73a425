"""One HTTP request of the campaign, and what came back."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

import httpx

PATIENCE = 60.0
"""Seconds until a call is given up."""
_CHUNK = 4096


class Way(StrEnum):
    """By which way something hostile comes in."""

    NEW = "chat, new conversation"
    LONG = "chat, long conversation"
    FORM = "chat, feedback form"
    PAGE = "page without script"
    TELEGRAM = "Telegram webhook"
    ZALO = "Zalo webhook"
    READ = "addresses and parameters"
    BODY = "bodies of POST /api/chat"
    ODD = "methods and headers"
    WIRE = "broken HTTP"


@dataclass(frozen=True, slots=True)
class Call:
    """A request as it is sent. `said` is what is hostile in it, `before` what its conversation was told.

    `target` is ASCII; it goes onto the wire as it is, without any mending. `chunked` bodies announce no
    length. `raw` is the whole request instead of everything else, for what no client would send.
    """

    way: Way
    family: str
    seed: str
    said: str
    method: str
    target: str
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    chunked: bool = False
    before: tuple[str, ...] = ()
    raw: bytes = b""

    @property
    def is_chat(self) -> bool:
        """True for a question whose answer has the shape of the contract."""
        return self.way in (Way.NEW, Way.LONG, Way.FORM)


@dataclass(frozen=True, slots=True)
class Seen:
    """What came back after so many seconds; `broken` names the error when no whole response came."""

    seconds: float
    status: int = 0
    headers: httpx.Headers = field(default_factory=httpx.Headers)
    body: bytes = b""
    broken: str = ""

    @property
    def media(self) -> str:
        """The media type of the body, without parameters."""
        return str(self.headers.get("content-type", "")).partition(";")[0]

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode("utf-8", "replace")


def client(url: str, connections: int) -> httpx.Client:
    """A client for the service at `url`."""
    limits = httpx.Limits(max_connections=connections)
    return httpx.Client(base_url=url, trust_env=False, timeout=PATIENCE, limits=limits)


def send(http: httpx.Client, call: Call) -> Seen:
    """Make a call and read the whole response. Never raises for what the network does."""
    began = time.monotonic()
    content = _pieces(call.body) if call.chunked else call.body
    try:
        response = http.request(
            call.method,
            "/",
            content=content,
            headers=list(call.headers),
            extensions={"target": call.target.encode("ascii")},
        )
    except httpx.HTTPError as error:
        return Seen(time.monotonic() - began, broken=type(error).__name__)
    seconds = time.monotonic() - began
    return Seen(seconds, response.status_code, response.headers, response.content)


def _pieces(body: bytes) -> Iterator[bytes]:
    for start in range(0, len(body), _CHUNK):
        yield body[start : start + _CHUNK]
