"""How probable each candidate is the record that is asked for, and how probable it is that none is.

A conditional logit over the candidates of one question and the alternative "none of them", with
coefficients fitted on labelled dialogues by `actions.fitting`. The probabilities of one question sum to 1.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cache
from importlib import resources
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

TABLE = "ranking.json"
FEATURES = (
    "dense", "accented", "folded", "coverage", "fused",
    "said_of_name", "name_of_said", "pairs", "worded",
    "row", "row_by_intent", "row_by_field", "clause_by_intent", "task", "task_by_years",
    "heading", "depth", "of_agency", "other_tasks",
    "agency", "own_section", "value", "counted",
    "older", "unofficial",
    "near_name", "near_plan", "near_row", "near_path",
)  # fmt: skip
"""What speaks for a record; `actions.evidence.evidence_of` gives the numbers in this order."""
DOUBTS = (
    "bias",
    "best_coverage",
    "best_dense",
    "best_name",
    "out_of_scope",
    "words",
    "restored",
    "narrow",
    "unheard",
)
"""What speaks for none; `actions.evidence.doubts_of` gives the numbers in this order."""
Rows = Sequence[tuple[float, ...]]


class RankingError(ValueError):
    """A table of coefficients that does not fit the evidence of this version."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """Coefficients of the evidence for a record, and of the doubts that speak for none."""

    evidence: dict[str, float]
    doubts: dict[str, float]

    def __post_init__(self) -> None:
        """Raises `RankingError` when a coefficient is missing or unknown."""
        for held, wanted in ((self.evidence, FEATURES), (self.doubts, DOUBTS)):
            if set(held) != set(wanted):
                raise RankingError(f"expected coefficients {sorted(wanted)}, found {sorted(held)}")

    def chances(self, rows: Rows, doubts: tuple[float, ...]) -> tuple[float, ...]:
        """The probability of each row of evidence; what they lack to 1 is that of no record."""
        if not rows:
            return ()
        return tuple(float(chance) for chance in shares(self.utilities(rows, doubts))[:-1])

    def utilities(self, rows: Rows, doubts: tuple[float, ...]) -> NDArray[np.float64]:
        """The utility of each row, then that of none."""
        slopes = np.array([self.evidence[name] for name in FEATURES])
        none = float(np.array([self.doubts[name] for name in DOUBTS]) @ np.array(doubts))
        return np.append(np.array(rows) @ slopes, none)

    def save(self, path: Path) -> None:
        """Write the coefficients as a small JSON table."""
        path.write_text(json.dumps(asdict(self), indent=2) + "\n", "utf-8")


def shares(utilities: NDArray[np.float64]) -> NDArray[np.float64]:
    """The probabilities that utilities stand for."""
    powers = np.exp(utilities - utilities.max())
    return np.asarray(powers / powers.sum())


@cache
def default_ranking() -> Ranking:
    """The committed coefficients."""
    table = resources.files("actions").joinpath("data", TABLE).read_text("utf-8")
    return Ranking(**json.loads(table))
