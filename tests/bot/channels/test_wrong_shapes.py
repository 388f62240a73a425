"""Updates in which something has another type than documented, brought by the emulated platforms.

Each is refused with a line in the log, and what comes after it is answered as ever.
"""

from __future__ import annotations

import asyncio
import copy
import logging
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.channels.telegram import fake as telegram
from bot.channels.telegram.fake.objects import text_of
from bot.channels.telegram.fake.server import TOKEN
from bot.channels.telegram.fake.world import LAN
from bot.channels.zalo import fake as zalo
from bot.fakes import FakeRasa, LoopbackServer
from bot.finder import Finder
from bot.gateway import create_app
from knowledge.store import Store
from tests.bot.samples import ANSWER
from trolyso.settings import Mode, Settings

SECRET = "a-secret-of-both-webhooks"
# What is no id of either platform. Telegram's are numbers, Zalo's texts or numbers.
ODD: tuple[Any, ...] = (
    [],
    [7001],
    [[7001]],
    {},
    {"id": 7001},
    1.5,
    True,
    False,
    "",
    "\x00",
    "x" * 200,
)
NO_TEXT: tuple[Any, ...] = ([7001], {"id": 7001}, 1.5, True)
FOR_TELEGRAM: dict[str, tuple[Any, ...]] = {
    "message.chat.id": (*ODD, None, "7001", 10**30),
    "message.from.id": (*ODD, None, "7001", 10**30),
    "message.message_id": (*ODD, None, "7", 10**30),
    "message.chat": ([7001], [LAN], "7001", 7001),
    "message.from": ([7001], [LAN], "7001", 7001),
    "message.date": ([7001], "x"),
    "message.text": NO_TEXT,
    "message": ([], [7001], "x", 7001),
}
FOR_A_TAP: dict[str, tuple[Any, ...]] = {
    "callback_query.id": (*ODD, None, 5),
    "callback_query.from": ([7001], None, "x"),
    "callback_query.from.id": (*ODD, None, "7001"),
    "callback_query.data": (*NO_TEXT, "\x00", "x" * 200),
    "callback_query.message.chat.id": (*ODD, None, "7001"),
    "callback_query.message.message_id": (*ODD, None, "7"),
}
FOR_ZALO: dict[str, tuple[Any, ...]] = {
    "message.chat.id": (*ODD, None),
    "message.from.id": (*ODD,),
    "message.message_id": (*ODD, None),
    "message.chat": ([], [7001], "7001", 7001),
    "message.from": ([], [7001], "7001", 7001),
    "message.chat.chat_type": (["GROUP"], {}, 5),
    "message.text": ([], {}, *NO_TEXT),
    "message": ([], [7001], "x", 7001),
    "event_name": ([], {}, 5, None),
}
PERSON = zalo.Person("u1")


class Front:
    """The gateway, which has to know its own address before it is made."""

    app: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(scope, receive, send)


class Parties:
    """Both platforms and the gateway between them and a scripted Rasa."""

    def __init__(self, store: Store, search: Finder, home: Path, mode: Mode) -> None:
        self.telegram = telegram.FakeTelegram()
        self.zalo = zalo.FakeZalo(hold=0.05)
        self._parts = (store, search)
        self._home = home
        self._mode = mode

    def serve(self, stack: ExitStack) -> None:
        """Serve all of them for as long as `stack` lasts."""
        rasa, one, other = (
            stack.enter_context(LoopbackServer(app))
            for app in (FakeRasa(lambda _: ANSWER), self.telegram, self.zalo)
        )
        front = Front()
        server = LoopbackServer(front)
        settings = Settings(
            home=self._home,
            rasa_port=rasa.port,
            actions_port=rasa.port,
            public_url=server.url,
            limit_person=0,
            telegram_token=TOKEN,
            telegram_base_url=one.url,
            telegram_webhook_secret=SECRET,
            telegram_mode=self._mode,
            zalo_token=zalo.TOKEN,
            zalo_base_url=other.url,
            zalo_webhook_secret=SECRET,
            zalo_mode=self._mode,
        )
        front.app = create_app(settings, *self._parts)
        stack.enter_context(server)

    async def bring_telegram(self) -> None:
        """Have all that was written to the bot arrive."""
        if self._mode is Mode.WEBHOOK:
            await until(lambda: bool(self.telegram.world.webhook.url))
            await telegram.Courier(self.telegram.world).deliver()

    async def bring_zalo(self, updates: list[zalo.Update]) -> None:
        """The same for Zalo."""
        if self._mode is Mode.POLLING:
            self.zalo.push(*updates)
            return
        await until(lambda: bool(self.zalo.webhook.url))
        await zalo.Courier(self.zalo.webhook, attempts=3).deliver(updates)


@pytest.fixture(params=list(Mode))
def parties(
    request: pytest.FixtureRequest, store: Store, search: Finder, tmp_path: Path
) -> Iterator[Parties]:
    with ExitStack() as stack:
        found = Parties(store, search, tmp_path, request.param)
        found.serve(stack)
        yield found


async def until(happens: Callable[[], bool]) -> None:
    async with asyncio.timeout(60):
        while not happens():
            await asyncio.sleep(0.01)


def twisted(update: dict[str, Any], shapes: dict[str, tuple[Any, ...]]) -> Iterator[dict[str, Any]]:
    """The update with one of its parts in each of the wrong shapes."""
    for path, values in shapes.items():
        *way, last = path.split(".")
        for value in values:
            copied = copy.deepcopy(update)
            holder = copied
            for name in way:
                holder = holder[name]
            holder[last] = value
            yield copied


def logged(caplog: pytest.LogCaptureFixture, *words: str) -> list[str]:
    """Lines of the gateway with one of these words; none has a traceback."""
    ours = [record for record in caplog.records if record.name.startswith("bot")]
    assert [record for record in ours if record.exc_info] == []
    return [line for line in (record.getMessage() for record in ours) if any(word in line for word in words)]


def tap(world: telegram.World) -> dict[str, Any]:
    under = world.message(world.me, telegram.private(LAN), **text_of("Chọn:"))
    return {"id": "400001", "from": LAN, "message": under, "chat_instance": "-5", "data": "Zk3-x_9"}


async def test_telegram(parties: Parties, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    world = parties.telegram.world
    world.write("một")
    message = world.message(LAN, telegram.private(LAN), **text_of("hỏi"))
    wrong = [
        *twisted({"message": message}, FOR_TELEGRAM),
        *twisted({"callback_query": tap(world)}, FOR_A_TAP),
    ]
    numbers = [world.tell(*each.popitem())["update_id"] for each in wrong]
    world.write("hai")
    await parties.bring_telegram()
    await until(lambda: len(world.sent) >= 2)
    assert {sent.chat for sent in world.sent} == {LAN["id"]}
    assert len(world.sent) == 2
    assert world.waiting() == []
    lines = " ".join(logged(caplog, "update "))
    assert [number for number in numbers if f"update {number} " not in lines] == []


async def test_zalo(parties: Parties, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    wrong = list(twisted(zalo.text("hỏi", zalo.Person("u2")), FOR_ZALO))
    await parties.bring_zalo([zalo.text("một", PERSON), *wrong, zalo.text("hai", PERSON)])
    await until(lambda: len(parties.zalo.delivered) >= 2)
    assert [call.chat for call in parties.zalo.delivered] == [PERSON.id] * 2
    assert len(logged(caplog, "skipped", "unreadable")) == len(wrong)
