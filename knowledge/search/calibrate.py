"""From the parts of a hit to a probability that it is the right one, fitted on labelled questions."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from functools import cache
from importlib import resources
from math import exp
from pathlib import Path

import numpy as np

TABLE = "calibration.json"


@dataclass(frozen=True, slots=True)
class Scores:
    """The parts of a hit.

    `dense` is the cosine of query and passage; `accented` and `folded` are BM25 as shares of the best
    that the query could reach; `coverage` is the share of the query's weight that the passage holds;
    `fused` is their weighted sum, by which hits are ordered; `gap` is how far `fused` lies above the
    best other hit (negative for all but the first).
    """

    dense: float
    accented: float
    folded: float
    coverage: float
    fused: float = 0.0
    gap: float = 0.0


@dataclass(frozen=True, slots=True)
class Calibration:
    """Coefficients of a logistic function over `Scores`."""

    bias: float
    dense: float
    accented: float
    folded: float
    coverage: float
    fused: float
    gap: float

    def probability(self, parts: Scores) -> float:
        """How likely a hit with these parts is the right one, 0 to 1."""
        total = self.bias + sum(getattr(self, name) * getattr(parts, name) for name in _NAMES)
        return 1.0 / (1.0 + exp(-min(max(total, -30.0), 30.0)))


_NAMES = tuple(field.name for field in fields(Scores))


@dataclass(frozen=True, slots=True)
class Labelled:
    """One judged hit."""

    parts: Scores
    right: bool


def fit(examples: Sequence[Labelled], ridge: float = 1.0, steps: int = 50) -> Calibration:
    """Logistic regression by Newton steps with an L2 penalty on standardised parts.

    Raises `ValueError` unless both right and wrong hits are among the examples.
    """
    truth = np.array([example.right for example in examples], np.float64)
    if len(truth) == 0 or truth.min() == truth.max():
        raise ValueError("fitting needs right and wrong hits")
    raw = np.array([[getattr(example.parts, name) for name in _NAMES] for example in examples])
    mean, spread = raw.mean(axis=0), raw.std(axis=0) + 1e-9
    inputs = np.column_stack([np.ones(len(raw)), (raw - mean) / spread])
    solved = _newton(inputs, truth, ridge, steps)
    slopes = solved[1:] / spread
    bias = float(solved[0] - slopes @ mean)
    return Calibration(bias, **dict(zip(_NAMES, (float(x) for x in slopes), strict=True)))


def _newton(inputs: np.ndarray, truth: np.ndarray, ridge: float, steps: int) -> np.ndarray:
    penalty = ridge * np.eye(inputs.shape[1])
    penalty[0, 0] = 1e-6
    weights = np.zeros(inputs.shape[1])
    for _ in range(steps):
        chance = 1.0 / (1.0 + np.exp(-np.clip(inputs @ weights, -30.0, 30.0)))
        slope = inputs.T @ (chance - truth) + penalty @ weights
        curve = (inputs * (chance * (1.0 - chance))[:, None]).T @ inputs + penalty
        step = np.linalg.solve(curve, slope)
        weights = weights - step
        if np.abs(step).max() < 1e-8:
            break
    return weights


def save(calibration: Calibration, path: Path) -> None:
    """Write the coefficients as a small JSON table."""
    path.write_text(json.dumps(asdict(calibration), indent=2) + "\n", "utf-8")


@cache
def default_calibration() -> Calibration:
    """The committed coefficients."""
    table = resources.files("knowledge.search").joinpath("data", TABLE).read_text("utf-8")
    return Calibration(**json.loads(table))
