"""Telegram (webhook) and Zalo (polling) end to end: emulated platforms, everything behind them real."""

from __future__ import annotations

import asyncio
import io
import re
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest

from bot.channels.telegram import fake as telegram
from bot.channels.telegram.fake.server import TOKEN as TELEGRAM_TOKEN
from bot.channels.zalo import fake as zalo
from bot.delivery import phrases
from bot.fakes import LoopbackServer
from bot.service import with_free_ports
from knowledge.feedback import read_code
from knowledge.store.people import PeopleStore
from tests.e2e.gateway_process import GatewayProcess
from tests.e2e.platforms import OnTelegram, OnZalo
from trolyso.settings import Mode, Settings

pytestmark = pytest.mark.e2e

SITE = "https://trolyso.example"
SECRET = "a-secret-of-the-webhook"
LIST = "liệt kê tất cả chỉ tiêu xã hội số năm 2024"
STORY = "mạng ở ấp tôi chập chờn cả tháng nay, gọi tổng đài hoài không ai xuống"


@dataclass(frozen=True)
class Platforms:
    """Both emulated platforms, and the database behind the gateway that serves them."""

    telegram: telegram.FakeTelegram
    zalo: zalo.FakeZalo
    people_url: str


def bring(world: telegram.World, to: str, stop: threading.Event) -> None:
    """Deliver Telegram's updates to the gateway: its public address exists on the emulated platform only."""

    async def deliver() -> None:
        courier = telegram.Courier(world, duplicated=0.3)
        while not stop.is_set():
            await courier.deliver()
            await asyncio.sleep(0.02)

    while not world.webhook.url and not stop.wait(0.05):
        pass
    assert world.webhook.url == f"{SITE}/telegram/webhook"
    world.webhook.url = to
    asyncio.run(deliver())


@pytest.fixture(scope="module")
def platforms(service: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platforms]:
    on_telegram, on_zalo = telegram.FakeTelegram(), zalo.FakeZalo()
    folder: Path = tmp_path_factory.mktemp("messengers")
    with ExitStack() as stack:
        servers = [stack.enter_context(LoopbackServer(fake)) for fake in (on_telegram, on_zalo)]
        ports = {"rasa_port": service.rasa_port, "actions_port": service.actions_port}
        settings = Settings(
            **with_free_ports(service).model_dump()
            | ports
            | {
                "limit_person": 0,
                "public_url": SITE,
                "telegram_token": TELEGRAM_TOKEN,
                "telegram_base_url": servers[0].url,
                "telegram_webhook_secret": SECRET,
                "telegram_mode": Mode.WEBHOOK,
                "zalo_token": zalo.TOKEN,
                "zalo_base_url": servers[1].url,
                "zalo_mode": Mode.POLLING,
            }
        )
        gateway = GatewayProcess(settings, folder / "gateway.log")
        stack.callback(gateway.kill)
        stop = threading.Event()
        to = f"http://127.0.0.1:{settings.port}/telegram/webhook"
        threading.Thread(target=bring, args=(on_telegram.world, to, stop), daemon=True).start()
        stack.callback(stop.set)
        yield Platforms(on_telegram, on_zalo, settings.people_url)


@pytest.fixture
def on_telegram(platforms: Platforms, request: pytest.FixtureRequest) -> OnTelegram:
    return OnTelegram(platforms.telegram, 1000 + hash(request.node.name) % 10**6)


@pytest.fixture
def on_zalo(platforms: Platforms, request: pytest.FixtureRequest) -> OnZalo:
    return OnZalo(platforms.zalo, f"person-{request.node.name}")


def test_telegram_greets_and_answers_with_a_link_to_the_row(on_telegram: OnTelegram) -> None:
    (welcome,) = on_telegram.say("/start")
    assert welcome.text == phrases.WELCOME.text
    assert on_telegram.keys
    (answer,) = on_telegram.say("ai chu tri chi tieu OCOP 2024?")
    assert "Sở Công Thương" in answer.text
    assert f"{SITE}/van-ban/206-qd-ubnd#stt-80" in answer.links


def test_telegram_picks_a_clarification_by_its_key(on_telegram: OnTelegram) -> None:
    (question,) = on_telegram.say("chỉ tiêu người dân")
    named = re.search(r"^2\. (.{40})", question.text, re.MULTILINE)
    assert named
    (answer,) = on_telegram.tap("2. ")
    assert named[1] in answer.text


def test_telegram_pages_a_list_and_sends_its_table(on_telegram: OnTelegram) -> None:
    sent = on_telegram.say(LIST, until="document")
    table = next(message.file for message in sent if message.kind == "document")
    assert table
    assert table.name.endswith(".xlsx")
    rows = openpyxl.load_workbook(io.BytesIO(table.content)).active
    assert rows is not None
    assert rows.max_row > 38
    assert re.search(r"^10\. ", sent[0].text, re.MULTILINE)
    page = on_telegram.tap("Xem tiếp")
    assert re.search(r"^11\. ", page[0].text, re.MULTILINE)


def test_telegram_shows_a_chart(on_telegram: OnTelegram) -> None:
    on_telegram.say("ai chủ trì chỉ tiêu OCOP 2024?")
    sent = on_telegram.tap("So với năm 2023", until="photo")
    picture = next(message.file for message in sent if message.kind == "photo")
    assert picture
    assert picture.content.startswith(b"\x89PNG")


def test_telegram_takes_feedback_with_keys(on_telegram: OnTelegram, platforms: Platforms) -> None:
    on_telegram.say("/gopy")
    on_telegram.say(STORY)
    on_telegram.tap("2")
    on_telegram.say("không")
    on_telegram.say("xã Mỹ Thuận")
    (done,) = on_telegram.say("gửi đi em")
    code = read_code(done.text)
    with PeopleStore.open(platforms.people_url) as people:
        assert code
        ticket = people.ticket(code)
    assert ticket
    assert ticket.text == STORY


def test_telegram_forgets_what_was_said(on_telegram: OnTelegram) -> None:
    on_telegram.say("ai chủ trì chỉ tiêu OCOP 2024?")
    (forgotten,) = on_telegram.say("/xoadulieu")
    assert forgotten.text == phrases.FORGOTTEN.text
    (answer,) = on_telegram.say("so với năm 2023 thì sao?")
    assert "OCOP" not in answer.text


def test_zalo_picks_by_number_and_by_words(on_zalo: OnZalo) -> None:
    question = on_zalo.say("chỉ tiêu người dân")
    assert "Trả lời 1, 2 hoặc 3" in question
    named = re.findall(r"^\d\. (.{40})", question, re.MULTILINE)
    answer = on_zalo.say("2")
    assert named[1] in answer
    on_zalo.say("chỉ tiêu người dân")
    answer = on_zalo.say("cai thu ba nha em")
    assert named[2] in answer


def test_zalo_pages_a_list_and_links_its_table(on_zalo: OnZalo) -> None:
    first = on_zalo.say(LIST, until="Trả lời")
    assert f"{SITE}/tai-ve/chi-tieu.xlsx?" in first
    more = re.search(r"Trả lời (\d+): Xem tiếp", first)
    assert more
    following = on_zalo.say(more[1])
    assert re.search(r"^11\. ", following, re.MULTILINE)


def test_zalo_shows_a_chart_from_its_public_address(on_zalo: OnZalo, platforms: Platforms) -> None:
    on_zalo.say("ai chủ trì chỉ tiêu OCOP 2024?")
    on_zalo.say("so với năm 2023 thì sao?", until="Biểu đồ")
    (photo,) = (call for call in platforms.zalo.called("sendPhoto") if call.chat == on_zalo.me.id)
    assert photo.parameters["photo"].startswith(f"{SITE}/bieu-do/")
    assert "OCOP" in photo.parameters["caption"]


def test_zalo_takes_feedback_with_numbers(on_zalo: OnZalo, platforms: Platforms) -> None:
    on_zalo.say("/gopy")
    on_zalo.say(STORY)
    on_zalo.say("2")
    on_zalo.say("không")
    on_zalo.say("xã Mỹ Thuận")
    done = on_zalo.say("gửi đi em")
    code = read_code(done)
    with PeopleStore.open(platforms.people_url) as people:
        assert code
        assert people.ticket(code)
    status = on_zalo.say(f"phản ánh {code} tới đâu rồi?")
    assert code in status


def test_zalo_answers_what_holds_no_words(on_zalo: OnZalo) -> None:
    answer = on_zalo.send(zalo.sticker(on_zalo.me))
    assert answer.startswith(phrases.media("sticker").text)
    answer = on_zalo.say("1")
    assert "Sở Công Thương" in answer
