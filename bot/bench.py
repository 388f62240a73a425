"""`trolyso bench`: how fast the whole service answers, and how much memory its processes take.

It runs a service of its own on this machine and asks it a fixed, bounded number of questions.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from bot.api_client import ApiClient, ApiError
from bot.supervisor import SupervisorError

_WARM_UP = 10
_NAMES = {"actions": "máy chủ hành động", "rasa": "Rasa", "gateway": "cổng giao tiếp"}


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


def measure(url: str, questions: Sequence[str], count: int, callers: int) -> Round:
    """Ask `count` questions over `callers` connections, each question in a new conversation.

    Raises `SupervisorError` when none of them is answered.
    """
    for question in questions[:_WARM_UP]:
        _timed(url, question)
    began = time.perf_counter()
    with ThreadPoolExecutor(callers) as pool:
        found = list(pool.map(lambda question: _timed(url, question), islice(cycle(questions), count)))
    seconds = time.perf_counter() - began
    answered = tuple(sorted(latency for latency in found if latency is not None))
    if not answered:
        raise SupervisorError("Không câu hỏi nào được trả lời, nên không có gì để đo.")
    return Round(callers, seconds, answered, len(found) - len(answered))


def memory(root_pid: int) -> dict[str, int]:
    """Resident memory in MiB of the service's processes below `root_pid`; empty where there is no /proc."""
    found: dict[str, int] = {}
    for pid in _below(root_pid):
        words = Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace").split("\0")
        name = next((name for name in _NAMES if name in words), None)
        if name:
            found[name] = found.get(name, 0) + _resident(pid)
    return found


def lines(rounds: Sequence[Round], held: dict[str, int]) -> Iterator[str]:
    """The figures for people."""
    for each in rounds:
        times = ", ".join(f"p{percent} {each.percentile(percent):.0f} ms" for percent in (50, 95, 99))
        yield f"{each.callers} người hỏi cùng lúc: {times}; {each.rate:.1f} câu/giây; lỗi {each.failures}"
    for name, size in held.items():
        yield f"Bộ nhớ {_NAMES[name]}: {size} MiB"


def _timed(url: str, question: str) -> float | None:
    with ApiClient(url) as client:
        began = time.perf_counter()
        try:
            client.ask(question)
        except ApiError:
            return None
        return time.perf_counter() - began


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
    status = Path(f"/proc/{pid}/status").read_text().splitlines()
    size = next((line.split()[1] for line in status if line.startswith("VmRSS:")), "0")
    return int(size) // 1024
