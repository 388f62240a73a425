"""Clients that send slowly, or not at all, on real sockets."""

from __future__ import annotations

import asyncio
import http.client
import itertools
import json
import os
import select
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.types import Receive, Scope, Send

from bot.fakes import FakeRasa, LoopbackServer, Raw, Received, as_rasa
from bot.finder import Finder
from bot.gateway import create_app
from bot.guard import HEADERS, Guard
from bot.limits import Limit
from bot.metrics import Metrics
from bot.service import environment, with_free_ports
from bot.slow_clients import bounded
from knowledge.store import Store
from tests.bot.samples import ANSWER
from trolyso.settings import ROOT, Settings

HEAD = b"POST /api/chat HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"
QUESTION = b'{"message": "xin ch\xc3\xa0o"}'
WHOLE = HEAD + b"content-length: %d\r\n\r\n" % len(QUESTION) + QUESTION
LONG_BODY = HEAD + b"content-length: 5000\r\n\r\n"
PATIENCE = 20.0


class Gateways:
    """Makes gateways that wait for so many seconds; Rasa behind them takes one second for "chậm"."""

    def __init__(self, store: Store, search: Finder, home: Any, stack: ExitStack) -> None:
        self._parts = (store, search)
        self._home = home
        self._stack = stack
        self._rasa = stack.enter_context(LoopbackServer(FakeRasa(_reply)))

    def waiting(self, seconds: float) -> LoopbackServer:
        settings = Settings(
            home=self._home,
            rasa_port=self._rasa.port,
            actions_port=self._rasa.port,
            limit_person=0,
            limit_address=0,
            body_timeout=seconds,
        )
        app = create_app(settings, *self._parts)
        return self._stack.enter_context(LoopbackServer(app, bounded(seconds, PATIENCE)))


def _reply(received: Received) -> Raw:
    return Raw(as_rasa(received.sender, ANSWER), delay=1.0 if received.message == "chậm" else 0.0)


@pytest.fixture(scope="module")
def gateways(store: Store, search: Finder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateways]:
    with ExitStack() as stack:
        yield Gateways(store, search, tmp_path_factory.mktemp("slow"), stack)


@pytest.fixture(scope="module")
def hasty(gateways: Gateways) -> LoopbackServer:
    return gateways.waiting(0.3)


@pytest.fixture(scope="module")
def patient(gateways: Gateways) -> LoopbackServer:
    return gateways.waiting(600.0)


def connect(server: LoopbackServer, first: bytes = b"") -> socket.socket:
    line = socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE)
    line.sendall(first)
    return line


def response_of(line: socket.socket) -> tuple[http.client.HTTPResponse, bytes]:
    response = http.client.HTTPResponse(line)
    response.begin()
    return response, response.read()


def trickle(line: socket.socket, endless: Iterator[bytes]) -> bytes:
    """Send byte after byte until the server says something or hangs up; what it says."""
    deadline = time.monotonic() + PATIENCE
    for byte in endless:
        assert time.monotonic() < deadline, "the server goes on listening"
        try:
            line.sendall(byte)
        except ConnectionError:
            return b""
        if select.select([line], [], [], 0.02)[0]:
            break
    try:
        return line.recv(65536)
    except ConnectionError:
        return b""


@pytest.mark.parametrize("begun", [b"", b"G", b"GET / HTTP/1.1\r\nhost: x\r\nx-slow: ", WHOLE[:60]])
def test_a_head_that_does_not_come_ends_the_connection(hasty: LoopbackServer, begun: bytes) -> None:
    with closing(connect(hasty, begun)) as line:
        assert line.recv(100) == b""


def test_a_head_that_comes_byte_by_byte_ends_the_connection(hasty: LoopbackServer) -> None:
    with closing(connect(hasty, b"GET / HTTP/1.1\r\nhost: x\r\n")) as line:
        assert trickle(line, itertools.cycle([b"x", b":", b"y", b"\r", b"\n"])) == b""


def test_so_does_the_head_of_a_later_request(hasty: LoopbackServer) -> None:
    with closing(connect(hasty, WHOLE)) as line:
        response, _ = response_of(line)
        assert response.status == 200
        assert trickle(line, itertools.chain([b"GET / HTTP/1.1\r\nx: "], itertools.repeat(b"x"))) == b""


def test_so_does_a_body_that_nobody_waits_for(hasty: LoopbackServer) -> None:
    with closing(connect(hasty, LONG_BODY.replace(b"/api/chat", b"/nirgends"))) as line:
        response, _ = response_of(line)
        assert response.status == 404
        assert trickle(line, itertools.repeat(b" ")) == b""


@pytest.mark.parametrize("begun", [b"GET / HTTP/1.1\r\nx\x00y: 1\r\n\r\n", b"\x16\x03\x01\x02\r\n\r\n"])
def test_what_is_no_http_is_told_so_like_any_other_error(patient: LoopbackServer, begun: bytes) -> None:
    with closing(connect(patient, begun)) as line:
        response, body = response_of(line)
        assert line.recv(100) == b""
    assert response.status == 400
    assert json.loads(body)["error"]["code"] == "bad_request"
    assert {name: response.headers[name] for name in HEADERS} == HEADERS


def test_a_body_that_does_not_come_is_told_so(hasty: LoopbackServer) -> None:
    with closing(connect(hasty, LONG_BODY)) as line:
        response, body = response_of(line)
        assert line.recv(100) == b""
    assert (response.status, response.headers["connection"]) == (408, "close")
    error = json.loads(body)["error"]
    assert set(error) == {"code", "message", "detail"}
    assert error["code"] == "request_timeout"
    assert response.headers["x-content-type-options"] == "nosniff"


def test_a_body_that_comes_byte_by_byte_is_told_so(hasty: LoopbackServer) -> None:
    with closing(connect(hasty, LONG_BODY)) as line:
        assert trickle(line, itertools.repeat(b" ")).startswith(b"HTTP/1.1 408")


def test_a_body_in_endless_chunks_is_told_so(hasty: LoopbackServer) -> None:
    with closing(connect(hasty, HEAD + b"transfer-encoding: chunked\r\n\r\n")) as line:
        assert trickle(line, itertools.repeat(b"1\r\n \r\n")).startswith(b"HTTP/1.1 408")


def test_a_browser_is_told_on_a_page(hasty: LoopbackServer) -> None:
    form = b"POST /chat HTTP/1.1\r\nhost: x\r\naccept: text/html\r\n"
    media = b"content-type: application/x-www-form-urlencoded\r\ncontent-length: 50\r\n\r\n"
    with closing(connect(hasty, form + media)) as line:
        response, body = response_of(line)
    assert response.status == 408
    assert "đến quá chậm" in body.decode()


def test_a_slow_client_is_answered_when_it_is_in_time(patient: LoopbackServer) -> None:
    with closing(connect(patient)) as line:
        for start in range(0, len(WHOLE), 20):
            line.sendall(WHOLE[start : start + 20])
            time.sleep(0.02)
        response, _ = response_of(line)
    assert response.status == 200


def test_a_slow_answer_is_waited_for(hasty: LoopbackServer) -> None:
    with httpx.Client(base_url=hasty.url, trust_env=False, timeout=PATIENCE) as client:
        answered = client.post("/api/chat", json={"message": "chậm"})
    assert answered.status_code == 200


def test_a_response_that_is_under_way_goes_on() -> None:
    async def answering(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            listening = asyncio.ensure_future(receive())
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await asyncio.wait({listening}, timeout=0.5)
            await send({"type": "http.response.body", "body": b"whole"})
            await listening

    guarded = Guard(answering, Metrics(), Limit(0), body_timeout=0.1)
    with LoopbackServer(guarded) as server, closing(connect(server, LONG_BODY)) as line:
        _, body = response_of(line)
    assert body == b"whole"


def test_an_answer_that_nobody_reads_is_given_up() -> None:
    let_go = threading.Event()

    async def telling(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await send({"type": "http.response.start", "status": 200, "headers": []})
            for _ in range(64):
                await send({"type": "http.response.body", "body": bytes(1024 * 1024), "more_body": True})
            let_go.set()  # to a connection that is gone uvicorn sends nothing

    with LoopbackServer(telling, bounded(600, 0.5)) as server, socket.socket() as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        line.connect(("127.0.0.1", server.port))
        line.sendall(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n")
        assert let_go.wait(PATIENCE), "the server goes on waiting"


def slow_ones(server: LoopbackServer, stack: ExitStack) -> list[socket.socket]:
    begun = (b"GET / HTTP/1.1\r\nhost: x\r\nx-slow: ", LONG_BODY)
    return [stack.enter_context(closing(connect(server, begun[at % 2]))) for at in range(200)]


def test_others_are_answered_while_two_hundred_are_slow(patient: LoopbackServer) -> None:
    with ExitStack() as stack:
        lines = slow_ones(patient, stack)
        with httpx.Client(base_url=patient.url, trust_env=False, timeout=PATIENCE) as client:
            answered = client.post("/api/chat", json={"message": "xin chào"})
            alive = client.get("/healthz")
        assert select.select(lines, [], [], 0)[0] == []  # all of them still wait
    assert (answered.status_code, alive.status_code) == (200, 200)


def test_two_hundred_slow_ones_are_all_cut_off(hasty: LoopbackServer) -> None:
    with ExitStack() as stack:
        said = [line.recv(12) for line in slow_ones(hasty, stack)]
    assert said == [b"", b"HTTP/1.1 408"] * 100


@pytest.mark.integration
def test_the_gateway_of_the_service_waits_as_it_is_set(tmp_path: Path) -> None:
    settings = with_free_ports(Settings(home=tmp_path, head_timeout=0.3, body_timeout=0.3))
    command = [sys.executable, "-m", "bot.cli", "gateway"]
    with subprocess.Popen(command, cwd=ROOT, env={**os.environ, **environment(settings)}) as gateway:
        try:
            with closing(reached(settings.port)) as line:
                line.sendall(b"GET / HT")
                assert line.recv(12) == b""
            with closing(reached(settings.port)) as line:
                line.sendall(LONG_BODY)
                assert line.recv(12) == b"HTTP/1.1 408"
        finally:
            gateway.terminate()


def reached(port: int) -> socket.socket:
    """A connection to a process that may still be starting."""
    deadline = time.monotonic() + 60
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        except ConnectionError:
            assert time.monotonic() < deadline, "the gateway did not start"
            time.sleep(0.05)
