"""How probable it is that an answer is right, from how probable its record was among the others.

The ranking shares one probability among records that would all be right (a heading and its point, a row
and the clause that repeats it), so that what it gives the first one is lower than the share of answers
that are right. A logistic curve (Platt scaling), fitted on labelled dialogues by `actions.calibrating`,
makes the one of the other. The order of answers stays, and so does every decision: those are made by the
ranking.
"""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass, replace
from functools import cache
from importlib import resources
from pathlib import Path

from actions.reply import Reply
from trolyso.answer import Status

TABLE = "confidence.json"
_LEAST = 1e-3


@dataclass(frozen=True, slots=True)
class Confidence:
    """A logistic curve over the log-odds of a probability; `slope` is positive, so that the order stays."""

    slope: float
    offset: float

    def __post_init__(self) -> None:
        """Raises `ValueError` for a curve that would turn the order round."""
        if self.slope <= 0:
            raise ValueError(f"expected a slope above 0, found {self.slope}")

    def of(self, chance: float) -> float:
        """The probability, 0 to 1, that an answer with this chance is right."""
        return 1 / (1 + math.exp(-(self.slope * log_odds(chance) + self.offset)))

    def told(self, reply: Reply) -> Reply:
        """A reply that was searched for, with the probability that it is right; any other as it is."""
        answer = reply.answer
        if answer.status is not Status.ANSWERED or answer.confidence >= 1:
            return reply
        return replace(reply, answer=replace(answer, confidence=round(self.of(answer.confidence), 3)))

    def save(self, path: Path) -> None:
        """Write the curve as a small JSON table."""
        path.write_text(json.dumps(asdict(self), indent=2) + "\n", "utf-8")


@cache
def default_confidence() -> Confidence:
    """The committed curve."""
    return Confidence(**json.loads(resources.files("actions").joinpath("data", TABLE).read_text("utf-8")))


def log_odds(chance: float) -> float:
    """The log-odds of a probability, kept a little away from 0 and 1."""
    held = min(max(chance, _LEAST), 1 - _LEAST)
    return math.log(held / (1 - held))
