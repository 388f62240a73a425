"""`trolyso soak`: the campaign on a service of its own, its table on a page of the documentation."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from bot.service import address
from bot.soak.campaign import Found, faults, joined, run, spent
from bot.soak.faults import ClockJump, Fault
from bot.soak.people import People
from bot.soak.report import passed, table
from bot.soak.site import site
from eval.dialogues import load
from eval.publish import machine, published
from trolyso.settings import settings

_ASKERS = 8
_PAUSE = 0.6


def soak(files: Sequence[Path], minutes: float, kills: int, seed: int, page: Path | None) -> bool:
    """Run it with the questions of `files`; True when every target is met. Raises `SupervisorError`."""
    questions = [dialogue.turns[0].user for path in files for dialogue in load(path)]
    order = faults(kills, random.Random(seed))
    found = joined([_found(questions, part, minutes * spent(part) / spent(order)) for part in parts(order)])
    lines = list(table(found))
    if page:
        measured = [f"Measured on {date.today()}, {machine()}.", "", *lines]
        page.write_text(published(page.read_text("utf-8"), "soak", measured), "utf-8")
    _tell("\n".join(lines))
    return passed(found)


def parts(order: Sequence[Fault]) -> Iterator[list[Fault]]:
    """The faults that a service as it is meets, and those of the clock, for which it needs another sky.

    Under libfaketime every wait for Python's lock takes the library's own locks and reads the environment:
    both cores are busy with that when threads have something to do, and what it reads may be gone (a crash).
    """
    yield [fault for fault in order if not isinstance(fault, ClockJump)]
    yield [fault for fault in order if isinstance(fault, ClockJump)]


def _found(questions: Sequence[str], order: Sequence[Fault], minutes: float) -> Found:
    with site(settings(), sky=isinstance(order[0], ClockJump)) as there:
        people = People(address(there.settings), questions, there.world, _ASKERS, _PAUSE)
        return run(there, people, order, minutes, _tell)


def _tell(line: str) -> None:
    print(line, flush=True)
