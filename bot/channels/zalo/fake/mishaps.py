"""What may go wrong with a call, and scripts that decide when it does."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from threading import Lock


class Trouble(StrEnum):
    """What the caller sees."""

    LIMIT = "limit"  # HTTP 429 with a pause that is asked for
    ERROR = "error"  # HTTP 500 with `ok: false`
    PAGE = "page"  # HTTP 502 with a page of HTML
    NO = "no"  # HTTP 200 with `ok: false` and a code
    HANG = "hang"  # nothing, for some seconds
    DROP = "drop"  # the connection closes


@dataclass(frozen=True, slots=True)
class Call:
    """One call as it arrived; `number` counts from 1."""

    number: int
    method: str
    parameters: Mapping[str, str]

    @property
    def chat(self) -> str:
        """The chat that was called for, or empty."""
        return self.parameters.get("chat_id", "")


@dataclass(frozen=True, slots=True)
class Mishap:
    """One trouble; with `done` the call takes effect all the same, and only its answer is lost."""

    trouble: Trouble
    done: bool = False
    code: int = 400
    seconds: float = 5.0


Script = Callable[[Call], Mishap | None]


def smooth(call: Call) -> Mishap | None:
    """Nothing goes wrong."""
    return None


def sometimes(share: float, seed: int, mishaps: Sequence[Mishap], methods: frozenset[str]) -> Script:
    """One of `mishaps` for about this share of the calls of some methods, the same ones for the same seed."""
    dice, lock = random.Random(seed), Lock()

    def script(call: Call) -> Mishap | None:
        with lock:
            hit, which = dice.random() < share, dice.choice(mishaps)
        return which if hit and call.method in methods else None

    return script
