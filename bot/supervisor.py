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

_PR_SET_PDEATHSIG = 1
_LINE_LIMIT = 1024 * 1024
_LOG_LIMIT = 10 * 1024 * 1024
# Loaded before any fork: the child may do next to nothing between fork and exec.
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


class SupervisorError(Exception):
    """The children cannot be kept running; the message is Vietnamese and says what to do."""


class ProgramFailed(SupervisorError):
    """A program ended again and again without ever running for a while."""


@dataclass(frozen=True, slots=True)
class Program:
    """One child: `env` is laid over the environment of the parent."""

    name: str
    command: tuple[str, ...]
    cwd: Path
    env: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait, in seconds: `first` before a restart, doubled up to `longest`.

    A child that ran for `steady` counts as healthy again; `tries` short lives in a row are too
    many. `grace` is what a child gets to end by itself before it is killed.
    """

    first: float = 1.0
    longest: float = 30.0
    steady: float = 60.0
    tries: int = 5
    grace: float = 10.0


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
        failures = 0
        while not halt.is_set():
            began = time.monotonic()
            code = await self._live(program, halt)
            if code is None:
                return
            failures = 1 if time.monotonic() - began >= self._patience.steady else failures + 1
            if failures >= self._patience.tries:
                raise ProgramFailed(
                    f"{program.name} dừng {failures} lần liên tiếp (mã {code}). "
                    f"Xem nguyên nhân trong {self._log(program)}"
                )
            wait = min(self._patience.first * 2 ** (failures - 1), self._patience.longest)
            self._tell(f"{program.name}: đã dừng (mã {code}), khởi động lại sau {wait:g} giây")
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(halt.wait(), wait)

    async def _live(self, program: Program, halt: asyncio.Event) -> int | None:
        """One life of a child. The exit code, or None when it was ended because of `halt`."""
        try:
            process = await _start(program)
        except OSError as error:
            raise ProgramFailed(f"Không chạy được {program.command[0]}: {error.strerror}") from error
        pump = asyncio.create_task(_pump(process, self._log(program)))
        ended = asyncio.create_task(process.wait())
        halted = asyncio.create_task(halt.wait())
        try:
            await asyncio.wait([ended, halted], return_when=asyncio.FIRST_COMPLETED)
            if ended.done():
                return ended.result()
            return None
        finally:
            halted.cancel()
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


async def _pump(process: asyncio.subprocess.Process, log: Path) -> None:
    """Append what the child prints to its log, which is turned over when it has grown large."""
    assert process.stdout is not None
    if log.is_file() and log.stat().st_size > _LOG_LIMIT:
        log.replace(log.with_suffix(".log.1"))
    with log.open("ab", buffering=0) as output:
        while chunk := await process.stdout.read(65536):
            output.write(chunk)
