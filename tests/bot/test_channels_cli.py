"""``trolyso channels``: what it says of settings, good or wrong, and of platforms that are silent."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from typer.testing import CliRunner, Result

from bot import channels_cli
from bot.channels.checkup import Setup, findings, setups
from bot.channels.protocol import IncomingMessage, Kind, Place
from bot.channels.telegram.fake import FakeTelegram
from bot.channels.zalo.fake import FakeZalo
from bot.cli import app
from bot.fakes import LoopbackServer
from bot.mailbox import Mailbox
from tests.bot import hooks
from trolyso.settings import Mode, Settings, settings

TOKEN = "7712345678:AAE-xample_Only0123456789abcdefghijk"
OTHER = "7712345678:BBB-another_One0123456789abcdefghijk"
SECRET = "a-webhook-secret-of-some-length"
SITE = "https://tro-ly.example.vn"


def setup(channel: str, **changed: Any) -> Setup:
    """The setup of one channel, in order and with a webhook unless `changed`."""
    values = {"token": TOKEN, "webhook_secret": SECRET, "mode": Mode.WEBHOOK, **changed}
    site = values.pop("public_url", SITE)
    secrets = ("token", "webhook_secret")
    own = {
        f"{channel}_{name}": SecretStr(value) if name in secrets else value for name, value in values.items()
    }
    found = setups(Settings(public_url=site, **own))
    return next(each for each in found if each.name == channel)


def wrong(checked: Setup) -> list[str]:
    return [finding.text for finding in findings(checked) if finding.good is False]


@pytest.mark.parametrize("channel", ["telegram", "zalo"])
def test_a_channel_in_order_has_nothing_to_mend(channel: str) -> None:
    assert wrong(setup(channel)) == []
    assert any(f"{SITE}/{channel}/webhook" in finding.text for finding in findings(setup(channel)))
    assert wrong(setup(channel, mode=Mode.POLLING, webhook_secret="", public_url="")) == []


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"token": "my-bot"}, "TROLYSO_TELEGRAM_TOKEN"),
        ({"token": f"{TOKEN}\n"}, "TROLYSO_TELEGRAM_TOKEN"),
        ({"webhook_secret": ""}, "Chưa đặt TROLYSO_TELEGRAM_WEBHOOK_SECRET"),
        ({"webhook_secret": "có dấu và khoảng trắng"}, "không đúng dạng"),
        ({"webhook_secret": "x" * 257}, "không đúng dạng"),
        ({"webhook_secret": "abc"}, "quá ngắn"),
        ({"public_url": ""}, "Chưa đặt TROLYSO_PUBLIC_URL"),
        ({"public_url": "http://tro-ly.example.vn"}, "https://"),
        ({"public_url": "tro-ly.example.vn"}, "https://"),
        ({"public_url": "https://tro-ly.example.vn:8000"}, "443, 80, 88, 8443"),
        ({"public_url": "https://tro-ly.example.vn:x"}, "không phải là một địa chỉ"),
        ({"public_url": "https://localhost"}, "mạng riêng"),
        ({"public_url": "https://192.168.1.5"}, "mạng riêng"),
        ({"public_url": "https://[::1]:8443"}, "mạng riêng"),
    ],
)
def test_what_is_wrong_is_named(changed: dict[str, str], said: str) -> None:
    (only,) = wrong(setup("telegram", **changed))
    assert said in only


def test_a_bot_server_on_this_machine_needs_no_https() -> None:
    here = {"base_url": "http://127.0.0.1:8081", "public_url": "http://127.0.0.1:8000"}
    assert wrong(setup("telegram", **here)) == []


@pytest.mark.parametrize(
    ("secret", "fits"), [("7 chars", False), ("7-chars", False), ("8--chars", True), ("a.b+c/d=", True)]
)
def test_zalo_has_rules_of_its_own(secret: str, fits: bool) -> None:
    assert bool(wrong(setup("zalo", webhook_secret=secret, public_url=f"{SITE}:8000"))) is not fits


@pytest.mark.parametrize(
    "changed", [{"token": "not-a-token-of-any-bot"}, {"webhook_secret": "không đúng, có dấu"}]
)
def test_a_wrong_secret_is_not_repeated(changed: dict[str, str]) -> None:
    (value,) = changed.values()
    assert value not in str(findings(setup("telegram", **changed)))


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """Variables of the command, over an empty home; a test adds its own."""
    monkeypatch.setenv("TROLYSO_HOME", str(tmp_path))
    settings.cache_clear()
    with hooks.kept():
        yield monkeypatch
    settings.cache_clear()


@pytest.fixture
def telegram(environment: pytest.MonkeyPatch) -> Iterator[FakeTelegram]:
    """The bot server of Telegram, and a token that it knows."""
    fake = FakeTelegram(TOKEN)
    with LoopbackServer(fake) as server:
        environment.setenv("TROLYSO_TELEGRAM_TOKEN", TOKEN)
        environment.setenv("TROLYSO_TELEGRAM_BASE_URL", server.url)
        yield fake


@pytest.fixture
def zalo(environment: pytest.MonkeyPatch) -> Iterator[FakeZalo]:
    """The bot server of Zalo, and a token that it knows."""
    fake = FakeZalo(TOKEN)
    with LoopbackServer(fake) as server:
        environment.setenv("TROLYSO_ZALO_TOKEN", TOKEN)
        environment.setenv("TROLYSO_ZALO_BASE_URL", server.url)
        yield fake


@pytest.fixture
def silent() -> Iterator[str]:
    """The address of a server that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        held: list[socket.socket] = []

        def hold() -> None:
            while True:
                try:
                    held.append(server.accept()[0])
                except OSError:
                    return

        threading.Thread(target=hold, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
        server.shutdown(socket.SHUT_RDWR)
    for connection in held:
        connection.close()


def nobody() -> str:
    """An address where nothing listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return f"http://127.0.0.1:{server.getsockname()[1]}"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["channels", *arguments])


def test_nothing_configured_is_no_failure(environment: pytest.MonkeyPatch, tmp_path: Path) -> None:
    done = run()
    assert done.exit_code == 0
    assert "• Telegram: đang tắt" in done.output
    assert "TROLYSO_ZALO_TOKEN" in done.output
    assert list(tmp_path.iterdir()) == []
    assert [each["on"] for each in json.loads(run("--json").output)] == [False, False]


def test_platforms_that_agree_are_in_order(telegram: FakeTelegram, zalo: FakeZalo) -> None:
    done = run()
    assert done.exit_code == 0, done.output
    assert "✓ Telegram: đang bật" in done.output
    assert "✓ Zalo: đang bật" in done.output
    assert "✗" not in done.output
    assert all(each["good"] and each["on"] for each in json.loads(run("--json").output))


def test_a_check_changes_nothing_at_the_platforms(telegram: FakeTelegram, zalo: FakeZalo) -> None:
    run()
    assert {call.method for call in telegram.calls} == {"getMe", "getMyCommands", "getWebhookInfo"}
    assert {call.method for call in zalo.calls} == {"getMe", "getWebhookInfo"}


@pytest.mark.parametrize("channel", ["telegram", "zalo"])
def test_a_webhook_that_is_not_registered_is_told(
    environment: pytest.MonkeyPatch, telegram: FakeTelegram, zalo: FakeZalo, channel: str
) -> None:
    environment.setenv(f"TROLYSO_{channel.upper()}_MODE", "webhook")
    environment.setenv(f"TROLYSO_{channel.upper()}_WEBHOOK_SECRET", SECRET)
    environment.setenv("TROLYSO_PUBLIC_URL", f"{SITE}/")
    done = run("--json")
    assert done.exit_code == 1
    checked = {each["channel"]: each for each in json.loads(done.output)}
    wrong = [finding["text"] for finding in checked[channel]["findings"] if finding["good"] is False]
    assert len(wrong) == 1
    assert "webhook" in wrong[0].lower()
    assert [each for each in checked.values() if not each["good"]] == [checked[channel]]


@pytest.mark.parametrize("channel", ["telegram", "zalo"])
def test_a_token_that_the_platform_does_not_know(
    environment: pytest.MonkeyPatch, telegram: FakeTelegram, zalo: FakeZalo, channel: str
) -> None:
    environment.setenv(f"TROLYSO_{channel.upper()}_TOKEN", OTHER)
    done = run()
    assert done.exit_code == 1
    assert done.output.count("không nhận mã bot này") == 1
    assert OTHER.partition(":")[2] not in done.output


@pytest.mark.parametrize("channel", ["telegram", "zalo"])
def test_a_platform_that_is_away_is_a_line(environment: pytest.MonkeyPatch, channel: str) -> None:
    environment.setenv(f"TROLYSO_{channel.upper()}_TOKEN", TOKEN)
    environment.setenv(f"TROLYSO_{channel.upper()}_BASE_URL", nobody())
    done = run()
    assert done.exit_code == 1
    assert isinstance(done.exception, SystemExit)
    assert "✗" in done.output
    assert TOKEN.partition(":")[2] not in done.output


@pytest.mark.parametrize("channel", ["telegram", "zalo"])
def test_a_platform_that_is_silent_is_not_waited_for(
    environment: pytest.MonkeyPatch, silent: str, channel: str
) -> None:
    environment.setenv(f"TROLYSO_{channel.upper()}_TOKEN", TOKEN)
    environment.setenv(f"TROLYSO_{channel.upper()}_BASE_URL", silent)
    environment.setattr(channels_cli, "PATIENCE", 0.2)
    done = run()
    assert done.exit_code == 1
    assert "không trả lời trong 0.2 giây" in done.output


def test_a_token_that_is_none_is_not_sent_anywhere(environment: pytest.MonkeyPatch, silent: str) -> None:
    environment.setenv("TROLYSO_TELEGRAM_TOKEN", "../../etc")
    environment.setenv("TROLYSO_TELEGRAM_BASE_URL", silent)
    done = run()
    assert done.exit_code == 1
    assert "không đúng dạng mã bot" in done.output
    assert "không trả lời" not in done.output


def test_a_mailbox_that_cannot_be_read_is_a_line(environment: pytest.MonkeyPatch, tmp_path: Path) -> None:
    environment.setenv("TROLYSO_TELEGRAM_TOKEN", TOKEN)
    environment.setenv("TROLYSO_TELEGRAM_BASE_URL", nobody())
    environment.setenv("TROLYSO_PEOPLE_DATABASE_URL", f"sqlite:///{tmp_path}")
    done = run("--json")
    assert done.exit_code == 1
    (telegram, _) = json.loads(done.output)
    assert telegram["queue"] is None
    assert "hộp thư" in str(telegram["findings"])


def test_what_waits_is_counted(environment: pytest.MonkeyPatch, tmp_path: Path) -> None:
    environment.setenv("TROLYSO_ZALO_TOKEN", TOKEN)
    environment.setenv("TROLYSO_ZALO_BASE_URL", nobody())
    with Mailbox.open(f"sqlite:///{tmp_path / 'people.sqlite3'}") as mailbox:
        mailbox.receive(IncomingMessage("zalo:1", 1, Place("zalo", "7", "7"), Kind.TEXT, "xin chào"))
    (_, zalo) = json.loads(run("--json").output)
    assert zalo["queue"] == {"messages": 1, "parcels": 0, "sent": 0, "repeated": 0, "dead": 0}
    assert "1 tin chờ trả lời" in run().output
