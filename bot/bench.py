"""Rounds of timed messages, and the memory of processes: what the benchmarks share."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from bot.supervisor import SupervisorError

# A word of the command line of each part.
_PARTS = {"actions": "actions", "nlu": "rasa", "gateway": "gateway"}


@dataclass(frozen=True, slots=True)
class Round:
    """One round of questions: `latencies` in seconds, in rising order, of those that were answered."""

    callers: int
    seconds: float
    latencies: tuple[float, ...]
    failures: int

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.latencies) / self.seconds

    def percentile(self, percent: float) -> float:
        """The latency, in milliseconds, that `percent` of the answers do not exceed."""
        place = max(0, -(-len(self.latencies) * percent // 100) - 1)
        return self.latencies[int(place)] * 1000

    def to_json(self) -> dict[str, Any]:
        """Ready for `json.dumps`; times in milliseconds."""
        times = {f"p{percent}": round(self.percentile(percent), 1) for percent in (50, 95, 99)}
        return {"callers": self.callers, "rate": round(self.rate, 1), "failures": self.failures, **times}


def timed_round(ask: Callable[[str, str], None], messages: Sequence[tuple[str, str]], callers: int) -> Round:
    """Send messages ``(conversation, text)`` from `callers` threads.

    Raises `SupervisorError` when none of them is answered.
    """

    def timed(message: tuple[str, str]) -> float | None:
        began = time.perf_counter()
        try:
            ask(*message)
        except httpx.HTTPError:
            return None
        return time.perf_counter() - began

    began = time.perf_counter()
    with ThreadPoolExecutor(callers) as pool:
        found = list(pool.map(timed, messages))
    seconds = time.perf_counter() - began
    answered = tuple(sorted(latency for latency in found if latency is not None))
    if not answered:
        raise SupervisorError("Không câu hỏi nào được trả lời, nên không có gì để đo.")
    return Round(callers, seconds, answered, len(found) - len(answered))


def memory(root_pid: int) -> dict[str, int]:
    """Resident memory in MiB of the service's processes below `root_pid`; empty where there is no /proc."""
    return {name: sum(map(_resident, pids)) for name, pids in processes(root_pid).items()}


def processes(root_pid: int) -> dict[str, list[int]]:
    """The processes below `root_pid` by the part of the service that they are, oldest first."""
    found: dict[str, list[int]] = {}
    for pid in sorted(_below(root_pid)):
        try:
            words = Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace").split("\0")
        except OSError:
            continue  # it ended meanwhile
        name = next((part for word, part in _PARTS.items() if word in words), None)
        if name:
            found.setdefault(name, []).append(pid)
    return found


def held(pid: int) -> int:
    """Resident memory in MiB of one process and all below it."""
    return _resident(pid) + sum(_resident(child) for child in _below(pid))


def _below(root_pid: int) -> list[int]:
    """All descendants of a process."""
    parents: dict[int, int] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            after_name = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it ended meanwhile
        parents[int(folder.name)] = int(after_name[1])
    found, level = [], [root_pid]
    while level:
        level = [pid for pid, parent in parents.items() if parent in level]
        found += level
    return found


def _resident(pid: int) -> int:
    try:
        status = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0  # it ended meanwhile
    size = next((line.split()[1] for line in status if line.startswith("VmRSS:")), "0")
    return int(size) // 1024
