"""The order of the faults, and what became of people's messages during each and afterwards."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bot.bench import memory
from bot.soak.faults import (
    PARTS,
    ClockJump,
    DiskFull,
    Fault,
    IndexDamaged,
    Killed,
    ModelDamaged,
    PeopleLocked,
    Stopped,
    StoreDown,
)
from bot.soak.people import Outcome, People, Sent, client, send
from bot.soak.site import Site
from knowledge.store.people import PeopleStore

PROBE = "ai chủ trì chỉ tiêu OCOP 2024?"
_LOOK = 0.1
_LONGEST = 120.0
_SETTLED = 90.0
_AFTER = 8.0


@dataclass(frozen=True, slots=True)
class Spell:
    """One fault: `recovery` is the time from its end to the first right answer, in seconds.

    `sent` are the messages that were on their way between its begin and that answer.
    """

    fault: str
    recovery: float
    sent: tuple[Sent, ...]

    def count(self, outcome: Outcome) -> int:
        """Messages with an outcome."""
        return sum(each.outcome is outcome for each in self.sent)


@dataclass(frozen=True, slots=True)
class Found:
    """What a campaign found. `skipped` names the faults that could not be brought about, with the reason.

    `lost` are tickets whose code was told to someone and that are not held, `unheard` Telegram users without
    any reply; the memories are in MiB by process.
    """

    minutes: float
    spells: tuple[Spell, ...]
    skipped: dict[str, str]
    outcomes: dict[Outcome, int]
    details: dict[str, int]
    tickets: int
    lost: int
    writers: int
    unheard: int
    memory_before: dict[str, int]
    memory_after: dict[str, int]

    @property
    def slowest(self) -> float:
        """The longest recovery, in seconds."""
        return max((spell.recovery for spell in self.spells), default=0.0)


def faults(kills: int, dice: random.Random) -> list[Fault]:
    """Every kind of fault, and `kills` blows to the processes in turn, in an order by chance."""
    several: list[Fault] = [
        Stopped("actions", 10),
        Stopped("actions", 45),
        Stopped("rasa", 10),
        StoreDown(),
        PeopleLocked(),
        DiskFull(),
        ClockJump("+3d"),
        ClockJump("-3h"),
        IndexDamaged(),
        ModelDamaged(),
    ]
    several += [Killed(PARTS[number % len(PARTS)]) for number in range(kills)]
    dice.shuffle(several)
    return several


def spent(order: Sequence[Fault]) -> float:
    """The seconds that some faults take without any rest: each lasts, and is followed by a recovery."""
    return sum(fault.seconds + _AFTER for fault in order)


def joined(parts: Sequence[Found]) -> Found:
    """What campaigns found together, each with a service of its own; the memory is that of the first."""
    return Found(
        sum(part.minutes for part in parts),
        tuple(spell for part in parts for spell in part.spells),
        {name: reason for part in parts for name, reason in part.skipped.items()},
        dict(sum((Counter(part.outcomes) for part in parts), Counter())),
        dict(sum((Counter(part.details) for part in parts), Counter())),
        sum(part.tickets for part in parts),
        sum(part.lost for part in parts),
        sum(part.writers for part in parts),
        sum(part.unheard for part in parts),
        parts[0].memory_before,
        parts[0].memory_after,
    )


def run(
    site: Site, people: People, order: Sequence[Fault], minutes: float, tell: Callable[[str], None]
) -> Found:
    """Bring about the faults one after the other while people ask, within `minutes`."""
    url = f"http://127.0.0.1:{site.settings.port}"
    began = time.monotonic()
    before = memory(site.pid)
    people.start()
    time.sleep(5)
    spells, skipped = [], {}
    for fault, rest in _paced(order, began + minutes * 60):
        if reason := fault.missing(site):
            skipped[fault.name] = reason
            continue
        spell = _spell(site, people, fault, url)
        tell(_line(spell))
        spells.append(spell)
        time.sleep(rest)
    people.stop()
    unheard = _unheard(site, people)
    with PeopleStore.open(site.settings.people_url) as store:
        lost = sum(store.ticket(code) is None for code in people.tickets)
    counted = Counter(each.outcome for each in people.sent)
    details = Counter(each.detail for each in people.sent if each.outcome in (Outcome.HONEST, Outcome.WRONG))
    return Found(
        (time.monotonic() - began) / 60, tuple(spells), skipped, dict(counted), dict(details),
        len(people.tickets), lost, len(people.writers), unheard, before, memory(site.pid),
    )  # fmt: skip


def _paced(order: Sequence[Fault], end: float) -> Iterator[tuple[Fault, float]]:
    """The faults with the rest after each, in seconds, so that all of them fit before `end`, if they can."""
    for number, fault in enumerate(order):
        left = end - time.monotonic()
        if left < fault.seconds:
            return
        yield fault, max(1.0, (left - spent(order[number:])) / (len(order) - number))


def _spell(site: Site, people: People, fault: Fault, url: str) -> Spell:
    first = len(people.sent)
    with fault.lasting(site):
        time.sleep(fault.seconds)
    ended = time.monotonic()
    recovery = _recovery(url, ended)
    return Spell(fault.name, recovery, tuple(people.sent[first:]))


def _recovery(url: str, ended: float) -> float:
    """Seconds until a new person gets a right answer again."""
    with client() as http:
        while time.monotonic() - ended < _LONGEST:
            said, body = send(http, url, PROBE)
            if said.outcome is Outcome.ANSWERED and body["status"] == "answered":
                return time.monotonic() - ended
            time.sleep(_LOOK)
    return _LONGEST


def _unheard(site: Site, people: People) -> int:
    """Telegram users to whom nothing was sent, after a while of calm for what is still under way."""
    deadline = time.monotonic() + _SETTLED
    while True:
        heard = {sent.chat for sent in site.world.sent}
        unheard = sum(person not in heard for person in people.writers)
        if not unheard or time.monotonic() > deadline:
            return unheard
        time.sleep(1)


def _line(spell: Spell) -> str:
    parts = ", ".join(f"{spell.count(outcome)} {outcome}" for outcome in Outcome if spell.count(outcome))
    return f"{spell.fault}: {spell.recovery:.1f} s; {parts}"
