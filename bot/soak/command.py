"""`trolyso soak`: the campaign on a service of its own, its table on a page of the documentation."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from bot.service import address
from bot.soak.campaign import faults, run
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
    with site(settings()) as there:
        people = People(address(there.settings), questions, there.world, _ASKERS, _PAUSE)
        found = run(there, people, faults(kills, random.Random(seed)), minutes, _tell)
    lines = list(table(found))
    if page:
        measured = [f"Measured on {date.today()}, {machine()}.", "", *lines]
        page.write_text(published(page.read_text("utf-8"), "soak", measured), "utf-8")
    _tell("\n".join(lines))
    return passed(found)


def _tell(line: str) -> None:
    print(line, flush=True)
