"""A linear model over bags of strings: TF-IDF for each view, one-against-rest support vectors.

It is saved as plain arrays (no pickles), so a model file can be read without trusting it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix
from sklearn.model_selection import StratifiedGroupKFold
from sklearn.svm import LinearSVC

Bags = Sequence[Counter[str]]
#: For each view, the column of each feature.
Index = tuple[dict[str, int], ...]
_FOLDS = 3
#: A feature that is met in fewer messages is left out.
_RARE = 2


@dataclass(frozen=True)
class IntentModel:
    """Labels, the feature index, and for each feature its weight in a bag and for each label.

    `temperature` turns margins into probabilities; it is fitted on messages held out in training.
    """

    labels: tuple[str, ...]
    index: Index
    idf: NDArray[np.float64]
    weights: NDArray[np.float64]
    bias: NDArray[np.float64]
    temperature: float

    def ranking(self, bags: Bags) -> list[tuple[str, float]]:
        """The labels with their probabilities, the likeliest first."""
        row = _rows([bags], self.index, self.idf)
        margins = np.asarray(row @ self.weights).ravel() + self.bias
        shares = _softmax(margins[np.newaxis, :] / self.temperature)[0]
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
                index=_numbered(names["features"]),
                idf=stored["idf"].astype(np.float64),
                weights=stored["weights"].astype(np.float64),
                bias=stored["bias"],
                temperature=float(stored["temperature"]),
            )


def train_intents(
    messages: Sequence[Bags], labels: Sequence[str], groups: Sequence[int], penalty: float = 1.0
) -> IntentModel:
    """Fit a model; spellings of one example share a group, so none is judged by its twin.

    Raises `ValueError` without two labels of at least as many groups as there are folds.
    """
    spread = Counter(label for label, _ in set(zip(labels, groups, strict=True)))
    if len(spread) < 2 or min(spread.values()) < _FOLDS:
        raise ValueError(f"at least two labels with {_FOLDS} examples each are needed")
    index, idf = _vocabulary(messages)
    matrix = _rows(messages, index, idf)
    truth = np.array(labels)
    classifier = _fitted(matrix, truth, penalty)
    return IntentModel(
        labels=tuple(classifier.classes_),
        index=index,
        idf=idf,
        weights=np.ascontiguousarray(_coefficients(classifier).T),
        bias=_intercepts(classifier),
        temperature=_temperature(matrix, truth, np.array(groups), penalty),
    )


def _fitted(matrix: csr_matrix, truth: NDArray[np.str_], penalty: float) -> LinearSVC:
    return LinearSVC(C=penalty, class_weight="balanced", random_state=7, max_iter=3000).fit(matrix, truth)


def _coefficients(classifier: LinearSVC) -> NDArray[np.float64]:
    """One row for each label; two labels share one row in scikit-learn, here they have two."""
    rows: NDArray[np.float64] = classifier.coef_
    return rows if len(rows) > 1 else np.vstack([-rows, rows])


def _intercepts(classifier: LinearSVC) -> NDArray[np.float64]:
    values: NDArray[np.float64] = classifier.intercept_
    return values if len(values) > 1 else np.concatenate([-values, values])


def _vocabulary(messages: Sequence[Bags]) -> tuple[Index, NDArray[np.float64]]:
    seen: list[Counter[str]] = [Counter() for _ in messages[0]]
    for bags in messages:
        for counts, bag in zip(seen, bags, strict=True):
            counts.update(bag.keys())
    kept = [sorted(name for name, count in counts.items() if count >= _RARE) for counts in seen]
    met = np.array([counts[name] for counts, names in zip(seen, kept, strict=True) for name in names])
    return _numbered(kept), np.log((1 + len(messages)) / (1 + met.astype(np.float64))) + 1


def _numbered(views: Sequence[Sequence[str]]) -> Index:
    """Columns counted through all views, each view in its own mapping."""
    starts = np.cumsum([0, *map(len, views)]).tolist()
    return tuple(
        {name: start + at for at, name in enumerate(names)}
        for start, names in zip(starts, views, strict=False)
    )


def _rows(messages: Sequence[Bags], index: Index, idf: NDArray[np.float64]) -> csr_matrix:
    """TF-IDF rows: each view of a message has length one, so no view drowns another."""
    data: list[NDArray[np.float64]] = []
    columns: list[NDArray[np.int64]] = []
    ends = [0]
    for bags in messages:
        for view, bag in zip(index, bags, strict=True):
            known = [(view[name], count) for name, count in bag.items() if name in view]
            at, counts = np.array(known, dtype=np.int64).reshape(-1, 2).T
            values = (1 + np.log(counts)) * idf[at]
            columns.append(at)
            data.append(values / (np.linalg.norm(values) or 1.0))
        ends.append(ends[-1] + sum(map(len, columns[-len(index) :])))
    shape = (len(messages), len(idf))
    return csr_matrix((np.concatenate(data), np.concatenate(columns), ends), shape=shape)


def _softmax(margins: NDArray[np.float64]) -> NDArray[np.float64]:
    powers = np.exp(margins - margins.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def _temperature(
    matrix: csr_matrix, truth: NDArray[np.str_], groups: NDArray[np.int_], penalty: float
) -> float:
    """The divisor under which held-out margins tell the truth about their own certainty."""
    margins, chosen = [], []
    for train, test in StratifiedGroupKFold(_FOLDS).split(matrix, truth, groups):
        classifier = _fitted(matrix[train], truth[train], penalty)
        scores = np.asarray(matrix[test] @ _coefficients(classifier).T) + _intercepts(classifier)
        margins.append(scores)
        chosen.append(np.searchsorted(classifier.classes_, truth[test]))
    scores, at = np.vstack(margins), np.concatenate(chosen)

    def loss(log_temperature: float) -> float:
        shares = _softmax(scores / np.exp(log_temperature))
        return float(-np.log(shares[np.arange(len(at)), at] + 1e-12).mean())

    return float(np.exp(minimize_scalar(loss, bounds=(-4, 2), method="bounded").x))
