"""The client of the dialogue service: patience, and an absent service."""

from __future__ import annotations

import json
import socket
from typing import Any

import pytest

from bot.errors import RasaGarbledError, RasaSilentError, RasaTimeoutError, RasaUnreachableError
from bot.fakes import FakeRasa, LoopbackServer, Raw
from bot.rasa_client import RasaClient, read_replies
from trolyso.answer import Answer, Citation, Status, Suggestion


async def test_a_service_that_takes_too_long_is_given_up() -> None:
    with LoopbackServer(FakeRasa(lambda _: Raw(b"[]", delay=1.0))) as server:
        client = RasaClient(server.url, timeout=0.05)
        with pytest.raises(RasaTimeoutError):
            await client.ask("a", "một")
        await client.aclose()


async def test_a_service_that_is_not_there_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    client = RasaClient(f"http://127.0.0.1:{port}", timeout=5)
    with pytest.raises(RasaUnreachableError):
        await client.ask("a", "một")
    await client.aclose()


async def test_a_proxy_of_the_environment_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    with LoopbackServer(FakeRasa(lambda _: Answer(Status.SMALLTALK, "Chào bạn."))) as server:
        client = RasaClient(server.url, timeout=5)
        assert (await client.ask("a", "xin chào"))[0].text == "Chào bạn."
        await client.aclose()


def body(*answers: Answer) -> bytes:
    return json.dumps([{"recipient_id": "a", "custom": answer.to_json()} for answer in answers]).encode()


def test_what_follows_an_answer_is_appended() -> None:
    source = Citation("206/QĐ-UBND", "", None, "80", None, "", "/van-ban")
    first = Answer(Status.ANSWERED, "Sở Công Thương.", (Suggestion("a", "a"),), (source,), confidence=0.9)
    then = Answer(Status.FEEDBACK, "Lĩnh vực nào?", (Suggestion("Y tế", "y tế"),))
    both = read_replies(body(first, then))
    assert both == Answer(
        Status.ANSWERED, "Sở Công Thương.\n\nLĩnh vực nào?", then.suggestions, (source,), confidence=0.9
    )
    assert read_replies(body(first)) == first


@pytest.mark.parametrize(
    "messages",
    [
        [{"recipient_id": "a", "text": "chỉ có chữ"}],
        [{"custom": Answer(Status.ANSWERED, "một").to_json()}, {"custom": {"status": "?"}}],
        [
            {"custom": Answer(Status.ANSWERED, "một").to_json()},
            {"custom": Answer(Status.FEEDBACK, " ").to_json()},
        ],
        {"custom": {}},
    ],
)
def test_half_an_answer_is_none(messages: Any) -> None:
    with pytest.raises(RasaGarbledError):
        read_replies(json.dumps(messages).encode())


def test_no_answer_is_a_failure() -> None:
    with pytest.raises(RasaSilentError):
        read_replies(b"[]")
