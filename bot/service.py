"""`trolyso serve`: the three processes of one machine, their ports, and when they are ready."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import httpx
from pydantic import SecretStr

from bot import secrecy
from bot.supervisor import Program, Supervisor, SupervisorError
from trolyso import logs
from trolyso.settings import ROOT, Settings

_POLL = 0.25
_SERVE = """
import json, os, sys
os.environ.update(json.loads(sys.argv.pop(1)))
from bot.cli import main
main()
"""
_ANYWHERE = {"0.0.0.0", "::", ""}


class PortInUse(SupervisorError):
    """Another program listens on a port that is needed."""


class NotBuilt(SupervisorError):
    """Something that set-up builds is missing."""


def address(settings: Settings) -> str:
    """Where a program on this machine reaches the gateway, such as ``http://127.0.0.1:8000``."""
    host = "127.0.0.1" if settings.bind in _ANYWHERE else settings.bind
    return f"http://[{host}]:{settings.port}" if ":" in host else f"http://{host}:{settings.port}"


def environment(settings: Settings) -> dict[str, str]:
    """The variables that give a child process exactly these settings, secrets included."""
    return {f"TROLYSO_{name.upper()}": _written(value) for name, value in settings}


def without_channels(settings: Settings) -> Settings:
    """The same settings for a process that has nothing to do with bot platforms: no token, no secret.

    Their variables are then empty, not absent, so that a child does not inherit those of its parent.
    """
    secret = [name for name, value in settings if isinstance(value, SecretStr)]
    return settings.model_copy(update=dict.fromkeys(secret, SecretStr("")))


def for_rasa(settings: Settings) -> Settings:
    """The same settings for Rasa, which has no database either: their addresses hold passwords."""
    return without_channels(settings).model_copy(update={"database_url": "", "people_database_url": ""})


def rasa_python(settings: Settings) -> str:
    """The interpreter of the Rasa environment. Raises `NotBuilt`."""
    python = settings.rasa_python or str(ROOT / ".venv-rasa" / "bin" / "python")
    if not Path(python).is_file():
        raise NotBuilt(f"Chưa có môi trường Rasa ({python}): chạy `make run` để cài đặt.")
    return python


def rasa_environment(settings: Settings) -> dict[str, str]:
    """What a Rasa process needs: the project on its path, the action server, no telemetry, one worker."""
    return {
        "ACTIONS_URL": settings.actions_url,
        "PYTHONDONTWRITEBYTECODE": "",
        "PYTHONPATH": str(ROOT),
        "PYTHONWARNINGS": "ignore",
        "RASA_TELEMETRY_ENABLED": "false",
        "SANIC_WORKERS": "1",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "TF_CPP_MIN_LOG_LEVEL": "3",
    }


def programs(settings: Settings) -> tuple[Program, ...]:
    """The processes behind one gateway. Raises `NotBuilt`."""
    shared = {
        # Without bytecode each start would compile torch and its kin anew, which takes half a minute.
        "PYTHONDONTWRITEBYTECODE": "",
        # One short query gains nothing from more threads; the waiting ones take the cores from Rasa.
        "OMP_NUM_THREADS": os.environ.get("OMP_NUM_THREADS", "1"),
    }
    if not any(settings.models_path.glob("*.tar.gz")):
        raise NotBuilt(
            f"Chưa có mô hình Rasa trong {settings.models_path}: chạy `make run` hoặc `trolyso train`."
        )
    rasa = (
        *(rasa_python(settings), "-m", "nlu", "run", "-i", "127.0.0.1", "-p", str(settings.rasa_port)),
        *("--model", str(settings.models_path), "--endpoints", str(ROOT / "endpoints.yml")),
        *("--credentials", str(ROOT / "credentials.yml")),
    )
    rasa_env = environment(for_rasa(settings)) | shared | rasa_environment(settings)
    actions_env = environment(without_channels(settings)) | shared
    gateway = (sys.executable, "-m", "bot.cli", "gateway")
    return (
        Program(
            "actions", (sys.executable, "-m", "actions"), ROOT, actions_env, f"{settings.actions_url}/health"
        ),
        Program("rasa", rasa, ROOT, rasa_env, f"{settings.rasa_url}/"),
        Program("gateway", gateway, ROOT, environment(settings) | shared, f"{address(settings)}/healthz"),
    )


def run_gateway(settings: Settings) -> None:
    """Serve HTTP in this process until it is told to stop. Raises `StoreError`."""
    import uvicorn

    from bot.gateway import create_app
    from bot.slow_clients import bounded
    from knowledge.store import Store

    secrecy.install(settings)
    logs.configure("gateway")
    with Store.open(settings.store_url) as store:
        uvicorn.run(
            create_app(settings, store),
            host=settings.bind,
            port=settings.port,
            access_log=False,
            server_header=False,
            log_config=None,
            http=bounded(settings.head_timeout, settings.send_timeout),
            ws="none",
            timeout_graceful_shutdown=5,
        )


def check_ports(settings: Settings) -> None:
    """Raises `PortInUse` when one of the three ports is taken."""
    needed = (
        ("TROLYSO_PORT", settings.bind, settings.port),
        ("TROLYSO_RASA_PORT", "127.0.0.1", settings.rasa_port),
        ("TROLYSO_ACTIONS_PORT", "127.0.0.1", settings.actions_port),
    )
    for variable, host, port in needed:
        if not _is_free(host, port):
            raise PortInUse(
                f"Cổng {port} đang có chương trình khác dùng: dừng chương trình đó hoặc đặt {variable} "
                f"thành cổng khác. (Port {port} is in use; set {variable}.)"
            )


def with_free_ports(settings: Settings) -> Settings:
    """The same settings on three ports that nothing listens on at the moment."""
    with contextlib.ExitStack() as stack:
        found = [stack.enter_context(socket.socket()) for _ in range(3)]
        for each in found:
            each.bind(("127.0.0.1", 0))
        port, rasa, actions = (each.getsockname()[1] for each in found)
    changed = {"bind": "127.0.0.1", "port": port, "rasa_port": rasa, "actions_port": actions}
    return settings.model_copy(update=changed)


async def serve(settings: Settings, tell: Callable[[str], None] = print) -> None:
    """Run everything until SIGINT or SIGTERM. Raises `SupervisorError`."""
    secrecy.install(settings)
    check_ports(settings)
    supervisor = Supervisor(programs(settings), settings.home / "logs", tell)
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    tell("Đang khởi động trợ lý …")
    announcing = asyncio.create_task(_announce(settings, tell))
    try:
        await supervisor.run(stop)
    finally:
        announcing.cancel()
    tell("Đã dừng trợ lý.")


async def _announce(settings: Settings, tell: Callable[[str], None]) -> None:
    """Tell once when the gateway says that all parts are there."""
    while not await asyncio.to_thread(is_ready, settings):
        await asyncio.sleep(_POLL)
    tell(f"Sẵn sàng: {address(settings)}")


def is_ready(settings: Settings) -> bool:
    """True when a gateway answers at the address of `settings` and has all its parts."""
    try:
        # trust_env would send loopback requests through a proxy of this machine.
        return httpx.get(f"{address(settings)}/readyz", timeout=5, trust_env=False).is_success
    except httpx.HTTPError:
        return False


def private(settings: Settings, **changes: Any) -> Settings:
    """Settings of a service for the time of a command, with `changes` on top: its ports are free ones.

    It leaves the bot platforms alone, since what people send there is for the service that stays, and it
    limits nobody: it has one caller.
    """
    unlimited = {"limit_person": 0, "limit_address": 0}
    return with_free_ports(Settings(**without_channels(settings).model_dump() | unlimited | changes))


@contextlib.contextmanager
def temporary(settings: Settings, patience: float = 300.0) -> Iterator[Settings]:
    """A whole `private` service for as long as the block lasts; gives its settings.

    Raises `SupervisorError` when it is not ready within `patience` seconds.
    """
    own = private(settings)
    with running(own, patience=patience):
        yield own


@contextlib.contextmanager
def running(
    settings: Settings, variables: Mapping[str, str] | None = None, patience: float = 300.0
) -> Iterator[int]:
    """The service of `settings` in processes of its own while the block lasts; gives the supervisor's.

    `variables` are laid over the environment of the parts, not of the supervisor itself. Raises
    `SupervisorError` when it is not ready within `patience` seconds.
    """
    command = (sys.executable, "-c", _SERVE, json.dumps(dict(variables or {})), "serve")
    env = {**os.environ, **environment(settings), "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as child:
        try:
            _await_ready(child, settings, patience)
            yield child.pid
        finally:
            child.terminate()


def _await_ready(child: subprocess.Popen[bytes], settings: Settings, patience: float) -> None:
    deadline = time.monotonic() + patience
    while not is_ready(settings):
        if child.poll() is not None:
            output = child.stdout.read() if child.stdout else b""
            lines = output.decode(errors="replace").split("\n")
            raise SupervisorError(
                next((line for line in reversed(lines) if line.strip()), "Trợ lý không chạy được.")
            )
        if time.monotonic() > deadline:
            logs = settings.home / "logs"
            raise SupervisorError(
                f"Trợ lý chưa sẵn sàng sau {patience:.0f} giây. Xem nguyên nhân trong {logs}"
            )
        time.sleep(_POLL)


def _written(value: object) -> str:
    return value.get_secret_value() if isinstance(value, SecretStr) else str(value)


def _is_free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        if os.name == "posix":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True
