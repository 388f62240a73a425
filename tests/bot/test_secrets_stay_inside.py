"""A real gateway among platforms that repeat every secret they are told: none of it comes out again."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import IO
from urllib.parse import quote

import httpx
import pytest
from pydantic import SecretStr
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from bot.fakes import LoopbackServer
from bot.secrecy import HIDDEN
from bot.service import address, environment, with_free_ports
from trolyso.settings import ROOT, Mode, Settings

TELEGRAM = "7712345678:AAE-xample_Only0123456789abcdefghijk"
ZALO = "5512345678912345:zalo-only_ZYXWVUTSRQPONMLKJIHGFEDCBA"
HOOKS = {"telegram": "telegram-hook-0123456789", "zalo": "zalo-hook/9876543210+="}
HEADERS = {"telegram": "X-Telegram-Bot-Api-Secret-Token", "zalo": "X-Bot-Api-Secret-Token"}
SECRETS = {
    spelling
    for secret in (TELEGRAM, ZALO, *HOOKS.values(), *(token.partition(":")[2] for token in (TELEGRAM, ZALO)))
    for spelling in (secret, quote(secret), quote(secret, safe=""))
}
pytestmark = pytest.mark.integration
# Everything that a library may say is wanted, not only what the gateway prints of itself.
TALKATIVE = "import logging; logging.basicConfig(level=logging.DEBUG); from bot.cli import main; main()"
UPDATES = {
    "telegram": {
        "update_id": 7,
        "message": {
            "message_id": 3,
            "date": 1790000000,
            "chat": {"id": 42, "type": "private"},
            "from": {"id": 42, "is_bot": False, "first_name": "A"},
            "text": "xin chào",
        },
    },
    "zalo": {
        "event_name": "message.text.received",
        "message": {
            "message_id": "m3",
            "date": 1790000000000,
            "chat": {"id": "z42", "chat_type": "PRIVATE"},
            "from": {"id": "z42", "display_name": "A", "is_bot": False},
            "text": "xin chào",
        },
    },
}
ODD = {"telegram": {"update_id": "không phải số"}, "zalo": {"event_name": 5}}


class Gossip:
    """A bot server that says who the bot is at every other asking, and refuses all the rest, each time in
    another way; whatever it answers, it repeats what it was told.
    """

    def __init__(self) -> None:
        self.calls: list[str] = []
        self._number = count()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        request = Request(scope, receive)
        told = f"{request.url} {(await request.body()).decode(errors='replace')}"
        self.calls.append(told)
        asked = request.url.path
        known = asked.endswith("/getMe") and self.heard(f"{asked} ") % 2 == 1
        await (_known(told) if known else self._refused(told, str(request.url)))(scope, receive, send)

    def heard(self, words: str) -> int:
        """How many calls held these words."""
        return sum(words in call for call in self.calls)

    def _refused(self, told: str, url: str) -> Response:
        status = (500, 429, 400, 302, 404, 409, 401)[next(self._number) % 7]
        if status == 404:
            return Response(told, status)
        return JSONResponse(
            {"ok": False, "error_code": status, "description": told}, status, {"location": url}
        )


def _known(told: str) -> Response:
    bot = {"id": 42, "is_bot": True, "username": told, "first_name": told, "account_name": told}
    return JSONResponse({"ok": True, "result": bot})


@dataclass(frozen=True, slots=True)
class Heard:
    """What the world may read of a gateway that ran, and what the bot servers were called with."""

    said: str
    replies: str
    commands: str
    tools: dict[str, str]
    kept: bytes
    called: str


@pytest.fixture(scope="module", params=list(Mode))
def heard(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Heard:
    """Everything of one gateway's life, with both channels on and nothing working."""
    home, mode = tmp_path_factory.mktemp("home"), request.param
    gossip = Gossip()
    with LoopbackServer(gossip) as server:
        settings = configured(home, server.url, mode)
        env = {**os.environ, **environment(settings), "PYTHONPATH": str(ROOT)}
        env["PYTHONDONTWRITEBYTECODE"] = ""  # else each of the processes compiles all libraries anew
        log = home / "said.log"
        with log.open("wb") as out, process([sys.executable, "-c", TALKATIVE, "gateway"], env, out) as child:
            await_true(lambda: answers(settings))
            replies = provoke(settings)
            await_true(lambda: all(gossip.heard(call) for call in calls(mode)))
            commands = command_lines(child.pid)
        tools = {" ".join(words): tool(env, *words) for words in TOOLS}
        kept = b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())
    return Heard(log.read_text(errors="replace"), replies, commands, tools, kept, "\n".join(gossip.calls))


def calls(mode: Mode) -> tuple[str, ...]:
    """Calls that a running gateway comes to make; with a webhook they carry its secret."""
    method = "setWebhook" if mode is Mode.WEBHOOK else "deleteWebhook"
    return tuple(f"{token}/{method}" for token in (TELEGRAM, ZALO))


TOOLS = (("settings",), ("channels",), ("channels", "--json"))


def configured(home: Path, server: str, mode: Mode) -> Settings:
    """Both channels on, at a server that gossips, over an empty home."""
    own = {
        "home": home,
        "database_url": "",
        "people_database_url": "",
        "public_url": "https://tro-ly.example.vn",
        "telegram_token": SecretStr(TELEGRAM),
        "telegram_base_url": server,
        "telegram_webhook_secret": SecretStr(HOOKS["telegram"]),
        "telegram_mode": mode,
        "zalo_token": SecretStr(ZALO),
        "zalo_base_url": server,
        "zalo_webhook_secret": SecretStr(HOOKS["zalo"]),
        "zalo_mode": mode,
    }
    return with_free_ports(Settings()).model_copy(update=own)


@contextlib.contextmanager
def process(command: list[str], env: dict[str, str], out: IO[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    """A child for as long as the block lasts; it ends as when the service is stopped."""
    with subprocess.Popen(command, cwd=ROOT, env=env, stdout=out, stderr=subprocess.STDOUT) as child:
        try:
            yield child
        finally:
            child.terminate()
            try:
                child.wait(20)
            except subprocess.TimeoutExpired:
                child.kill()


def await_true(happened: Callable[[], bool]) -> None:
    """Wait until something has happened."""
    deadline = time.monotonic() + 60
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def answers(settings: Settings) -> bool:
    """True when the gateway answers at all; without Rasa it is never ready."""
    try:
        return httpx.get(f"{address(settings)}/healthz", trust_env=False).is_success
    except httpx.HTTPError:
        return False


def provoke(settings: Settings) -> str:
    """All that the gateway replies to calls that are right, wrong, and forged."""
    replies: list[httpx.Response] = []
    with httpx.Client(base_url=address(settings), trust_env=False, timeout=30) as http:
        for name, header in HEADERS.items():
            where, right = f"/{name}/webhook", {header: HOOKS[name]}
            replies += [
                http.post(where, json=UPDATES[name], headers=given) for given in ({}, {header: "forged"})
            ]
            replies += [
                http.post(where, json=update, headers=right) for update in (UPDATES[name], ODD[name], [])
            ]
            replies += [http.post(where, content=b"{", headers=right), http.get(where)]
        replies += [http.get(path) for path in (f"/bot{TELEGRAM}/getMe", f"/{ZALO}", f"/van-ban/{ZALO}")]
        replies += [http.post("/api/chat", json={"message": f"mã {TELEGRAM}", "conversation": ZALO})]
        replies += [
            http.get(path) for path in ("/", "/docs", "/openapi.json", "/readyz", "/healthz", "/metrics")
        ]
    assert {401, 404, 200} <= {reply.status_code for reply in replies}
    return "\n".join(f"{reply.status_code} {dict(reply.headers)} {reply.text}" for reply in replies)


def command_lines(pid: int) -> str:
    """The command lines of a process and of all that it started, as anybody on the machine sees them."""
    if shutil.which("ps") is None:
        return ""
    listed = subprocess.run(
        ["ps", "-wweo", "pid=,ppid=,args="], capture_output=True, text=True, check=True
    ).stdout
    rows = [line.split(None, 2) for line in listed.splitlines()]
    family = {str(pid)}
    for own, parent, _ in rows:
        if parent in family:
            family.add(own)
    return "\n".join(args for own, _, args in rows if own in family)


def tool(env: dict[str, str], *words: str) -> str:
    """What a command prints."""
    command = [sys.executable, "-c", TALKATIVE, *words]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=60, check=False)
    return done.stdout + done.stderr


def found(text: str) -> list[str]:
    return sorted(secret for secret in SECRETS if secret in text)


def test_the_servers_were_told_the_tokens(heard: Heard) -> None:
    assert TELEGRAM in heard.called
    assert ZALO in heard.called


def test_nothing_is_logged(heard: Heard) -> None:
    assert found(heard.said) == []
    # The libraries did log addresses: they were cleaned, not absent.
    assert heard.said.count(f"/bot{HIDDEN}/") > 1


def test_nothing_is_replied(heard: Heard) -> None:
    assert found(heard.replies) == []
    assert "trolyso_" in heard.replies


@pytest.mark.skipif(shutil.which("ps") is None, reason="ps is not installed")
def test_nothing_stands_in_a_command_line(heard: Heard) -> None:
    assert "gateway" in heard.commands
    assert found(heard.commands) == []


def test_no_command_prints_any(heard: Heard) -> None:
    assert {name: found(text) for name, text in heard.tools.items()} == {name: [] for name in heard.tools}
    assert "TROLYSO_TELEGRAM_TOKEN=***" in heard.tools["settings"]
    assert "✗" in heard.tools["channels"]
    assert not [name for name, text in heard.tools.items() if "Traceback" in text]


def test_nothing_is_kept_on_the_disk(heard: Heard) -> None:
    assert [secret for secret in sorted(SECRETS) if secret.encode() in heard.kept] == []


def test_a_secret_would_have_been_found() -> None:
    assert found(f"…{quote(HOOKS['zalo'], safe='')}…") != []
    assert found(f"/bot{TELEGRAM}/") != []
