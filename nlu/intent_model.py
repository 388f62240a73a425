"""A linear model over bags of strings: TF-IDF for each view, one-against-rest support vectors.

It is saved as plain arrays (no pickles), so a model file can be read without trusting it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from nlu.bags import Bags, Floats, Index, numbered, rows, vocabulary
from nlu.fitting import fitted, parts_of, softmax, temperature


@dataclass(frozen=True)
class IntentModel:
    """Labels, the feature index, and for each feature its weight in a bag and for each label.

    `temperature` turns margins into probabilities; it is fitted on messages held out in training.
    """

    labels: tuple[str, ...]
    index: Index
    idf: Floats
    weights: Floats
    bias: Floats
    temperature: float

    def ranking(self, bags: Bags) -> list[tuple[str, float]]:
        """The labels with their probabilities, the likeliest first."""
        row = rows([bags], self.index, self.idf)
        margins = np.asarray(row @ self.weights).ravel() + self.bias
        shares = softmax(margins[np.newaxis, :] / self.temperature)[0]
        order = np.argsort(-shares, kind="stable")
        return [(self.labels[at], float(shares[at])) for at in order]

    def save(self, path: Path) -> None:
        """Write the arrays and the names to one file."""
        names = json.dumps(
            {"labels": self.labels, "features": [list(view) for view in self.index]}, ensure_ascii=False
        )
        np.savez_compressed(
            path,
            names=np.frombuffer(names.encode("utf-8"), dtype=np.uint8),
            idf=self.idf.astype(np.float32),
            weights=self.weights.astype(np.float32),
            bias=self.bias,
            temperature=np.array(self.temperature),
        )

    @classmethod
    def load(cls, path: Path) -> IntentModel:
        """Read a saved model. Raises `OSError`, `KeyError` or `ValueError`."""
        with np.load(path, allow_pickle=False) as stored:
            names: dict[str, Any] = json.loads(stored["names"].tobytes().decode("utf-8"))
            return cls(
                labels=tuple(names["labels"]),
                index=numbered(names["features"]),
                idf=stored["idf"].astype(np.float64),
                weights=stored["weights"].astype(np.float64),
                bias=stored["bias"],
                temperature=float(stored["temperature"]),
            )


def train_intents(
    messages: Sequence[Bags], labels: Sequence[str], groups: Sequence[int], penalty: float = 1.0
) -> IntentModel:
    """Fit a model; spellings of one example share a group, so none is judged by its twin.

    A label may have a single example. Raises `ValueError` without any message.
    """
    if not messages:
        raise ValueError("no message to learn from")
    names, truth = np.unique(np.array(labels), return_inverse=True)
    index, idf = vocabulary(messages)
    matrix = rows(messages, index, idf)
    parts = parts_of(names.tolist())
    weights, bias = fitted(matrix, truth, parts, penalty)
    return IntentModel(
        labels=tuple(map(str, names)),
        index=index,
        idf=idf,
        weights=weights,
        bias=bias,
        temperature=temperature(matrix, truth, np.array(groups), parts, penalty),
    )
