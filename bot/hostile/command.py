"""`trolyso hostile`: the campaign on a service of its own, its table on a page of the documentation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from bot.hostile.campaign import run
from bot.hostile.reading import try_all
from bot.hostile.report import passed, record, table, troubles
from bot.hostile.site import site
from eval.dialogues import load
from eval.publish import machine, published
from trolyso.settings import settings

FINDINGS = "hostile-findings.jsonl"
"""The file in the home folder that holds each violation, so that it can be repeated."""


def hostile(files: Sequence[Path], count: int, minutes: float, seed: int, page: Path | None) -> bool:
    """Run it with the questions of `files`; True when every target is met. Raises `SupervisorError`."""
    questions = [turn.user for path in files for dialogue in load(path) for turn in dialogue.turns]
    with site(settings()) as there:
        found = run(there, questions, count, minutes, seed, _tell)
    found.files.extend(try_all(seed))
    lines = list(table(found))
    _tell("\n".join([*lines, "", *troubles(found)]))
    if found.findings:
        kept = settings().home / FINDINGS
        kept.write_text("".join(f"{record(each)}\n" for each in found.findings), "utf-8")
        _tell(f"Vi phạm được ghi trong {kept}")
    if page:
        measured = [f"Measured on {date.today()}, {machine()}.", "", *lines]
        page.write_text(published(page.read_text("utf-8"), "hostile", measured), "utf-8")
    return passed(found)


def _tell(line: str) -> None:
    print(line, flush=True)
