"""Measure the search on labelled questions, and fit the calibration on them.

usage: python -m knowledge.search.tuning LABELLED.jsonl [--write]

Each line is ``{"query": …, "years": […], "right": [passage ids]}``; "right" is empty for a question
that the documents do not answer. Every question is asked twice, as written and with its marks
removed and restored. ``--write`` puts the fitted coefficients where the package reads them.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from knowledge.search.calibrate import TABLE, Calibration, Labelled, fit, save
from knowledge.search.encoder import load_encoder
from knowledge.search.engine import Hit, Query, SearchEngine
from knowledge.search.serving import SearchIndex
from trolyso.settings import settings
from vietnamese import fold, restore

DEPTH = 5
CUTS = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7)


@dataclass(frozen=True, slots=True)
class Question:
    """A labelled question; `right` holds ids of passages, any of which is a right answer."""

    query: Query
    right: frozenset[str]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the search gave for a question."""

    question: Question
    hits: tuple[Hit, ...]

    def right(self, hit: Hit) -> bool:
        """Whether a hit, or one that says the same, is among the right passages."""
        return not self.question.right.isdisjoint({hit.passage.id, *hit.same})

    def place(self) -> int | None:
        """Place of the first right hit, from 0."""
        return next((place for place, hit in enumerate(self.hits) if self.right(hit)), None)


def read_as_written(path: Path) -> Iterator[Question]:
    """Each labelled question."""
    for line in path.read_text("utf-8").splitlines():
        entry = json.loads(line)
        query = Query(entry["query"], years=frozenset(entry["years"]), limit=DEPTH)
        yield Question(query, frozenset(entry["right"]))


def read_questions(path: Path) -> Iterator[Question]:
    """Each labelled question, as written and then with restored marks."""
    for question in read_as_written(path):
        yield question
        written = question.query.text
        restored = replace(question.query, text=restore(fold(written)), original=written, accented=False)
        yield replace(question, query=restored)


def ask(engine: SearchEngine, questions: Iterator[Question]) -> list[Outcome]:
    """Search for each question."""
    return [Outcome(question, tuple(engine.search(question.query))) for question in questions]


def judged(outcomes: Sequence[Outcome]) -> list[Labelled]:
    """Every hit of every outcome with its verdict, for `fit`."""
    return [Labelled(hit.parts, outcome.right(hit)) for outcome in outcomes for hit in outcome.hits]


def precision(outcomes: Sequence[Outcome], depth: int) -> float:
    """Share of the answerable questions with a right hit among the first `depth`."""
    answerable = [outcome for outcome in outcomes if outcome.question.right]
    found = [place for outcome in answerable if (place := outcome.place()) is not None and place < depth]
    return len(found) / max(len(answerable), 1)


def report(outcomes: Sequence[Outcome], calibration: Calibration) -> Iterator[str]:
    """Lines for a reader: precision with and without typed marks, then what each cut on the score does."""
    for name, accented in (("as written", True), ("marks restored", False)):
        chosen = [outcome for outcome in outcomes if outcome.question.query.accented is accented]
        yield f"{name}: P@1 {precision(chosen, 1):.1%}, P@3 {precision(chosen, 3):.1%}"
    tops = [
        (calibration.probability(outcome.hits[0].parts), outcome.place() == 0, bool(outcome.question.right))
        for outcome in outcomes
        if outcome.hits
    ]
    for cut in CUTS:
        kept = [right for score, right, _ in tops if score >= cut]
        refused = [score < cut for score, _, answerable in tops if not answerable]
        yield (
            f"score >= {cut:.1f}: {len(kept) / len(tops):.1%} answered, {sum(kept) / max(len(kept), 1):.1%} "
            f"of them right; {sum(refused) / max(len(refused), 1):.1%} of the unanswerable refused"
        )


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("labelled", type=Path)
    parser.add_argument("--write", action="store_true", help="keep the fitted coefficients")
    arguments = parser.parse_args()
    encoder = load_encoder(settings().encoder_path)
    engine = SearchEngine(SearchIndex(settings().index_path, encoder))
    outcomes = ask(engine, read_questions(arguments.labelled))
    calibration = fit(judged(outcomes))
    print(*report(outcomes, calibration), calibration, sep="\n")
    if arguments.write:
        save(calibration, Path(__file__).parent / "data" / TABLE)


if __name__ == "__main__":
    main()
