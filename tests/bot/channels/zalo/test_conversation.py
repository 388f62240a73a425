"""The whole gateway between the emulated platform and a scripted Rasa, over real sockets."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from pydantic import SecretStr
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.channels.zalo.fake import (
    TOKEN,
    Courier,
    FakeZalo,
    Mishap,
    Person,
    Trouble,
    image,
    sometimes,
    sticker,
    text,
)
from bot.fakes import FakeRasa, LoopbackServer, Received
from bot.finder import Finder
from bot.gateway import create_app
from knowledge.store import Store
from tests.bot.channels.zalo.conftest import SECRET
from trolyso.answer import Answer, Attachment, Status, Suggestion
from trolyso.settings import Mode, Settings

ASKED_BACK = Answer(
    Status.CLARIFY,
    "Anh/chị hỏi năm nào?",
    suggestions=(Suggestion("Năm 2024", "OCOP năm 2024"), Suggestion("Năm 2025", "OCOP năm 2025")),
)
CHART = Answer(
    Status.ANSWERED,
    "Đây là biểu đồ.",
    attachments=(Attachment("image", "/bieu-do/1.png", "Biểu đồ 1"),),
)
ME = Person("u1")


class Front:
    """The gateway, which has to know its own address before it is made."""

    app: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(scope, receive, send)


@dataclass(frozen=True, slots=True)
class World:
    """All three parties."""

    zalo: FakeZalo
    rasa: FakeRasa
    url: str

    async def until(self, done: Callable[[], bool]) -> None:
        async with asyncio.timeout(60):
            while not done():
                await asyncio.sleep(0.01)

    def courier(self, twice: float = 0.0, late: float = 0.0) -> Courier:
        return Courier(self.zalo.webhook, twice=twice, late=late, seed=3)


def reply(message: Received) -> Answer:
    if message.message in ("ocop", "lại"):
        return ASKED_BACK
    if message.message == "vẽ":
        return CHART
    return Answer(Status.ANSWERED, f"Đã nghe: {message.message}")


@pytest.fixture
def mode() -> Mode:
    return Mode.WEBHOOK


@pytest.fixture
def world(mode: Mode, store: Store, search: Finder, tmp_path: Path) -> Iterator[World]:
    zalo, rasa, front = FakeZalo(hold=0.05), FakeRasa(reply), Front()
    gateway = LoopbackServer(front)
    with LoopbackServer(zalo) as platform, LoopbackServer(rasa) as dialogue:
        settings = Settings(
            home=tmp_path,
            rasa_port=dialogue.port,
            actions_port=dialogue.port,
            limit_person=0,
            limit_address=0,
            public_url=gateway.url,
            zalo_token=SecretStr(TOKEN),
            zalo_base_url=platform.url,
            zalo_webhook_secret=SecretStr(SECRET),
            zalo_mode=mode,
        )
        front.app = create_app(settings, store, search)
        with gateway:
            yield World(zalo, rasa, gateway.url)


async def registered(world: World) -> None:
    await world.until(lambda: bool(world.zalo.webhook.url))


async def test_every_question_is_answered_once_whatever_the_network_does(world: World) -> None:
    await registered(world)
    world.zalo.script = sometimes(
        0.2, 1, (Mishap(Trouble.ERROR), Mishap(Trouble.LIMIT, seconds=0.1)), frozenset({"sendMessage"})
    )
    people = [Person(f"u{n}") for n in range(12)]
    asked = [text(f"câu {n} của {person.id}", person) for person in people for n in range(3)]
    await world.courier(twice=0.3, late=0.2).deliver(asked)
    await world.until(lambda: len(world.zalo.delivered) >= len(asked))
    await asyncio.sleep(0.3)
    answers = Counter(call.parameters["text"] for call in world.zalo.delivered)
    assert answers == Counter(f"Đã nghe: {update['message']['text']}" for update in asked)
    assert all(call.chat in call.parameters["text"] for call in world.zalo.delivered)


@pytest.mark.parametrize("mode", [Mode.POLLING])
async def test_polling(world: World) -> None:
    world.zalo.push(text("một", ME), {"event_name": 5}, text("hai", ME))
    await world.until(lambda: len(world.zalo.delivered) == 2)
    assert world.zalo.seen("u1") == ["Đã nghe: một", "Đã nghe: hai"]
    assert not world.zalo.webhook.url


@pytest.mark.parametrize("typed", ["2", "số 2", "chọn hai", "nam 2025", "cái thứ hai"])
async def test_a_suggestion_is_picked_by_number_or_words(world: World, typed: str) -> None:
    await registered(world)
    await world.courier().deliver([text("ocop", ME)])
    await world.until(lambda: bool(world.zalo.seen("u1")))
    assert "1. Năm 2024\n2. Năm 2025" in world.zalo.seen("u1")[0]
    await world.courier().deliver([text(typed, ME)], flat=True)
    await world.until(lambda: len(world.zalo.seen("u1")) == 2)
    assert world.zalo.seen("u1")[1] == "Đã nghe: OCOP năm 2025"


async def test_members_of_a_group_pick_from_their_own_menus(world: World) -> None:
    await registered(world)
    first, second = Person("u1", group="g1"), Person("u2", group="g1")
    await world.courier().deliver([text("ocop", first)])
    await world.until(lambda: len(world.zalo.seen("g1")) == 1)
    await world.courier().deliver([text("2", second)])
    await world.until(lambda: len(world.zalo.seen("g1")) == 2)
    assert world.zalo.seen("g1")[1] == "Đã nghe: 2"


async def test_pictures_stickers_captions_and_commands(world: World) -> None:
    await registered(world)
    await world.courier().deliver(
        [text("vẽ", ME), sticker(ME), image(ME), image(ME, caption="đọc giúp"), text("/hướng dẫn", ME)]
    )
    await world.until(lambda: len(world.zalo.seen("u1")) == 6)
    seen = world.zalo.seen("u1")
    assert seen[:2] == ["Đây là biểu đồ.", f"{world.url}/bieu-do/1.png\nBiểu đồ 1"]
    assert "hình ảnh" in seen[3]
    assert seen[4] == "Đã nghe: đọc giúp"
    assert "hướng dẫn" in seen[5]
    assert len(world.rasa.received) == 3


async def test_forged_calls_are_turned_away(world: World) -> None:
    await registered(world)
    async with httpx.AsyncClient(trust_env=False) as http:
        for headers in ({}, {"X-Bot-Api-Secret-Token": "wrong-secret"}):
            answer = await http.post(f"{world.url}/zalo/webhook", json=text("giả", ME), headers=headers)
            assert answer.status_code == 401
    await world.courier().deliver([text("thật", ME)])
    await world.until(lambda: bool(world.zalo.delivered))
    assert world.zalo.seen("u1") == ["Đã nghe: thật"]
