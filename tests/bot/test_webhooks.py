from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from bot.channels.fakes import HEADER, RecordingChannel
from bot.fakes import FakeRasa, LoopbackServer
from bot.finder import Finder
from bot.gateway import create_app
from bot.mailbox import Mailbox
from knowledge.store import Store
from tests.bot.delivery.people import message
from tests.bot.samples import ANSWER
from trolyso.settings import Settings

SECRET = {HEADER: "secret"}


@pytest.fixture
def channel() -> RecordingChannel:
    return RecordingChannel("telegram")


@pytest.fixture
def settings(tmp_path: Path) -> Iterator[Settings]:
    with LoopbackServer(FakeRasa(lambda _: ANSWER)) as rasa:
        yield Settings(home=tmp_path, rasa_port=rasa.port, actions_port=rasa.port)


@pytest.fixture
def front(
    settings: Settings, store: Store, search: Finder, channel: RecordingChannel
) -> Iterator[LoopbackServer]:
    app = create_app(settings, store, search, lambda _, __: [channel])
    with LoopbackServer(app) as server:
        yield server


@pytest.fixture
def http(front: LoopbackServer) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=front.url, trust_env=False, timeout=10) as client:
        yield client


def until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not true():
        assert time.monotonic() < deadline, "it did not happen within ten seconds"
        time.sleep(0.01)


def test_an_update_is_acknowledged_and_answered(http: httpx.Client, channel: RecordingChannel) -> None:
    update = message(1, "hỏi").to_json() | {"place": {"channel": "telegram", "chat": "1", "person": "1"}}
    response = http.post("/telegram/webhook", json=update, headers=SECRET)
    again = http.post("/telegram/webhook", json=update, headers=SECRET)

    assert (response.status_code, again.status_code) == (200, 200)
    until(lambda: bool(channel.sent))
    assert channel.texts == [ANSWER.text]
    counted = http.get("/metrics").text
    assert 'trolyso_channel_updates_total{channel="telegram",outcome="stored"} 1.0' in counted
    assert 'trolyso_channel_updates_total{channel="telegram",outcome="duplicate"} 1.0' in counted


@pytest.mark.parametrize("headers", [{}, {HEADER: "wrong"}, {HEADER: ""}])
def test_a_forged_call_is_refused_and_leaves_nothing(
    headers: dict[str, str], http: httpx.Client, channel: RecordingChannel, settings: Settings
) -> None:
    response = http.post("/telegram/webhook", json=message(1, "hỏi").to_json(), headers=headers)

    assert response.status_code == 401
    assert response.json()["error"]["code"] == "unverified"
    with Mailbox.open(settings.people_url) as mailbox:
        assert mailbox.waiting() == ()
        assert mailbox.receive(message(1, "hỏi"))  # so it was not known


def test_a_forged_call_is_refused_before_its_body_is_there(front: LoopbackServer) -> None:
    with socket.create_connection(("127.0.0.1", front.port), timeout=5) as raw:
        head = "POST /telegram/webhook HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"
        raw.sendall(f"{head}content-length: 1000\r\n\r\n".encode())  # and no byte of the body
        assert raw.recv(100).startswith(b"HTTP/1.1 401")


@pytest.mark.parametrize("body", [b"", b"{", b"[" * 100_000, b"\xff\xfe"])
def test_what_is_not_json_is_told_so(body: bytes, http: httpx.Client) -> None:
    response = http.post("/telegram/webhook", content=body, headers=SECRET)

    assert response.status_code == 400
    assert response.json()["error"]["code"] == "bad_json"


@pytest.mark.parametrize(("update", "outcome"), [([], "unreadable"), ("x", "unreadable"), ({}, "ignored")])
def test_what_holds_no_message_is_acknowledged_lest_it_come_again(
    update: object, outcome: str, http: httpx.Client
) -> None:
    response = http.post("/telegram/webhook", json=update, headers=SECRET)

    assert (response.status_code, response.json()) == (200, {"ok": True})
    assert f'outcome="{outcome}"}} 1.0' in http.get("/metrics").text


def test_a_channel_that_is_off_has_no_webhook(http: httpx.Client) -> None:
    response = http.post("/zalo/webhook", json={}, headers=SECRET)

    assert response.status_code == 404
    assert response.json()["error"]["code"] == "not_found"


def test_what_an_earlier_process_left_is_answered(
    settings: Settings, store: Store, search: Finder, channel: RecordingChannel
) -> None:
    with Mailbox.open(settings.people_url) as mailbox:
        update = message(1, "hỏi").to_json() | {
            "place": {"channel": "telegram", "chat": "1", "person": "1", "thread": "", "group": False}
        }
        mailbox.receive(type(message(1, "")).from_json(update))
    with LoopbackServer(create_app(settings, store, search, lambda _, __: [channel])):
        until(lambda: bool(channel.sent))

    assert channel.texts == [ANSWER.text]
