"""Messages as people send them: by the JSON contract, and by the page without script."""

from __future__ import annotations

import json
import random
from urllib.parse import urlencode

from bot.hostile.calls import Call, Seen, Way
from bot.hostile.messages import Message

JSON = (("content-type", "application/json"),)
_FORM = (("content-type", "application/x-www-form-urlencoded"), ("accept", "text/html"))
_REMEMBERED = 8
_STEPS = ("tôi muốn góp ý", "Đường vô ấp tối quá, mong có đèn", "khác", "đồng ý", "ấp 3", "0901234567", "gửi")


class Talk:
    """A conversation that goes on over `longest` messages; then another begins."""

    def __init__(self, longest: int) -> None:
        self._longest = longest
        self._name: str | None = None
        self._said: list[str] = []

    @property
    def turn(self) -> int:
        """Which message of the conversation comes next, from 0 on."""
        return len(self._said) % self._longest

    def call(self, way: Way, message: Message, said: str, dice: random.Random) -> Call:
        """The next message of the conversation."""
        if self.turn == 0:
            self._name, self._said = None, []
        before = tuple(self._said[-_REMEMBERED:])
        self._said.append(said)
        body = written(dice, {"message": said, "conversation": self._name})
        return Call(way, message.family, message.seed, said, "POST", "/api/chat", JSON, body, before=before)

    def heard(self, seen: Seen) -> None:
        """Go on in the conversation that the answer names."""
        if seen.status == 200:
            self._name = json.loads(seen.body)["conversation"]


def new_conversation(message: Message, dice: random.Random) -> Call:
    """The first message of a conversation."""
    return Talk(1).call(Way.NEW, message, message.text, dice)


def long_conversation(talk: Talk, message: Message, dice: random.Random) -> Call:
    """A further message of a long conversation."""
    return talk.call(Way.LONG, message, message.text, dice)


def feedback_form(talk: Talk, message: Message, dice: random.Random) -> Call:
    """A message at a step of the form; some hold the words that the step waits for, so that it goes on."""
    step = _STEPS[talk.turn % len(_STEPS)]
    said = dice.choice((step, f"{step} {message.text}", message.text, message.text))
    return talk.call(Way.FORM, message, said if talk.turn else step, dice)


def page_form(message: Message, dice: random.Random) -> Call:
    """The form of the page, as a browser without script posts it."""
    fields = {"conversation": dice.choice(("", message.text[:300])), "message": message.text}
    body = urlencode(fields, errors="surrogatepass").encode()
    return Call(Way.PAGE, message.family, message.seed, message.text, "POST", "/chat", _FORM, body)


def written(dice: random.Random, value: object) -> bytes:
    """JSON with escapes, or in UTF-8 where that can hold the text."""
    try:
        return json.dumps(value, ensure_ascii=dice.random() < 0.5).encode()
    except UnicodeEncodeError:
        return json.dumps(value).encode()
