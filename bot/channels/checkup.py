"""What is set for each channel, and whether it is fit: the part of a check-up that asks nobody."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from bot.channels.protocol import Finding
from bot.secrecy import SHORTEST
from trolyso.settings import Mode, Settings

_HERE = ("127.0.0.1", "localhost", "::1")
_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True)
class Rules:
    """What a platform accepts; no `ports` means any."""

    secret: re.Pattern[str]
    secret_words: str
    ports: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Setup:
    """The settings of one channel. `name` is that of its webhook and, in capitals, of its variables."""

    name: str
    label: str
    token: str
    secret: str
    mode: Mode
    server: str
    site: str
    rules: Rules

    @property
    def on(self) -> bool:
        """True when the channel is switched on."""
        return bool(self.token)

    @property
    def askable(self) -> bool:
        """True when the token looks like one, so that the platform can be asked with it."""
        return _TOKEN.fullmatch(self.token) is not None

    @property
    def webhook(self) -> str:
        """Where the platform brings its updates."""
        return f"{self.site}/{self.name}/webhook"

    def variable(self, field: str) -> str:
        """The name of a variable of this channel."""
        return f"TROLYSO_{self.name.upper()}_{field}"


# Both as documented by the platforms; Telegram calls webhooks on these ports only.
TELEGRAM = Rules(
    re.compile(r"[A-Za-z0-9_-]{1,256}"), "1 đến 256 ký tự A–Z, a–z, 0–9, _ và -", (443, 80, 88, 8443)
)
ZALO = Rules(re.compile(r"[\x21-\x7e]{8,256}"), "8 đến 256 ký tự, không dấu và không có khoảng trắng")


def setups(settings: Settings) -> tuple[Setup, ...]:
    """The settings of every channel, on or off."""
    site = settings.public_url.rstrip("/")
    telegram = Setup(
        name="telegram",
        label="Telegram",
        token=settings.telegram_token.get_secret_value(),
        secret=settings.telegram_webhook_secret.get_secret_value(),
        mode=settings.telegram_mode,
        server=settings.telegram_base_url,
        site=site,
        rules=TELEGRAM,
    )
    zalo = Setup(
        name="zalo",
        label="Zalo",
        token=settings.zalo_token.get_secret_value(),
        secret=settings.zalo_webhook_secret.get_secret_value(),
        mode=settings.zalo_mode,
        server=settings.zalo_base_url,
        site=site,
        rules=ZALO,
    )
    return (telegram, zalo)


def findings(setup: Setup) -> tuple[Finding, ...]:
    """What the settings of a channel that is on say by themselves; values of secrets are never told."""
    return tuple(_findings(setup))


def _findings(setup: Setup) -> Iterator[Finding]:
    yield _token(setup)
    if setup.mode is Mode.POLLING:
        yield Finding(None, "Nhận tin bằng cách hỏi vòng (polling): không cần địa chỉ công khai")
        if not setup.site:
            yield Finding(None, "Chưa đặt TROLYSO_PUBLIC_URL: nguồn được ghi tên, không có liên kết để mở")
        return
    yield Finding(None, "Nhận tin bằng webhook")
    yield _secret(setup)
    yield _address(setup)


def _token(setup: Setup) -> Finding:
    if setup.askable:
        return Finding(True, "Đã đặt mã bot (token)")
    return Finding(False, f"{setup.variable('TOKEN')} không đúng dạng mã bot (số, dấu hai chấm, chữ và số)")


def _secret(setup: Setup) -> Finding:
    variable = setup.variable("WEBHOOK_SECRET")
    if not setup.secret:
        return Finding(False, f"Chưa đặt {variable}: không có mã này thì không nhận ra {setup.label}")
    if not setup.rules.secret.fullmatch(setup.secret):
        return Finding(False, f"{variable} không đúng dạng: cần {setup.rules.secret_words}")
    if len(setup.secret) < SHORTEST:
        return Finding(False, f"{variable} quá ngắn, dễ đoán: đặt từ 32 ký tự trở lên")
    return Finding(True, "Đã đặt mã bí mật của webhook, đúng dạng")


def _address(setup: Setup) -> Finding:
    problem = _problem(setup)
    return Finding(False, problem) if problem else Finding(True, f"Địa chỉ webhook: {setup.webhook}")


def _problem(setup: Setup) -> str | None:
    if not setup.site:
        return "Chưa đặt TROLYSO_PUBLIC_URL: webhook cần địa chỉ công khai"
    try:
        parts, server = urlsplit(setup.site), urlsplit(setup.server)
        port = parts.port or 443
    except ValueError:
        return "TROLYSO_PUBLIC_URL không phải là một địa chỉ web"
    if parts.hostname in _HERE and server.hostname in _HERE:
        return None  # a server of the bot interface beside us needs no way over the internet
    if parts.scheme != "https" or not parts.hostname:
        return "TROLYSO_PUBLIC_URL phải bắt đầu bằng https://"
    if _is_private(parts.hostname):
        return f"TROLYSO_PUBLIC_URL là địa chỉ trong mạng riêng: {setup.label} không gọi tới được"
    if setup.rules.ports and port not in setup.rules.ports:
        return f"{setup.label} chỉ gọi webhook ở cổng {', '.join(map(str, setup.rules.ports))}"
    return None


def _is_private(host: str) -> bool:
    if host == "localhost" or host.endswith((".localhost", ".local", ".internal")):
        return True
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return False
