"""The figures of the benchmark, on known latencies and on a real child process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.bench import Round, lines, measure, memory
from bot.supervisor import SupervisorError

HUNDRED = Round(1, 10.0, tuple(number / 1000 for number in range(1, 101)), 2)


def test_percentiles_are_latencies_that_were_measured() -> None:
    assert HUNDRED.to_json() == {
        "callers": 1,
        "rate": 10.0,
        "failures": 2,
        "p50": 50.0,
        "p95": 95.0,
        "p99": 99.0,
    }


def test_one_answer_has_percentiles_too() -> None:
    assert Round(1, 1.0, (0.25,), 0).percentile(99) == 250.0


def test_figures_are_told_in_vietnamese() -> None:
    assert list(lines([HUNDRED], {"rasa": 900})) == [
        "1 người hỏi cùng lúc: p50 50 ms, p95 95 ms, p99 99 ms; 10.0 câu/giây; lỗi 2",
        "Bộ nhớ Rasa: 900 MiB",
    ]


def test_nothing_answered_is_said() -> None:
    with pytest.raises(SupervisorError, match="Không câu hỏi nào"):
        measure("http://127.0.0.1:9", ["xin chào"], 2, 1)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="memory is read from /proc")
def test_memory_is_that_of_the_named_processes_below() -> None:
    command = [sys.executable, "-S", "-c", "import sys; print(1, flush=True); sys.stdin.read()", "rasa"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdout
        child.stdout.readline()
        held = memory(os.getpid())
        child.communicate()
    assert list(held) == ["rasa"]
    assert held["rasa"] > 0
