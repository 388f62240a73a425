"""What set-up prints, how it runs commands, and the one line that a failure gets."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from pathlib import Path
from typing import BinaryIO, Mapping, Sequence

ROOT = Path(__file__).resolve().parents[2]
LOGS = ROOT / ".trolyso" / "logs"
HEARTBEAT = 10.0
# Set from the command line: a step with nothing to do says nothing.
brief = False

# What a failed command printed -> what the person should do. The first match wins.
_ADVICE: tuple[tuple[tuple[str, ...], str], ...] = (
    (
        ("No space left on device", "os error 28", "Disk quota exceeded"),
        "the disk is full: free about 6 GB and run it again",
    ),
    (
        ("Permission denied", "os error 13", "Read-only file system"),
        "no permission to write there: check who owns this folder, or clone it where you may write",
    ),
    (
        (
            "Temporary failure in name resolution",
            "Failed to establish a new connection",
            "NewConnectionError",
            "ConnectTimeoutError",
            "ReadTimeoutError",
            "dns error",
            "error sending request",
            "Connection refused",
            "Network is unreachable",
            "ProxyError",
            "(from versions: none)",
        ),
        "the package index cannot be reached: check the network, HTTPS_PROXY or `pip config list`",
    ),
    (
        ("No matching distribution found", "No solution found", "there is no version of"),
        "the package index lacks a pinned version: check `pip config list`, or renew with `make lock`",
    ),
)


class SetupError(Exception):
    """Set-up cannot go on; the message is one line that says what to do."""


def say(step: str, text: str) -> None:
    """Print one progress line."""
    print(f"[{step}] {text}", flush=True)


def up_to_date(step: str, text: str = "is up to date") -> None:
    """Print that nothing was to be done, unless set-up is to be brief."""
    if not brief:
        say(step, text)


def advice(output: str) -> str | None:
    """What to do about a command that printed `output` and failed, when that is known."""
    for signs, text in _ADVICE:
        if any(sign in output for sign in signs):
            return text
    return None


class Runner:
    """Runs commands with their output in a log file, a heartbeat on the console, and a common stop."""

    def __init__(self, logs: Path = LOGS) -> None:
        self._logs = logs
        self._lock = threading.Lock()
        self._live: list[subprocess.Popen[bytes]] = []
        self._stopped = False

    def run(
        self, step: str, doing: str, command: Sequence[str], env: Mapping[str, str] | None = None
    ) -> None:
        """Run `command` to its end. Raises `SetupError` when it fails."""
        self._logs.mkdir(parents=True, exist_ok=True)
        log = self._logs / f"setup-{step}.log"
        started = time.monotonic()
        say(step, f"{doing} ...")
        with log.open("ab") as output:
            output.write(("$ " + " ".join(command) + "\n").encode())
            output.flush()
            begin = output.tell()
            code = self._wait(step, doing, command, env, output)
        if code != 0:
            raise SetupError(_failure(step, doing, code, log, begin))
        say(step, f"{doing}: done in {time.monotonic() - started:.0f} s")

    def stop(self) -> None:
        """End what runs; later commands are refused."""
        with self._lock:
            self._stopped = True
            for process in self._live:
                process.terminate()

    def _wait(
        self, step: str, doing: str, command: Sequence[str], env: Mapping[str, str] | None, output: BinaryIO
    ) -> int:
        with self._lock:
            if self._stopped:
                raise SetupError(f"[{step}] stopped")
            process = subprocess.Popen(
                list(command), cwd=str(ROOT), env=child_environment(env), stdin=subprocess.DEVNULL,
                stdout=output, stderr=subprocess.STDOUT,
            )  # fmt: skip
            self._live.append(process)
        started = time.monotonic()
        try:
            while True:
                try:
                    return process.wait(HEARTBEAT)
                except subprocess.TimeoutExpired:
                    say(step, f"{doing} ... {time.monotonic() - started:.0f} s")
        finally:
            with self._lock:
                self._live.remove(process)


def child_environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of a child, without what the caller's own Python is set to.

    Bytecode is written: without it each start of torch or TensorFlow compiles for half a minute.
    """
    own = ("PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV", "PYTHONDONTWRITEBYTECODE")
    env = {key: value for key, value in os.environ.items() if key not in own}
    env.update(extra or {})
    return env


def _failure(step: str, doing: str, code: int, log: Path, begin: int) -> str:
    with log.open("rb") as stream:
        stream.seek(begin)
        output = stream.read().decode(errors="replace")
    lines = [line for line in output.splitlines() if line.strip()]
    reason = advice(output) or (lines[-1].strip()[:200] if lines else f"exit code {code}")
    return f"[{step}] {doing} failed: {reason} (log: {_short(log)})"


def _short(path: Path) -> str:
    try:
        return str(path.relative_to(ROOT))
    except ValueError:
        return str(path)
