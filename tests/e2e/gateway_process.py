"""A gateway as a process of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx

from bot.service import environment
from trolyso.settings import ROOT, Settings


class GatewayProcess:
    """The real process, which may be killed and started again on the same port."""

    def __init__(self, settings: Settings, log: Path) -> None:
        self._settings = settings
        self._log = log
        self.start()

    def start(self) -> None:
        env = {**os.environ, **environment(self._settings), "PYTHONPATH": str(ROOT)}
        with self._log.open("ab") as log:
            command = (sys.executable, "-m", "bot.cli", "gateway")
            self._process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=log)
        self._await_life()

    def kill(self) -> None:
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()

    def _await_life(self) -> None:
        deadline = time.monotonic() + 60
        while True:
            try:
                httpx.get(f"http://127.0.0.1:{self._settings.port}/healthz", trust_env=False)
                return
            except httpx.HTTPError:
                assert time.monotonic() < deadline, self._log.read_text()[-2000:]
                time.sleep(0.1)
