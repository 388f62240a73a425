"""How much it costs when a question is typed otherwise: the same questions in many spellings.

``python -m eval.robustness [--url URL] [--count N] [--only NAME] [--seed S] [--show N] [--check]
[--json OUT] FILE…``: asks each question as it is written and in every transformation of
`eval.transforms`, and prints what was kept and what was lost. Exit 1 with ``--check`` when one costs more
points than its bound, 2 when the sets or the options cannot be used.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from eval.client import DEFAULT_URL, Client
from eval.dialogues import Dialogue, DialogueError, load
from eval.report import Failure, Outcome, Report
from eval.runner import Assistant, run
from eval.transforms import TRANSFORMATIONS, Transformation

#: Styles whose questions carry their accents, the plainest first; taken in this order up to the count.
ACCENTED_STYLES = ("plain", "formal", "colloquial", "long", "southern", "abbr")
COUNT = 200


@dataclass(frozen=True, slots=True)
class Effect:
    """The same dialogues before and after one transformation, in the same order."""

    transformation: Transformation
    before: Report
    after: Report

    @property
    def kept(self) -> int:
        """How many dialogues were right and still are."""
        return sum(old.passed and new.passed for old, new in self._pairs())

    @property
    def lost(self) -> float:
        """Points lost: the share that was right (0 to 100) less the share that is right now."""
        return self.before.percent - self.after.percent

    @property
    def newly_wrong(self) -> int:
        """How many dialogues are confidently wrong that were not."""
        return sum(new.confidently_wrong and not old.confidently_wrong for old, new in self._pairs())

    @property
    def within(self) -> bool:
        """Whether the loss keeps to the bound of the transformation."""
        return self.transformation.bound is None or self.lost <= self.transformation.bound

    def broken(self) -> Iterator[tuple[Outcome, Failure]]:
        """The dialogues that were right and are not, with its first failure; none of a set kept apart."""
        for old, new in self._pairs():
            if old.passed and new.failures and not new.kept_apart:
                yield new, new.failures[0]

    def to_json(self) -> dict[str, Any]:
        """Everything, ready for `json.dumps`."""
        return {
            "name": self.transformation.name,
            "right": self.after.passed,
            "kept": self.kept,
            "lost": self.lost,
            "bound": self.transformation.bound,
            "confidently_wrong": _wrong(self.after),
            "newly_wrong": self.newly_wrong,
            "broken": [
                {
                    "id": outcome.dialogue.id,
                    "typed": failure.user,
                    "problems": list(failure.problems),
                    "status": failure.status,
                    "text": failure.text,
                }
                for outcome, failure in self.broken()
            ],
        }

    def _pairs(self) -> Iterator[tuple[Outcome, Outcome]]:
        return zip(self.before.outcomes, self.after.outcomes, strict=True)


def questions(dialogues: Iterable[Dialogue], count: int = COUNT) -> list[Dialogue]:
    """At most `count` dialogues of one turn typed with accents, by style and then in their order."""
    single = [dialogue for dialogue in dialogues if len(dialogue.turns) == 1]
    ranked = [dialogue for style in ACCENTED_STYLES for dialogue in single if dialogue.style == style]
    return ranked[:count]


def retyped(dialogue: Dialogue, transformation: Transformation, seed: int) -> Dialogue:
    """The dialogue with every message of the person transformed."""
    turns = (replace(turn, user=transformation.of(turn.user, seed)) for turn in dialogue.turns)
    return replace(dialogue, turns=tuple(turns))


def effects(
    dialogues: Sequence[Dialogue],
    assistant: Assistant,
    transformations: Iterable[Transformation] = TRANSFORMATIONS,
    seed: int = 0,
) -> Iterator[Effect]:
    """The effect of each transformation, as soon as it is known; a spelling is asked once."""
    before = run(dialogues, assistant)
    known = {outcome.dialogue.turns: outcome for outcome in before.outcomes}
    for transformation in transformations:
        changed = [retyped(dialogue, transformation, seed) for dialogue in dialogues]
        asked = run([dialogue for dialogue in changed if dialogue.turns not in known], assistant)
        fresh = known | {outcome.dialogue.turns: outcome for outcome in asked.outcomes}
        after = tuple(replace(fresh[dialogue.turns], dialogue=dialogue) for dialogue in changed)
        yield Effect(transformation, before, Report(after))


def render(effect: Effect, show: int) -> Iterator[str]:
    """One line of the table, with the first `show` questions that were lost."""
    bound = effect.transformation.bound
    yield (
        f"{effect.transformation.name:16}{effect.after.passed:5}{effect.kept:7}{effect.lost:8.1f}"
        f"{'' if bound is None else format(bound, '7.0f'):7}{_wrong(effect.after):7}{effect.newly_wrong:5}"
        f"{'' if effect.within else '  over its bound'}"
    )
    for outcome, failure in list(effect.broken())[:show]:
        yield f"    {outcome.dialogue.id} {failure.user[:200]!r} -> {', '.join(failure.problems)}"
        yield f"      [{failure.status}] {failure.text[:200]!r}"


def head(before: Report) -> str:
    """The first lines: the questions as they are written, and the names of the columns."""
    return (
        f"{len(before.outcomes)} questions, {before.passed} right as written "
        f"({before.percent:.1f}%), {_wrong(before)} confidently wrong\n"
        f"{'typed':16}{'right':>5}{'kept':>7}{'lost':>8}{'bound':>7}{'wrong':>7}{'new':>5}"
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run, print and compare with the bounds; returns the exit status."""
    given = _parser().parse_args(arguments)
    try:
        chosen = questions([dialogue for path in given.files for dialogue in load(path)], given.count)
    except DialogueError as error:
        print(error, file=sys.stderr)
        return 2
    if not chosen:
        print("no question that is typed with accents in one turn", file=sys.stderr)
        return 2
    wanted = [one for one in TRANSFORMATIONS if not given.only or one.name in given.only]
    found: list[Effect] = []
    with Client(given.url) as client:
        for effect in effects(chosen, client, wanted, given.seed):
            if not found:
                print(head(effect.before))
            found.append(effect)
            print(*render(effect, given.show), sep="\n", flush=True)
    if given.json:
        given.json.write_text(to_json(found), encoding="utf-8")
    return int(given.check and not all(effect.within for effect in found))


def to_json(found: Sequence[Effect]) -> str:
    """The whole table as JSON text."""
    before = found[0].before
    whole = {
        "questions": len(before.outcomes),
        "right": before.passed,
        "confidently_wrong": _wrong(before),
        "transformations": [effect.to_json() for effect in found],
    }
    return json.dumps(whole, ensure_ascii=False, indent=1)


def _wrong(report: Report) -> int:
    return sum(outcome.confidently_wrong for outcome in report.outcomes)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval.robustness", description=__doc__)
    names = [one.name for one in TRANSFORMATIONS]
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--url", default=DEFAULT_URL)
    parser.add_argument("--count", type=int, default=COUNT, metavar="N", help="at most so many questions")
    parser.add_argument("--only", action="append", choices=names, metavar="NAME", help=", ".join(names))
    parser.add_argument("--seed", type=int, default=0, help="another seed types otherwise")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print the first N lost of each")
    parser.add_argument("--check", action="store_true", help="exit 1 when one costs more than its bound")
    parser.add_argument("--json", type=Path, metavar="OUT", help="write the whole table there")
    return parser


if __name__ == "__main__":
    sys.exit(main())
