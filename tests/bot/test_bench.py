"""The figures of the benchmark, on known latencies and on a real child process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from bot.bench import Round, held, memory, timed_round
from bot.bench_speed import Comparison, lines, table
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


def round_of(milliseconds: float, rate: float = 10.0) -> Round:
    """Ten answers that all took as long."""
    return Round(1, 10 / rate, (milliseconds / 1000,) * 10, 0)


FOUND = Comparison(
    anchor=round_of(20),
    fresh=round_of(50),
    repeated=round_of(10),
    anchor_many=round_of(500, 40),
    fresh_many=round_of(900, 20),
    repeated_many=round_of(200, 160),
    first=round_of(50),
    last=round_of(55),
    start=9.96,
    memories={"rasa": 600, "actions": 424},
    anchor_memory=1100,
)


def test_ratios_are_ours_over_the_anchors() -> None:
    assert FOUND.to_json()["ratios"] == {
        "p50_repeated": 0.5,
        "p50_fresh": 2.5,
        "p95_to_p50": 1.0,
        "last_to_first": 1.1,
        "rate_repeated": 4.0,
        "rate_fresh": 0.5,
    }


def test_figures_are_told_ratios_first() -> None:
    told = list(lines(FOUND))
    assert told[0] == "p50 so với bot mặc định: câu lặp lại 0.50 lần, câu mới 2.50 lần"
    assert told[-1] == "Khởi động khi đã cài đặt: 10.0 giây"


def test_the_table_has_targets_beside_figures() -> None:
    rows = list(table(FOUND))
    assert "| p50 over the default bot's, asked before | 0.50 | 0.5 |" in rows
    assert "| memory of all processes | 1.00 GiB | 2.2 GB |" in rows


def test_a_round_counts_what_is_not_answered() -> None:
    def ask(conversation: str, message: str) -> None:
        if message == "bad":
            raise httpx.ConnectError(conversation)

    found = timed_round(ask, [("a", "good"), ("b", "bad"), ("c", "good")], 2)
    assert (len(found.latencies), found.failures) == (2, 1)


def test_nothing_answered_is_said() -> None:
    def ask(conversation: str, message: str) -> None:
        raise httpx.ConnectError(f"{conversation}: {message}")

    with pytest.raises(SupervisorError, match="Không câu hỏi nào"):
        timed_round(ask, [("a", "xin chào")], 1)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="memory is read from /proc")
def test_memory_is_that_of_the_named_processes_below() -> None:
    command = [sys.executable, "-S", "-c", "import sys; print(1, flush=True); sys.stdin.read()", "nlu"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdout
        child.stdout.readline()
        found, whole = memory(os.getpid()), held(child.pid)
        child.communicate()
    assert list(found) == ["rasa"]
    assert found["rasa"] == whole > 0
