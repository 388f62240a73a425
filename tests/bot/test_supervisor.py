"""The supervisor with real, tiny child processes."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
import textwrap
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bot.supervisor import Patience, Program, ProgramFailed, Supervisor
from bot.watchdog import answers
from trolyso.settings import ROOT

QUICK = Patience(first=0.01, longest=0.05, steady=60, tries=3, grace=5, look=0.01)
# Says that it lives by writing its process id, then waits to be ended.
WAITING = (
    "import os, pathlib, sys, time; pathlib.Path(sys.argv[1]).write_text(str(os.getpid())); time.sleep(600)"
)


def python(name: str, code: str, *arguments: str, cwd: Path, **env: str) -> Program:
    return Program(name, (sys.executable, "-S", "-c", code, *arguments), cwd, env)


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not condition():
            await asyncio.sleep(0.01)


def pid_in(path: Path) -> int | None:
    text = path.read_text() if path.is_file() else ""
    return int(text) if text else None


def lives(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


async def test_output_goes_to_the_log_and_env_reaches_the_child(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    code = "import os, sys; print(os.environ['WORD'], flush=True); " + WAITING
    program = python("echo", code, str(mark), cwd=tmp_path, WORD="xin chào")
    stop = asyncio.Event()
    running = asyncio.create_task(Supervisor([program], tmp_path / "logs", patience=QUICK).run(stop))
    await until(lambda: pid_in(mark) is not None)
    stop.set()
    await running
    assert (tmp_path / "logs" / "echo.log").read_text() == "xin chào\n"


async def test_stopping_ends_all_children(tmp_path: Path) -> None:
    marks = [tmp_path / "a", tmp_path / "b"]
    programs = [python(mark.name, WAITING, str(mark), cwd=tmp_path) for mark in marks]
    stop = asyncio.Event()
    running = asyncio.create_task(Supervisor(programs, tmp_path, patience=QUICK).run(stop))
    await until(lambda: all(pid_in(mark) for mark in marks))
    pids = [pid_in(mark) for mark in marks]
    stop.set()
    await running
    assert [lives(pid) for pid in pids if pid] == [False, False]


async def test_a_child_that_ignores_the_request_is_killed(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    code = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); " + WAITING
    stop = asyncio.Event()
    patience = Patience(grace=0.05)
    running = asyncio.create_task(
        Supervisor([python("deaf", code, str(mark), cwd=tmp_path)], tmp_path, patience=patience).run(stop)
    )
    await until(lambda: pid_in(mark) is not None)
    stop.set()
    await running
    assert not lives(pid_in(mark) or 0)


async def test_a_child_that_dies_is_started_again(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    told: list[str] = []
    stop = asyncio.Event()
    supervisor = Supervisor([python("frail", WAITING, str(mark), cwd=tmp_path)], tmp_path, told.append, QUICK)
    running = asyncio.create_task(supervisor.run(stop))
    await until(lambda: pid_in(mark) is not None)
    first = pid_in(mark)
    assert first
    os.kill(first, signal.SIGKILL)
    await until(lambda: pid_in(mark) not in (None, first))
    stop.set()
    await running
    assert told == ["frail: đã dừng (mã -9), khởi động lại sau 0.01 giây"]


async def test_a_child_that_never_lives_ends_everything_with_one_line(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    broken = python("broken", "import sys; print('no such thing'); sys.exit(3)", cwd=tmp_path)
    healthy = python("healthy", WAITING, str(mark), cwd=tmp_path)
    supervisor = Supervisor([broken, healthy], tmp_path, lambda _: None, QUICK)
    with pytest.raises(ProgramFailed, match=r"broken dừng 3 lần liên tiếp \(mã 3\).*broken\.log"):
        await asyncio.wait_for(supervisor.run(asyncio.Event()), 20)
    assert (tmp_path / "broken.log").read_text() == "no such thing\n" * 3
    assert (pid := pid_in(mark)) is None or not lives(pid)


async def test_a_missing_command_is_said_at_once(tmp_path: Path) -> None:
    program = Program("gone", (str(tmp_path / "nothing"),), tmp_path)
    with pytest.raises(ProgramFailed, match="Không chạy được"):
        await Supervisor([program], tmp_path, lambda _: None, QUICK).run(asyncio.Event())


async def test_grandchildren_end_too(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    code = f"import subprocess, sys; subprocess.run([sys.executable, '-S', '-c', {WAITING!r}, sys.argv[1]])"
    stop = asyncio.Event()
    running = asyncio.create_task(
        Supervisor([python("parent", code, str(mark), cwd=tmp_path)], tmp_path, patience=QUICK).run(stop)
    )
    await until(lambda: pid_in(mark) is not None)
    stop.set()
    await running
    grandchild = pid_in(mark)
    assert grandchild
    await until(lambda: not lives(grandchild))


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's parent-death signal is Linux's")
async def test_children_end_when_the_supervisor_is_killed(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    code = textwrap.dedent(
        f"""
        import asyncio, pathlib, sys
        from bot.supervisor import Program, Supervisor
        folder = pathlib.Path({str(tmp_path)!r})
        child = Program("child", (sys.executable, "-S", "-c", {WAITING!r}, {str(mark)!r}), folder)
        asyncio.run(Supervisor([child], folder).run(asyncio.Event()))
        """
    )
    supervisor = await asyncio.create_subprocess_exec(sys.executable, "-c", code, cwd=ROOT)
    await until(lambda: pid_in(mark) is not None)
    supervisor.kill()
    await supervisor.wait()
    child = pid_in(mark)
    assert child
    await until(lambda: not lives(child))


SERVING = """
import http.server, os, pathlib, sys
pathlib.Path(sys.argv[1]).write_text(str(os.getpid()))
class Quiet(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(404); self.end_headers()
    def log_message(self, *args): pass
http.server.HTTPServer(("127.0.0.1", int(sys.argv[2])), Quiet).serve_forever()
"""


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


async def test_a_child_that_was_well_is_started_again_as_often_as_it_takes(tmp_path: Path, port: int) -> None:
    mark = tmp_path / "mark"
    serving = replace(
        python("serving", SERVING, str(mark), str(port), cwd=tmp_path), health=f"http://127.0.0.1:{port}/"
    )
    stop = asyncio.Event()
    running = asyncio.create_task(Supervisor([serving], tmp_path, lambda _: None, QUICK).run(stop))
    killed: set[int] = set()
    for _ in range(QUICK.tries + 2):
        await until(lambda: pid_in(mark) not in (None, *killed))
        while not await answers(serving.health):
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.2)  # the supervisor has looked too
        pid = pid_in(mark)
        assert pid
        os.kill(pid, signal.SIGKILL)
        killed.add(pid)
    await until(lambda: pid_in(mark) not in (None, *killed))
    stop.set()
    await running


async def test_a_child_that_hangs_is_ended_and_started_again(tmp_path: Path, port: int) -> None:
    mark = tmp_path / "mark"
    serving = replace(
        python("serving", SERVING, str(mark), str(port), cwd=tmp_path), health=f"http://127.0.0.1:{port}/"
    )
    told: list[str] = []
    stop = asyncio.Event()
    patience = replace(QUICK, hung=1.0)
    running = asyncio.create_task(Supervisor([serving], tmp_path, told.append, patience).run(stop))
    while not await answers(serving.health):
        await asyncio.sleep(0.05)
    await asyncio.sleep(0.2)
    hung = pid_in(mark)
    assert hung
    os.kill(hung, signal.SIGSTOP)
    await until(lambda: pid_in(mark) not in (None, hung))
    stop.set()
    await running
    assert told[0] == "serving: không trả lời, buộc dừng"
