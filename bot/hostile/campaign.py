"""The run: several threads send hostile calls, each response is judged, and the memory is looked at."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from bot.bench import memory
from bot.hostile.calls import Call, Seen, Way, client
from bot.hostile.found import Finding, Found
from bot.hostile.hand import Hand
from bot.hostile.judging import Judge
from bot.hostile.site import Site
from bot.hostile.surface import read_surface

THREADS = 8
LOOKS = 10
"""How often the memory is looked at during a run."""
_SETTLED = 120.0
_KEPT = 20


def run(
    site: Site,
    questions: Sequence[str],
    count: int,
    minutes: float,
    seed: int,
    tell: Callable[[str], None],
) -> Found:
    """Send `count` calls, or as many as fit into `minutes`."""
    before = site.members()
    attack = _Attack(site, questions, count, time.monotonic() + minutes * 60, seed, tell)
    began = time.monotonic()
    found = attack.run()
    found.seconds = time.monotonic() - began
    found.unheard = _settled(site)
    found.refused = site.platforms.refused()
    found.memories[found.sent] = memory(site.pid)
    found.alarms = site.alarms()
    after = site.members()
    found.died = [name for name, pids in before.items() if after.get(name) != pids]
    return found


def _settled(site: Site) -> dict[Way, int]:
    """People without an answer, after a while of calm for what is still under way."""
    deadline = time.monotonic() + _SETTLED
    while any(site.platforms.unheard().values()) and time.monotonic() < deadline:
        time.sleep(1)
    return site.platforms.unheard()


class _Attack:
    """The threads and what they share."""

    def __init__(
        self,
        site: Site,
        questions: Sequence[str],
        count: int,
        end: float,
        seed: int,
        tell: Callable[[str], None],
    ) -> None:
        self._site = site
        self._questions = questions
        self._count = count
        self._step = max(1, count // LOOKS)
        self._end = end
        self._seed = seed
        self._tell = tell
        self._surface = read_surface(site.url)
        self._judge = Judge(site.secrets, (site.settings.home,))
        self._found = Found()
        self._next = 0
        self._lock = threading.Lock()

    def run(self) -> Found:
        self._look(0)
        with ThreadPoolExecutor(THREADS) as pool:
            for work in [pool.submit(self._work) for _ in range(THREADS)]:
                work.result()  # a fault of the campaign itself must not pass for a good run
        return self._found

    def _work(self) -> None:
        with client(self._site.url, 1) as http:
            hand = Hand(self._site.url, self._site.platforms, self._surface, http)
            while (number := self._take()) is not None:
                call, seen = hand.play(f"{self._seed}/{number}", self._questions)
                self._keep(call, seen)

    def _take(self) -> int | None:
        """The number of the next call, None when it is enough."""
        with self._lock:
            if self._next >= self._count or time.monotonic() > self._end:
                return None
            self._next += 1
            if self._next % self._step == 0:
                self._look(self._next)
            return self._next

    def _look(self, number: int) -> None:
        sizes = memory(self._site.pid)
        self._found.memories[number] = sizes
        total, wrong = sum(sizes.values()), sum(self._found.problems.values())
        self._tell(f"{number} lượt, {wrong} vi phạm, {total} MiB {sizes}")

    def _keep(self, call: Call, seen: Seen) -> None:
        problems = self._judge.problems(call, seen)
        with self._lock:
            if call.way is not Way.WIRE:  # each of its requests is a family of its own
                self._found.families[call.family].add(seen, len(problems))
            self._found.ways[call.way].add(seen, len(problems))
            for problem in problems:
                name = f"{call.way}: {problem}"
                self._found.problems[name] += 1
                if self._found.problems[name] <= _KEPT:
                    self._found.findings.append(Finding(problem, call, seen.seconds, seen.status))
