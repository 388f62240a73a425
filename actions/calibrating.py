"""Fits the confidence of answers: ``python -m actions.calibrating --readings FILE [--write] DIALOGUES…``.

`FILE` comes from ``scripts/parse_messages.py``. Dialogues are held as a person would hold them; each answer
that was searched for counts with the chance that the ranking gave it and with whether the judge of `eval`
finds it right.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from actions.__main__ import open_corpus
from actions.assistant import Assistant
from actions.confidence import TABLE, Confidence, log_odds
from actions.dialogue import Dialogue
from actions.message import from_rasa
from eval.dialogues import load
from eval.judge import Reply, judge
from trolyso.answer import Status
from trolyso.settings import settings

_RIDGE = 1e-2
_AS_RANKED = Confidence(1.0, 0.0)


def fit(said: Sequence[tuple[float, bool]]) -> Confidence:
    """The likeliest curve for chances and whether their answers were right. Raises `ValueError` without."""
    if not said:
        raise ValueError("fitting needs answers")
    odds = np.array([log_odds(chance) for chance, _ in said])
    right = np.array([float(was) for _, was in said])

    def loss(curve: NDArray[np.float64]) -> float:
        slope, offset = math.exp(curve[0]), curve[1]
        scores = slope * odds + offset
        return float(np.logaddexp(0, scores).sum() - right @ scores + _RIDGE * (curve @ curve))

    found = minimize(loss, np.zeros(2), method="Nelder-Mead").x
    return Confidence(round(math.exp(float(found[0])), 4), round(float(found[1]), 4))


def answers_of(files: Sequence[Path], readings: dict[str, Any]) -> Iterator[tuple[float, bool]]:
    """The chance of each answer that was searched for in some dialogues, and whether it was right."""
    assistant = Assistant(open_corpus(settings()), _AS_RANKED)
    for dialogue in (dialogue for path in files for dialogue in load(path)):
        state = Dialogue()
        for turn in dialogue.turns:
            reply = assistant.reply(from_rasa(readings[turn.user]), state)
            state = reply.dialogue
            if reply.answer.status is Status.ANSWERED and reply.answer.confidence < 1:
                yield reply.answer.confidence, not judge(turn.expect, Reply.from_json(reply.answer.to_json()))


def main() -> int:
    """Fit the curve, print it, and write it when asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--readings", type=Path, required=True)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    said = list(answers_of(given.files, json.loads(given.readings.read_text("utf-8"))))
    curve = fit(said)
    print(f"{len(said)} answers, {sum(right for _, right in said)} right: {curve}")
    for chance in (0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99):
        print(f"{chance:.2f} -> {curve.of(chance):.3f}")
    if given.write:
        curve.save(Path(__file__).parent / "data" / TABLE)
    return 0


if __name__ == "__main__":
    sys.exit(main())
