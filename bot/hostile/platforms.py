"""The two bot platforms, emulated: they bring hostile updates and keep what the service sends back."""

from __future__ import annotations

import contextlib
import itertools
import random
from collections.abc import Iterator
from typing import Any

from bot.channels.telegram import fake as telegram
from bot.channels.telegram.channel import SECRET_HEADER as TELEGRAM_SECRET
from bot.channels.telegram.fake.server import TOKEN as TELEGRAM_TOKEN
from bot.channels.zalo import fake as zalo
from bot.channels.zalo.channel import SECRET_HEADER as ZALO_SECRET
from bot.channels.zalo.fake.objects import wrapped
from bot.fakes import LoopbackServer
from bot.hostile.calls import Call, Way
from bot.hostile.messages import Message
from bot.hostile.talking import JSON, written
from bot.hostile.twisting import twisted

SECRET = "a-secret-of-the-campaign"
_TWISTED = 0.2
_LONGEST = 4096
_SENDING = ("sendMessage", "sendPhoto", "sendDocument")
_FIRST = 10_000


class Platforms:
    """Telegram and Zalo; each message comes from a person of its own, so that no limit is met."""

    def __init__(self) -> None:
        self._telegram = telegram.FakeTelegram()
        self._zalo = zalo.FakeZalo()
        self._numbers = itertools.count(_FIRST)
        self._awaiting: list[tuple[Way, int]] = []

    @contextlib.contextmanager
    def serving(self) -> Iterator[dict[str, Any]]:
        """Serve both; gives the settings of a service that they bring updates to."""
        with LoopbackServer(self._telegram) as first, LoopbackServer(self._zalo) as second:
            yield {
                "telegram_token": TELEGRAM_TOKEN,
                "telegram_base_url": first.url,
                "telegram_webhook_secret": SECRET,
                "telegram_mode": "webhook",
                "zalo_token": zalo.TOKEN,
                "zalo_base_url": second.url,
                "zalo_webhook_secret": SECRET,
                "zalo_mode": "webhook",
            }

    def telegram_update(self, message: Message, dice: random.Random) -> Call:
        """An update of Telegram; some are not as documented."""
        number = next(self._numbers)
        person = telegram.user(number, message.text[:64] or "x")
        update = self._telegram.world.write(message.text[:_LONGEST], person)
        self._telegram.world.forget(update["update_id"])
        return self._call(Way.TELEGRAM, number, (TELEGRAM_SECRET, SECRET), update, message, dice)

    def zalo_update(self, message: Message, dice: random.Random) -> Call:
        """The same for Zalo."""
        number = next(self._numbers)
        update = wrapped(zalo.text(message.text[:_LONGEST], zalo.Person(_chat(Way.ZALO, number))))
        return self._call(Way.ZALO, number, (ZALO_SECRET, SECRET), update, message, dice)

    def unheard(self) -> dict[Way, int]:
        """How many people wrote as documented and were sent nothing."""
        heard = {str(sent.chat) for sent in self._telegram.world.sent}
        heard |= {call.chat for call in self._zalo.delivered}
        missing = [way for way, number in self._awaiting if _chat(way, number) not in heard]
        return {way: missing.count(way) for way in (Way.TELEGRAM, Way.ZALO)}

    def refused(self) -> list[str]:
        """What the service sent to people who wrote as documented, and a platform refused by its rules."""
        done = set(map(id, (*self._telegram.calls, *self._zalo.delivered)))
        said = [(Way.TELEGRAM, call.method, call.parameters, id(call)) for call in self._telegram.attempts]
        said += [(Way.ZALO, call.method, call.parameters, id(call)) for call in self._zalo.calls]
        people = {_chat(way, number) for way, number in self._awaiting}
        return [
            f"{way}: {method} {dict(parameters)!r}"
            for way, method, parameters, key in said
            if method in _SENDING and key not in done and str(parameters.get("chat_id")) in people
        ]

    def _call(
        self,
        way: Way,
        number: int,
        secret: tuple[str, str],
        update: object,
        message: Message,
        dice: random.Random,
    ) -> Call:
        if dice.random() < _TWISTED:
            update = twisted(dice, update)
        elif message.text.strip():
            self._awaiting.append((way, number))
        target = f"/{'telegram' if way is Way.TELEGRAM else 'zalo'}/webhook"
        body = written(dice, update)
        headers = (*JSON, secret)
        return Call(way, message.family, message.seed, message.text, "POST", target, headers, body)


def _chat(way: Way, number: int) -> str:
    """The id of the chat with a person."""
    return str(number) if way is Way.TELEGRAM else f"{number:020x}"
