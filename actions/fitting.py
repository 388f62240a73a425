"""Fits the ranking to labelled dialogues: ``python -m actions.fitting --readings FILE [--write] DIALOGUES…``.

`FILE` comes from ``scripts/parse_messages.py``. A candidate counts as right when the answer made from it
passes the judge of `eval`; a turn to abstain in counts for "none of them". Dialogues are held as a
person would hold them, so that follow-ups are read in their focus. What is printed is measured with
dialogues held out (five folds), never on those that were fitted.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from actions.__main__ import open_corpus
from actions.answering import Answerer
from actions.assistant import Assistant, as_meant
from actions.candidates import find_candidates
from actions.corpus import Corpus
from actions.dialogue import Dialogue
from actions.evidence import doubts_of
from actions.message import Message, from_rasa
from actions.question import Kind, Question
from actions.ranking import DOUBTS, FEATURES, TABLE, Ranking
from actions.resolving import located, scope
from actions.subject import says_something
from actions.understanding import understand
from eval.dialogues import Expect, load
from eval.judge import Reply, judge
from trolyso.settings import settings

_SEARCHED = (Kind.INDICATOR, Kind.CLAUSE, Kind.COMPARE)
_RIDGE = 0.002
_FOLDS = 5


@dataclass(frozen=True, slots=True)
class Lesson:
    """One turn: the evidence of its candidates, the doubts, and the share that each should get.

    `right` has one number more than `rows`, for "none of them"; it sums to 1.
    """

    dialogue: str
    rows: NDArray[np.float64]
    doubts: NDArray[np.float64]
    right: NDArray[np.float64]


def lessons_of(files: Sequence[Path], readings: dict[str, Any], corpus: Corpus) -> Iterator[Lesson]:
    """The turns of the dialogues that are answered by a search."""
    assistant, answerer = Assistant(corpus), Answerer(corpus)
    for dialogue in (dialogue for path in files for dialogue in load(path)):
        state = Dialogue()
        for turn in dialogue.turns:
            message = from_rasa(readings[turn.user])
            if lesson := _lesson(dialogue.id, message, turn.expect, state, answerer, corpus):
                yield lesson
            state = assistant.reply(message, state).dialogue


def _lesson(
    name: str, message: Message, expect: Expect, state: Dialogue, answerer: Answerer, corpus: Corpus
) -> Lesson | None:
    question = located(understand(as_meant(message), state, corpus.today), corpus)
    if question.kind in (Kind.OUT_OF_SCOPE, Kind.TALK):
        # What the intent calls another topic is looked for too, before it is refused.
        question = question.but(kind=Kind.INDICATOR)
    documents = scope(question, corpus).documents
    if not _is_searched(question) or not documents:
        return None
    near = corpus.record(state.record) if state.record else None
    found = find_candidates(question, documents, corpus, near)
    right = np.array([_is_right(expect, question, c.record, answerer) for c in found], np.float64)
    if expect.abstain:
        right[:] = 0.0
    elif not right.any():
        return None
    target = np.append(right / max(right.sum(), 1.0), float(not right.any()))
    rows = [candidate.evidence for candidate in found]
    return Lesson(
        name, np.array(rows).reshape(-1, len(FEATURES)), np.array(doubts_of(rows, question, corpus)), target
    )


def _is_searched(question: Question) -> bool:
    named = question.row or question.clause or question.unheld
    return question.kind in _SEARCHED and not named and says_something(question.subject)


def _is_right(expect: Expect, question: Question, record: Any, answerer: Answerer) -> bool:
    """True when the answer made from a record is a right one, or one of the choices to be offered."""
    answer = json.loads(json.dumps(answerer.about(question, record, 1.0).answer.to_json()))
    reply = Reply.from_json(answer)
    if expect.clarify:
        shown = {(cite.document, cite.row) for cite in reply.cites}
        return any((cite.document, cite.row) in shown for cite in expect.cites)
    return not judge(expect, reply)


def fit(lessons: Sequence[Lesson], ridge: float = _RIDGE) -> Ranking:
    """Maximum likelihood with an L2 penalty. Raises `ValueError` without lessons."""
    if not lessons:
        raise ValueError("fitting needs lessons")
    rows, held, doubts, right = _stacked(lessons)
    size = len(FEATURES) + len(DOUBTS)
    penalty = ridge * len(lessons) / size

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        slopes, none = weights[: len(FEATURES)], weights[len(FEATURES) :]
        utilities = np.column_stack([np.where(held, rows @ slopes, -np.inf), doubts @ none])
        chance = np.exp(utilities - utilities.max(axis=1, keepdims=True))
        chance /= chance.sum(axis=1, keepdims=True)
        wrong = chance - right
        slope = np.append(np.einsum("nc,ncf->f", wrong[:, :-1], rows), wrong[:, -1] @ doubts)
        total = -float((right * np.log(chance + 1e-12)).sum()) + penalty / 2 * float(weights @ weights)
        return total, slope + penalty * weights

    found = minimize(loss, np.zeros(size), jac=True, method="L-BFGS-B").x
    return Ranking(
        dict(zip(FEATURES, (round(float(x), 4) for x in found), strict=False)),
        dict(zip(DOUBTS, (round(float(x), 4) for x in found[len(FEATURES) :]), strict=True)),
    )


def _stacked(lessons: Sequence[Lesson]) -> tuple[NDArray[np.float64], ...]:
    """The lessons as arrays of one shape: rows, which of them are held, doubts, and what is right."""
    most = max(len(lesson.rows) for lesson in lessons)
    rows = np.zeros((len(lessons), most, len(FEATURES)))
    held = np.zeros((len(lessons), most), bool)
    right = np.zeros((len(lessons), most + 1))
    for at, lesson in enumerate(lessons):
        count = len(lesson.rows)
        rows[at, :count], held[at, :count] = lesson.rows, True
        right[at, :count], right[at, -1] = lesson.right[:-1], lesson.right[-1]
    return rows, held, np.array([lesson.doubts for lesson in lessons]), right


@dataclass(frozen=True, slots=True)
class Judged:
    """A held-out turn: how probable its first candidate was, if it is right, the place of a right one."""

    dialogue: str
    chance: float
    right: bool
    place: int | None
    none: bool


def held_out(lessons: Sequence[Lesson], ridge: float = _RIDGE) -> list[Judged]:
    """Each turn judged by a fit that has not seen its dialogue."""
    names = sorted({lesson.dialogue for lesson in lessons})
    fold = {name: place % _FOLDS for place, name in enumerate(names)}
    judged = []
    for part in range(_FOLDS):
        ranking = fit([lesson for lesson in lessons if fold[lesson.dialogue] != part], ridge)
        judged += [_judge(lesson, ranking) for lesson in lessons if fold[lesson.dialogue] == part]
    return judged


def _judge(lesson: Lesson, ranking: Ranking) -> Judged:
    chances = np.array(ranking.chances([tuple(row) for row in lesson.rows], tuple(lesson.doubts)))
    order = np.argsort(-chances, kind="stable")
    places = [place for place, at in enumerate(order) if lesson.right[at] > 0]
    best = float(chances[order[0]]) if len(order) else 0.0
    first = bool(places) and places[0] == 0
    return Judged(lesson.dialogue, best, first, places[0] if places else None, lesson.right[-1] > 0)


def report(judged: Sequence[Judged]) -> str:
    """Where the right record stands, and how far the probabilities tell the truth."""
    asked = [j for j in judged if not j.none]
    lines = [f"{len(asked)} turns with a record, {len(judged) - len(asked)} without"]
    for places in (1, 2, 3, 5):
        share = sum(j.place is not None and j.place < places for j in asked) / max(len(asked), 1)
        lines.append(f"right record among {places}: {100 * share:.1f} %")
    for low in np.arange(0.0, 1.0, 0.1):
        band = [j for j in judged if low <= j.chance < low + 0.1 or (low > 0.85 and j.chance == 1.0)]
        if band:
            right = sum(j.right for j in band) / len(band)
            mean = sum(j.chance for j in band) / len(band)
            lines.append(f"said {mean:.2f}: right {right:.2f} ({len(band)})")
    return "\n".join(lines)


def main() -> int:
    """Fit, report on held-out dialogues, and write the table when asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--readings", type=Path, required=True)
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    readings = json.loads(arguments.readings.read_text("utf-8"))
    lessons = list(lessons_of(arguments.files, readings, open_corpus(settings())))
    print(report(held_out(lessons)))
    if arguments.write:
        fit(lessons).save(Path(__file__).parent / "data" / TABLE)
    return 0


if __name__ == "__main__":
    sys.exit(main())
