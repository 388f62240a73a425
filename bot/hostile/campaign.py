"""The run: several threads send hostile calls, each response is judged, and the memory is looked at."""

from __future__ import annotations

import random
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import httpx

from bot.bench import memory
from bot.hostile.bodies import body_call, odd_call
from bot.hostile.calls import Call, Seen, Way, client, send
from bot.hostile.judging import Judge
from bot.hostile.messages import message
from bot.hostile.site import Site
from bot.hostile.surface import Surface, read_surface
from bot.hostile.talking import Talk, feedback_form, long_conversation, new_conversation, page_form
from bot.hostile.wire import send_raw, wire_call

THREADS = 8
STEP = 10_000
"""After so many calls the memory is looked at."""
_SHARES = {
    Way.NEW: 30, Way.LONG: 22, Way.FORM: 14, Way.PAGE: 5, Way.TELEGRAM: 2, Way.ZALO: 2, Way.READ: 15,
    Way.BODY: 5, Way.ODD: 3, Way.WIRE: 2,
}  # fmt: skip
"""Calls of each way in a hundred."""
_LONG_TALK = 60
_FORM_TALK = 10
_SETTLED = 120.0
_KEPT = 20


@dataclass(frozen=True, slots=True)
class Finding:
    """One violation, with what is needed to bring it about again."""

    problem: str
    call: Call
    seconds: float
    status: int


@dataclass(slots=True)
class Tally:
    """What became of the calls of one kind; `worst` is the longest time of a response, in seconds."""

    sent: int = 0
    answered: int = 0
    refused: int = 0
    worst: float = 0.0
    findings: int = 0

    def add(self, seen: Seen, problems: int) -> None:
        """Count one call. What is not answered is refused, or a finding."""
        self.sent += 1
        self.answered += 200 <= seen.status < 400
        self.refused += 400 <= seen.status < 500 or (bool(seen.broken) and not problems)
        self.worst = max(self.worst, seen.seconds)
        self.findings += problems > 0


@dataclass(slots=True)
class Found:
    """What a campaign found. Memories are in MiB by process, by the number of calls before them.

    `findings` holds the first of each problem, `problems` counts all of them. `alarms` are those of the logs,
    `unheard` people of a platform who were sent nothing, `refused` calls that a platform refused, `died` the
    parts that are no longer the process that they were.
    """

    seconds: float = 0.0
    families: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    ways: dict[Way, Tally] = field(default_factory=lambda: defaultdict(Tally))
    problems: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    findings: list[Finding] = field(default_factory=list)
    memories: dict[int, dict[str, int]] = field(default_factory=dict)
    alarms: dict[str, int] = field(default_factory=dict)
    unheard: dict[Way, int] = field(default_factory=dict)
    refused: dict[Way, int] = field(default_factory=dict)
    died: list[str] = field(default_factory=list)

    @property
    def sent(self) -> int:
        """All calls."""
        return sum(tally.sent for tally in self.ways.values())


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
        self._end = end
        self._seed = seed
        self._tell = tell
        self._surface = read_surface(site.url)
        self._judge = Judge(site.secrets, (site.settings.home,))
        self._found = Found()
        self._next = 0
        self._lock = threading.Lock()

    def run(self) -> Found:
        threads = [threading.Thread(target=self._work) for _ in range(THREADS)]
        self._look(0)
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return self._found

    def _work(self) -> None:
        with client(self._site.url, 1) as http:
            hand = _Hand(self._site, self._surface, http)
            while (number := self._take()) is not None:
                call, seen = hand.play(f"{self._seed}/{number}", self._questions)
                self._keep(call, seen)

    def _take(self) -> int | None:
        """The number of the next call, None when it is enough."""
        with self._lock:
            if self._next >= self._count or time.monotonic() > self._end:
                return None
            self._next += 1
            if self._next % STEP == 0:
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
            self._found.families[call.family].add(seen, len(problems))
            self._found.ways[call.way].add(seen, len(problems))
            for problem in problems:
                name = f"{call.way}: {problem}"
                self._found.problems[name] += 1
                if self._found.problems[name] <= _KEPT:
                    self._found.findings.append(Finding(problem, call, seen.seconds, seen.status))


class _Hand:
    """One attacker: the conversations that it is in, and the connection that it keeps."""

    def __init__(self, site: Site, surface: Surface, http: httpx.Client) -> None:
        self._site = site
        self._surface = surface
        self._http = http
        self._long = Talk(_LONG_TALK)
        self._form = Talk(_FORM_TALK)

    def play(self, seed: str, questions: Sequence[str]) -> tuple[Call, Seen]:
        """Make the call of a seed and send it."""
        dice = random.Random(f"way of {seed}")
        said = message(seed, questions)
        match dice.choices(tuple(_SHARES), tuple(_SHARES.values()))[0]:
            case Way.NEW:
                return self._sent(new_conversation(said, dice))
            case Way.LONG:
                return self._talked(self._long, long_conversation(self._long, said, dice))
            case Way.FORM:
                return self._talked(self._form, feedback_form(self._form, said, dice))
            case Way.PAGE:
                return self._sent(page_form(said, dice))
            case Way.TELEGRAM:
                return self._sent(self._site.platforms.telegram_update(said, dice))
            case Way.ZALO:
                return self._sent(self._site.platforms.zalo_update(said, dice))
            case Way.READ:
                return self._sent(self._surface.call(said, dice))
            case Way.BODY:
                return self._sent(body_call(said, dice))
            case Way.ODD:
                return self._sent(odd_call(said, dice))
        call = wire_call(said, dice)
        return call, send_raw(self._site.url, call)

    def _sent(self, call: Call) -> tuple[Call, Seen]:
        return call, send(self._http, call)

    def _talked(self, talk: Talk, call: Call) -> tuple[Call, Seen]:
        seen = send(self._http, call)
        talk.heard(seen)
        return call, seen
