"""Keeps child processes alive: starts them, logs them, restarts them, and ends them with their parent."""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import os
import signal
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.process_log import ProcessLog
from bot.watchdog import Watchdog

_PR_SET_PDEATHSIG = 1
_LINE_LIMIT = 1024 * 1024
# Loaded before any fork: the child may do next to nothing between fork and exec.
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


class SupervisorError(Exception):
    """The children cannot be kept running; the message is Vietnamese and says what to do."""


class ProgramFailed(SupervisorError):
    """A program ended again and again without ever running for a while."""


@dataclass(frozen=True, slots=True)
class Program:
    """One child: `env` is laid over the environment of the parent, `health` is an address that it serves."""

    name: str
    command: tuple[str, ...]
    cwd: Path
    env: Mapping[str, str] = field(default_factory=dict)
    health: str = ""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait, in seconds: `first` before a restart, doubled up to `longest`.

    A child that answered at its address, or ran for `steady`, was well: what ends it then is a fault that
    passes, and it is started again as often as it takes. One that never was is given up after `tries` short
    lives. `grace` is what a child gets to end by itself before it is killed, `hung` how long one that was
    well may give no answer, `look` the time between two looks at it.
    """

    first: float = 0.2
    longest: float = 5.0
    steady: float = 60.0
    tries: int = 5
    grace: float = 10.0
    hung: float = 30.0
    look: float = 1.0


class Supervisor:
    """Runs programs side by side until it is told to stop.

    Output of each goes to ``<logs>/<name>.log``; `tell` gets the short lines for the console.
    """

    def __init__(
        self,
        programs: Sequence[Program],
        logs: Path,
        tell: Callable[[str], None] = print,
        patience: Patience | None = None,
    ) -> None:
        self._programs = tuple(programs)
        self._logs = logs
        self._tell = tell
        self._patience = patience or Patience()

    async def run(self, stop: asyncio.Event) -> None:
        """Keep all programs running until `stop` is set, then end them.

        Raises `ProgramFailed` (after the others were ended) when one of them cannot be kept.
        """
        self._logs.mkdir(parents=True, exist_ok=True)
        halt = asyncio.Event()
        keepers = [asyncio.create_task(self._keep(program, halt)) for program in self._programs]
        stopped = asyncio.create_task(stop.wait())
        try:
            await asyncio.wait([*keepers, stopped], return_when=asyncio.FIRST_COMPLETED)
        finally:
            halt.set()
            stopped.cancel()
            outcomes = await asyncio.gather(*keepers, return_exceptions=True)
        for outcome in outcomes:
            if isinstance(outcome, BaseException):
                raise outcome

    async def _keep(self, program: Program, halt: asyncio.Event) -> None:
        failures, proven = 0, False
        while not halt.is_set():
            began = time.monotonic()
            dog = Watchdog(program.health, self._patience.hung, self._patience.look)
            code = await self._live(program, dog, halt)
            if code is None:
                return
            was_well = dog.healthy or time.monotonic() - began >= self._patience.steady
            proven = proven or was_well
            failures = 1 if was_well else failures + 1
            if failures >= self._patience.tries and not proven:
                raise ProgramFailed(
                    f"{program.name} dừng {failures} lần liên tiếp (mã {code}). "
                    f"Xem nguyên nhân trong {self._log(program)}"
                )
            wait = min(self._patience.first * 2 ** min(failures - 1, 10), self._patience.longest)
            self._tell(f"{program.name}: đã dừng (mã {code}), khởi động lại sau {wait:g} giây")
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(halt.wait(), wait)

    async def _live(self, program: Program, dog: Watchdog, halt: asyncio.Event) -> int | None:
        """One life of a child. The exit code, or None when it was ended because of `halt`."""
        try:
            process = await _start(program)
        except OSError as error:
            raise ProgramFailed(f"Không chạy được {program.command[0]}: {error.strerror}") from error
        pump = asyncio.create_task(_pump(process, self._log(program)))
        ended = asyncio.create_task(process.wait())
        halted = asyncio.create_task(halt.wait())
        hung = asyncio.create_task(dog.until_hung())
        try:
            await asyncio.wait([ended, halted, hung], return_when=asyncio.FIRST_COMPLETED)
            if hung.done():
                self._tell(f"{program.name}: không trả lời, buộc dừng")
                _signal(process, signal.SIGKILL)
                await ended
            return ended.result() if ended.done() else None
        finally:
            halted.cancel()
            hung.cancel()
            await self._end(process)
            await pump

    async def _end(self, process: asyncio.subprocess.Process) -> None:
        """End a child and all that it started."""
        if process.returncode is None:
            _signal(process, signal.SIGTERM)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(process.wait(), self._patience.grace)
        _signal(process, signal.SIGKILL)
        await process.wait()

    def _log(self, program: Program) -> Path:
        return self._logs / f"{program.name}.log"


async def _start(program: Program) -> asyncio.subprocess.Process:
    parent = os.getpid()
    return await asyncio.create_subprocess_exec(
        *program.command,
        cwd=program.cwd,
        env={**os.environ, **program.env},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        limit=_LINE_LIMIT,
        # Its own group: Ctrl-C reaches the parent alone, which then ends the children in order.
        start_new_session=True,
        preexec_fn=lambda: _die_with(parent),
    )


def _die_with(parent: int) -> None:
    """Run in the child: have the kernel end it when `parent` dies, however that happens (Linux)."""
    if _LIBC is not None:
        _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:
            os._exit(1)


def _signal(process: asyncio.subprocess.Process, number: signal.Signals) -> None:
    # The group may be gone, or hold only processes that already ended.
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, number)


async def _pump(process: asyncio.subprocess.Process, path: Path) -> None:
    """Take what the child prints for as long as it lives."""
    assert process.stdout is not None
    with ProcessLog(path) as log:
        while chunk := await process.stdout.read(65536):
            log.write(chunk)
