"""`trolyso bench channels`: what a webhook call costs beside a plain one, and how soon its answer leaves.

The gateway is real; Telegram is emulated and the dialogue answers at once, so that only the gateway's own
work is measured.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
from pydantic import SecretStr

from bot.channels.telegram.channel import SECRET_HEADER
from bot.channels.telegram.fake import FakeTelegram, user
from bot.fakes import FakeRasa, LoopbackServer
from bot.gateway import create_app
from knowledge.store import Store
from trolyso.answer import Answer, Status
from trolyso.settings import Mode, Settings

_SECRET = "a-secret-for-measuring"
_WARM_UP = 20
_PATIENCE = 30.0


@dataclass(frozen=True, slots=True)
class Latency:
    """Milliseconds of one kind of call."""

    p50: float
    p95: float
    longest: float


def measure(count: int) -> dict[str, Latency]:
    """Latencies by kind of call, `count` calls of each, the kinds in turn."""
    telegram = FakeTelegram()
    with ExitStack() as stack:
        home = Path(stack.enter_context(TemporaryDirectory()))
        rasa = stack.enter_context(LoopbackServer(FakeRasa(lambda _: Answer(Status.ANSWERED, "Dạ."))))
        platform = stack.enter_context(LoopbackServer(telegram))
        settings = _settings(home, rasa.port, platform.url, telegram.world.token)
        store = stack.enter_context(Store.open(settings.store_url))
        front = stack.enter_context(LoopbackServer(create_app(settings, store)))
        http = stack.enter_context(httpx.Client(base_url=front.url, trust_env=False, timeout=_PATIENCE))
        return _measured(http, telegram, count)


def lines(found: Mapping[str, Latency]) -> Iterator[str]:
    """The figures for people; the first kind is what the others are compared with."""
    plain = next(iter(found.values())).p50
    for name, each in found.items():
        times = f"p50 {each.p50:.2f} ms, p95 {each.p95:.2f} ms, lâu nhất {each.longest:.2f} ms"
        yield f"{name}: {times} ({each.p50 / plain:.1f} lần)"


def _settings(home: Path, rasa_port: int, platform: str, token: str) -> Settings:
    return Settings(
        home=home,
        database_url="",
        people_database_url="",
        public_url="http://127.0.0.1",
        rasa_port=rasa_port,
        limit_person=0,
        limit_address=0,
        telegram_token=SecretStr(token),
        telegram_base_url=platform,
        telegram_webhook_secret=SecretStr(_SECRET),
        telegram_mode=Mode.WEBHOOK,
    )


def _measured(http: httpx.Client, telegram: FakeTelegram, count: int) -> dict[str, Latency]:
    def call(headers: Mapping[str, str]) -> None:
        # Each person writes once, so that the pace of one chat plays no part.
        sender = user(10_000 + len(telegram.world.messages), "Lan")
        http.post("/telegram/webhook", json=telegram.world.write("hỏi", sender), headers=headers)

    def answered() -> None:
        before = len(telegram.world.sent)
        call({SECRET_HEADER: _SECRET})
        deadline = time.monotonic() + _PATIENCE
        while len(telegram.world.sent) == before and time.monotonic() < deadline:
            time.sleep(0.001)

    kinds: dict[str, Callable[[], None]] = {
        "Gọi /healthz": lambda: _discard(http.get("/healthz")),
        "Webhook không có mã bí mật (401)": lambda: call({}),
        "Webhook sai mã bí mật (401)": lambda: call({SECRET_HEADER: "x" * len(_SECRET)}),
        "Từ webhook đến khi tin trả lời tới nơi": answered,
    }
    times: dict[str, list[float]] = {name: [] for name in kinds}
    for _ in range(_WARM_UP + count):
        for name, act in kinds.items():
            began = time.perf_counter()
            act()
            times[name].append((time.perf_counter() - began) * 1000)
    return {name: _latency(sorted(found[_WARM_UP:])) for name, found in times.items()}


def _discard(_: httpx.Response) -> None:
    return None


def _latency(found: list[float]) -> Latency:
    return Latency(found[len(found) // 2], found[len(found) * 95 // 100], found[-1])
