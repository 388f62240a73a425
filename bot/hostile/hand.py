"""One attacker: draws a way for each seed, makes the call and sends it."""

from __future__ import annotations

import random
from collections.abc import Sequence

import httpx

from bot.hostile.bodies import body_call, odd_call
from bot.hostile.calls import Call, Seen, Way, send
from bot.hostile.messages import message
from bot.hostile.platforms import Platforms
from bot.hostile.surface import Surface
from bot.hostile.talking import Talk, feedback_form, long_conversation, new_conversation, page_form
from bot.hostile.wire import send_raw, wire_call

_SHARES = {
    Way.NEW: 30, Way.LONG: 22, Way.FORM: 14, Way.PAGE: 5, Way.TELEGRAM: 2, Way.ZALO: 2, Way.READ: 15,
    Way.BODY: 5, Way.ODD: 3, Way.WIRE: 2,
}  # fmt: skip
"""Calls of each way in a hundred."""
_LONG_TALK = 60
_FORM_TALK = 10


class Hand:
    """One attacker: the conversations that it is in, and the connection that it keeps."""

    def __init__(self, url: str, platforms: Platforms, surface: Surface, http: httpx.Client) -> None:
        self._url = url
        self._platforms = platforms
        self._surface = surface
        self._http = http
        self._long = Talk(_LONG_TALK)
        self._form = Talk(_FORM_TALK)

    def play(self, seed: str, questions: Sequence[str]) -> tuple[Call, Seen]:
        """Make the call of a seed and send it."""
        dice = random.Random(f"way of {seed}")
        said = message(seed, questions)
        match dice.choices(tuple(_SHARES), tuple(_SHARES.values()))[0]:
            case Way.NEW:
                return self._sent(new_conversation(said, dice))
            case Way.LONG:
                return self._talked(self._long, long_conversation(self._long, said, dice))
            case Way.FORM:
                return self._talked(self._form, feedback_form(self._form, said, dice))
            case Way.PAGE:
                return self._sent(page_form(said, dice))
            case Way.TELEGRAM:
                return self._sent(self._platforms.telegram_update(said, dice))
            case Way.ZALO:
                return self._sent(self._platforms.zalo_update(said, dice))
            case Way.READ:
                return self._sent(self._surface.call(said, dice))
            case Way.BODY:
                return self._sent(body_call(said, dice))
            case Way.ODD:
                return self._sent(odd_call(said, dice))
        call = wire_call(said, dice)
        return call, send_raw(self._url, call)

    def _sent(self, call: Call) -> tuple[Call, Seen]:
        return call, send(self._http, call)

    def _talked(self, talk: Talk, call: Call) -> tuple[Call, Seen]:
        seen = send(self._http, call)
        talk.heard(seen)
        return call, seen
