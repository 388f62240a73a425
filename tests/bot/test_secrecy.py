"""Nothing secret leaves a process by its logs, warnings or uncaught errors."""

from __future__ import annotations

import asyncio
import gc
import io
import logging
import subprocess
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from bot import secrecy
from bot.secrecy import HIDDEN, Redactor, secrets_of, shown
from tests.bot import hooks
from trolyso.settings import ROOT, Settings

BOT_NUMBER = "7712345678"
KEY = "AAE-xample_Only0123456789abcdefghijk"
TOKEN = f"{BOT_NUMBER}:{KEY}"
SECRET = "hook secret/with+signs"
PASSWORD = "p@ss word"

TEXTS = st.text(alphabet=st.characters(exclude_characters="0123456789:/@"), max_size=40)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        home=tmp_path,
        telegram_token=SecretStr(TOKEN),
        zalo_token=SecretStr("55:short-zalo"),
        zalo_webhook_secret=SecretStr(SECRET),
        people_database_url="postgresql+psycopg://app:p%40ss%20word@db/people",
    )


@pytest.fixture
def said(settings: Settings) -> Iterator[io.StringIO]:
    """What is logged, with `install` in force and a handler that prints all records."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    with hooks.kept():
        secrecy.install(settings)
        yield out
    root.removeHandler(handler)
    root.setLevel(level)


def clean(text: str) -> bool:
    return not any(part in text for part in (TOKEN, KEY, SECRET, PASSWORD, "p%40ss", "short-zalo"))


@pytest.mark.parametrize(
    "text",
    [
        f"https://api.telegram.org/bot{TOKEN}/getMe",
        f"/file/bot{TOKEN}/photos/file_1.jpg",
        f"https://api.telegram.org/bot{BOT_NUMBER}%3A{KEY}/getMe",
        f"the token `{TOKEN}` was rejected",
        f"b'POST /bot{TOKEN}/sendMessage HTTP/1.1'",
        f"{TOKEN},{TOKEN}",
        "http://127.0.0.1:9/bot55:short-zalo/getMe",
        "postgresql://app:hunter2@db/people",
    ],
)
def test_a_token_is_known_by_its_looks(text: str) -> None:
    out = Redactor()(text)
    assert clean(out)
    assert "hunter2" not in out
    assert HIDDEN in out


@pytest.mark.parametrize(
    "text",
    [
        "ai chủ trì chỉ tiêu OCOP 2024?",
        "http://127.0.0.1:8000/van-ban/206-qd-ubnd#stt-80",
        "2026-11-22T05:36:25 12345678:chín",
        "10.0.0.1:54321 - GET /robots/1:2",
        "lead@example.vn, http://example.vn/a@b",
    ],
)
def test_ordinary_text_stays(text: str) -> None:
    assert Redactor()(text) == text


@given(before=TEXTS, secret=st.text(min_size=secrecy.SHORTEST, max_size=60), after=TEXTS)
def test_a_given_secret_is_found_anywhere(before: str, secret: str, after: str) -> None:
    redact = Redactor([secret])
    assert secret not in redact(f"{before}{secret}{after}").replace(HIDDEN, "\0")
    assert repr(secret)[1:-1] not in redact(f"{before}{secret!r}{after}").replace(HIDDEN, "\0")


def test_a_secret_inside_another_one_hides_both() -> None:
    redact = Redactor(["abcdefgh", "abcdefghijkl"])
    assert redact("abcdefghijkl abcdefgh") == f"{HIDDEN} {HIDDEN}"


def test_too_short_a_secret_does_not_blot_out_words() -> None:
    assert Redactor(["a"])("an answer") == "an answer"


def test_all_secrets_of_the_settings_are_found(settings: Settings) -> None:
    assert {TOKEN, SECRET, PASSWORD} <= set(secrets_of(settings))
    assert secrets_of(Settings(database_url="http://[broken")) == ()


def test_every_secret_field_is_among_them() -> None:
    fields = [name for name, field in Settings.model_fields.items() if field.annotation is SecretStr]
    given = Settings().model_copy(update={name: SecretStr(f"value-of-{name}") for name in fields})
    assert set(secrets_of(given)) == {f"value-of-{name}" for name in fields}
    assert {"telegram_token", "telegram_webhook_secret", "zalo_token", "zalo_webhook_secret"} <= set(fields)


def test_settings_are_shown_without_what_is_secret(settings: Settings) -> None:
    lines = dict(shown(settings))
    assert lines["TROLYSO_TELEGRAM_TOKEN"] == HIDDEN
    assert lines["TROLYSO_TELEGRAM_WEBHOOK_SECRET"] == ""
    assert lines["TROLYSO_PEOPLE_DATABASE_URL"] == f"postgresql+psycopg://app:{HIDDEN}@db/people"
    assert lines["TROLYSO_PORT"] == str(settings.port)
    assert clean(str(lines))


def test_messages_and_arguments(said: io.StringIO) -> None:
    log = logging.getLogger("tests.secrecy")
    log.info("calling %s with %r", f"https://api/bot{TOKEN}/x", {"secret_token": SECRET})
    log.info(TOKEN)
    log.info("%(url)s", {"url": httpx.URL(f"https://api/bot{TOKEN}/x")})
    log.info("broken %d", TOKEN)
    log.info("plain %s and %d", "text", 3)
    assert clean(said.getvalue())
    assert "plain text and 3" in said.getvalue()
    assert said.getvalue().count(HIDDEN) >= 4


def test_arguments_stay_apart_when_nothing_is_secret(said: io.StringIO) -> None:
    record = logging.getLogger("tests.secrecy").makeRecord("n", 20, "f", 1, "%s://%s", ("http", "x"), None)
    assert record.msg == "%s://%s"
    assert record.args == ("http", "x")


def test_errors_with_their_causes(said: io.StringIO) -> None:
    log = logging.getLogger("tests.secrecy")
    try:
        try:
            raise ValueError(f"no such host in https://api/bot{TOKEN}/getMe")
        except ValueError as error:
            raise RuntimeError(SECRET) from error
    except RuntimeError:
        log.exception("failed", stack_info=True)
    assert clean(said.getvalue())
    assert "Traceback" in said.getvalue()
    assert "ValueError" in said.getvalue()


def test_a_handler_that_formats_the_error_itself_finds_none(said: io.StringIO) -> None:
    seen: list[logging.LogRecord] = []

    class Keeping(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            seen.append(record)

    log = logging.getLogger("tests.secrecy")
    keeping = Keeping()
    log.addHandler(keeping)
    try:
        log.error("failed", exc_info=ValueError(TOKEN))
    finally:
        log.removeHandler(keeping)
    assert seen[0].exc_info is None
    assert seen[0].exc_text is not None
    assert "ValueError" in seen[0].exc_text
    assert clean(str(vars(seen[0])))


async def test_http_clients_log_no_token(said: io.StringIO) -> None:
    transport = httpx.MockTransport(lambda _: httpx.Response(401))
    async with httpx.AsyncClient(transport=transport) as http:
        await http.post(f"https://api.telegram.org/bot{TOKEN}/getMe")
    assert "HTTP Request" in said.getvalue()
    assert clean(said.getvalue())


async def test_what_asyncio_reports(said: io.StringIO) -> None:
    async def fail() -> None:
        raise ValueError(f"/bot{TOKEN}/getUpdates")

    task = asyncio.create_task(fail())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    del task
    gc.collect()
    asyncio.get_running_loop().call_exception_handler({"message": TOKEN, "exception": ValueError(SECRET)})
    assert "never retrieved" in said.getvalue()
    assert clean(said.getvalue())


@pytest.mark.filterwarnings("default")
def test_warnings(said: io.StringIO) -> None:
    warnings.warn(f"unclosed connection to /bot{TOKEN}/x", ResourceWarning, stacklevel=1)
    assert "unclosed connection" in said.getvalue()
    assert clean(said.getvalue())


CRASHING = """
import gc
import threading
from bot import secrecy
from trolyso.settings import settings
secrecy.install(settings())
token = settings().telegram_token.get_secret_value()
class Leaving:
    def __del__(self):
        raise ValueError("left with " + token)
Leaving()
gc.collect()
def fail():
    raise ValueError("died with " + token)
thread = threading.Thread(target=fail)
thread.start()
thread.join()
raise RuntimeError("no answer of https://api.telegram.org/bot" + token + "/getMe")
"""


def test_a_process_that_dies_says_why_without_the_token() -> None:
    env = {"TROLYSO_TELEGRAM_TOKEN": TOKEN, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", CRASHING]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "RuntimeError" in done.stderr
    assert "left with" in done.stderr
    assert "died with" in done.stderr
    assert clean(done.stderr + done.stdout)
