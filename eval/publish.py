"""Writes what was measured into docs/quality.md, with its pictures.

``python -m eval.publish [FOLDER] [PAGE]``: FOLDER holds dialogues.json, ablation.json, robustness.json
(default: quality in the home folder); a part without its file says which command measures it.
"""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval import plots, tables
from eval.calibration import Said, searched
from eval.figures import Ablation, Measured, Robustness, Run, read
from eval.report import KEPT_APART
from trolyso.settings import ROOT, settings

PAGE = ROOT / "docs" / "quality.md"
_IMAGES = "images"
_COMMANDS = {
    "dialogues": "trolyso evaluate --json",
    "ablation": "trolyso bench ablation --json",
    "robustness": "trolyso robustness --json",
}


@dataclass(frozen=True, slots=True)
class Measurements:
    """All that was measured; a part is None when its file is not there."""

    dialogues: Measured[Run] | None
    ablation: Measured[Ablation] | None
    robustness: Measured[Robustness] | None

    @property
    def answers(self) -> dict[str, tuple[Said, ...]]:
        """The answers from a search by set, the sets that are published first."""
        run = self.dialogues.figures if self.dialogues else Run((), ())
        names = sorted(run.sets, key=lambda name: (name not in KEPT_APART, name))
        return {name: searched(run.turns, name) for name in names}


def measurements(folder: Path) -> Measurements:
    """The figures of a folder. Raises `FiguresError`."""
    return Measurements(
        read(Run, folder / "dialogues.json"),
        read(Ablation, folder / "ablation.json"),
        read(Robustness, folder / "robustness.json"),
    )


def blocks(found: Measurements, machine: str) -> dict[str, list[str]]:
    """The lines of each part of the page, by the name of its place."""
    run, search, typed = found.dialogues, found.ablation, found.robustness
    return {
        "scores": _block("dialogues", run, tables.scores(run.figures) if run else (), machine),
        "calibration": _block("dialogues", run, _calibration(found.answers), machine),
        "ablation": _block("ablation", search, tables.ablation(search.figures) if search else (), machine),
        "robustness": _block("robustness", typed, tables.robustness(typed.figures) if typed else (), machine),
    }


def _block(name: str, found: Measured[object] | None, lines: Iterable[str], machine: str) -> list[str]:
    if found is None:
        return [f"Not measured yet: `{_COMMANDS[name]} FILE` measures it, `make quality` runs that."]
    return [f"Measured on {found.day}, {machine}.", *lines]


def _calibration(answers: Mapping[str, Sequence[Said]]) -> Iterator[str]:
    yield from ("", f"![Said confidence and share right]({_IMAGES}/reliability.svg)")
    yield from tables.reliability(answers)
    yield from ("", f"![Right answers kept, wrong answers let through]({_IMAGES}/risk-coverage.svg)")
    yield from tables.risk_coverage(answers)


def published(page: str, name: str, lines: Iterable[str]) -> str:
    """The page with one place filled anew. Raises `ValueError` when the page lacks it."""
    begin, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    before, found, rest = page.partition(begin)
    _, closed, after = rest.partition(end)
    if not (found and closed):
        raise ValueError(f"expected {begin} and {end} in the page")
    return f"{before}{begin}\n{chr(10).join(lines)}\n{end}{after}"


def machine() -> str:
    """What figures were measured on, in words."""
    return f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"


def publish(folder: Path, page: Path, machine: str) -> None:
    """Fill the page from the files of a folder, and draw its pictures beside it.

    Raises `FiguresError` for a file, `ValueError` for a page that cannot be used; nothing is written then.
    """
    found = measurements(folder)
    text = page.read_text(encoding="utf-8")
    for name, lines in blocks(found, machine).items():
        text = published(text, name, lines)
    if found.dialogues:
        images = page.parent / _IMAGES
        images.mkdir(exist_ok=True)
        (images / "reliability.svg").write_bytes(plots.reliability(found.answers))
        (images / "risk-coverage.svg").write_bytes(plots.risk_coverage(found.answers))
    page.write_text(text, encoding="utf-8")


def main(arguments: Sequence[str]) -> int:
    """Publish the folder named first into the page named second; returns the exit status."""
    folder = Path(arguments[0]) if arguments else settings().home / "quality"
    page = Path(arguments[1]) if len(arguments) > 1 else PAGE
    try:
        publish(folder, page, machine())
    except (ValueError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
