"""The client of the dialogue service: patience, and an absent service."""

from __future__ import annotations

import socket

import pytest

from bot.errors import RasaTimeoutError, RasaUnreachableError
from bot.fakes import FakeRasa, LoopbackServer, Raw
from bot.rasa_client import RasaClient
from trolyso.answer import Answer, Status


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
        assert (await client.ask("a", "xin chào")).text == "Chào bạn."
        await client.aclose()
