"""The anchor of the benchmark: the default bot of ``rasa init``, which retrieves nothing."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import httpx

from bot.service import rasa_environment, rasa_python, with_free_ports
from bot.supervisor import SupervisorError
from trolyso.settings import Settings

SAID = ("hello", "i am great", "i feel sad", "are you a bot?", "yes", "no", "bye")
"""Messages of the training data of `rasa init`."""
WEBHOOK = "/webhooks/rest/webhook"
_POLL = 0.25


def build(settings: Settings) -> Path:
    """The folder of the default bot, made and trained once for a home. Raises `SupervisorError`."""
    folder = settings.home / "anchor"
    if any(folder.glob("models/*.tar.gz")):
        return folder
    settings.home.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(dir=settings.home, prefix=".anchor-"))
    command = (rasa_python(settings), "-m", "rasa", "init", "--no-prompt", "--init-dir", str(fresh))
    done = subprocess.run(
        command, env=_environment(settings), stdin=subprocess.DEVNULL, capture_output=True, check=False
    )
    if done.returncode or not any(fresh.glob("models/*.tar.gz")):
        shutil.rmtree(fresh, ignore_errors=True)
        raise SupervisorError("`rasa init` không tạo được bot mặc định để so sánh.")
    shutil.rmtree(folder, ignore_errors=True)
    fresh.replace(folder)
    return folder


@contextlib.contextmanager
def running(settings: Settings, patience: float = 180.0) -> Iterator[tuple[str, int]]:
    """The default bot while the block lasts: its address and its process. Raises `SupervisorError`."""
    folder = build(settings)
    port = with_free_ports(settings).rasa_port
    command = (rasa_python(settings), "-m", "rasa", "run", "-i", "127.0.0.1", "-p", str(port))
    with subprocess.Popen(
        command,
        cwd=folder,
        env=_environment(settings),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as child:
        try:
            url = f"http://127.0.0.1:{port}"
            _await(url, child, patience)
            yield url, child.pid
        finally:
            child.terminate()


def _environment(settings: Settings) -> dict[str, str]:
    # The same bounds on threads as our own processes have.
    return {**os.environ, **rasa_environment(settings), "OMP_NUM_THREADS": "1"}


def _await(url: str, child: subprocess.Popen[bytes], patience: float) -> None:
    deadline = time.monotonic() + patience
    while child.poll() is None and time.monotonic() < deadline:
        with contextlib.suppress(httpx.HTTPError, ValueError):
            # It has no page that tells when the model is there: it answers from then on.
            said = {"sender": "start", "message": SAID[0]}
            if httpx.post(f"{url}{WEBHOOK}", json=said, trust_env=False, timeout=30).json():
                return
        time.sleep(_POLL)
    raise SupervisorError("Bot mặc định để so sánh không chạy được.")
