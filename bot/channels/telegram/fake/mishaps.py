"""What can go wrong with a call of the Bot API, on the server or on the way."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from bot.channels.telegram.fake.forms import Upload


@dataclass(frozen=True, slots=True)
class Call:
    """One call as it arrived: parameters are decoded, uploads are apart."""

    method: str
    parameters: Mapping[str, Any]
    uploads: Mapping[str, Upload]


@dataclass(frozen=True, slots=True)
class Said:
    """Another answer than the right one. `done`: the call is carried out all the same."""

    status: int
    body: bytes
    done: bool = False


@dataclass(frozen=True, slots=True)
class Hang:
    """No answer for so many seconds, then none at all."""

    seconds: float
    done: bool = False


@dataclass(frozen=True, slots=True)
class Cut:
    """The connection breaks while the answer is on its way."""

    done: bool = False


Trouble: TypeAlias = Said | Hang | Cut
# Decides for each call; None lets it pass.
Mishap: TypeAlias = Callable[[Call], Trouble | None]


def refusal(status: int, description: str, parameters: Mapping[str, Any] | None = None) -> Said:
    """``ok: false`` as the Bot API says it."""
    body: dict[str, Any] = {"ok": False, "error_code": status, "description": description}
    if parameters:
        body["parameters"] = dict(parameters)
    return Said(status, json.dumps(body).encode())


def flood(seconds: int) -> Said:
    """Too many calls: come back after some seconds."""
    return refusal(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})


def unlucky(share: float, troubles: Sequence[Trouble], seed: int = 0) -> Mishap:
    """A `share` of the calls that send something goes wrong, each in one of these ways."""
    chance = random.Random(seed)

    def decide(call: Call) -> Trouble | None:
        is_unlucky = call.method.startswith("send") and chance.random() < share
        return chance.choice(troubles) if is_unlucky else None

    return decide


def page(status: int, done: bool = False) -> Said:
    """A page of a proxy before the Bot API."""
    return Said(status, b"<html><body>Bad gateway</body></html>", done)
