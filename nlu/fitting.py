"""Fitting of a linear model: one-against-rest support vectors, combined labels, and how sure to be."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix, diags
from sklearn.svm import LinearSVC

from nlu.bags import Floats

#: Labels as numbers.
Codes = NDArray[np.int64]
#: Labels by parts: which of the parts a label holds.
Parts = NDArray[np.bool_]
_FOLDS = 3
#: How much more a feature counts that tells labels apart: the power of its naive Bayes ratio.
_SALIENCE = 0.25
#: What a part of a combined label counts beside the whole, and the signs that join parts.
_PART = 0.5
_JOINT = re.compile(r"[+#]")
#: Where the fit stops; finer steps changed no answer.
_EXACT = 1e-2


def fitted(matrix: csr_matrix, truth: Codes, parts: Parts, penalty: float) -> tuple[Floats, Floats]:
    """Weights (features by labels) and bias; a label without a message here is never likely.

    Of a combined label such as "fare+flight" each part is learnt from all labels that hold it too.
    """
    weights, bias = np.zeros((matrix.shape[1], len(parts))), np.full(len(parts), -1.0)
    present = np.unique(truth)
    if len(present) == 1:
        bias[present] = 1.0
        return weights, bias
    salience = _salience(matrix, truth, present)
    scaled = matrix @ diags(salience)
    weights[:, present], bias[present] = _separated(scaled, truth, penalty)
    if parts.sum(axis=0).max() > 1:
        weights, bias = _with_parts(weights, bias, scaled, truth, parts, penalty)
    return salience[:, np.newaxis] * weights, bias


def _with_parts(
    weights: Floats, bias: Floats, matrix: csr_matrix, truth: Codes, parts: Parts, penalty: float
) -> tuple[Floats, Floats]:
    """What tells the parts of a label, added to what tells the whole."""
    total, shift = weights.copy(), bias.copy()
    for part, holders in enumerate(map(np.flatnonzero, parts.T)):
        slopes, starts = weights[:, holders], bias[holders]
        told = parts[truth, part]
        if len(holders) > 1 and told.any() and not told.all():
            both, start = _separated(matrix, told.astype(np.int64), penalty)
            slopes, starts = both[:, 1:], start[1:]
        total[:, holders] += _PART * slopes
        shift[holders] += _PART * starts
    return total, shift


def _separated(matrix: csr_matrix, truth: Codes, penalty: float) -> tuple[Floats, Floats]:
    """Weights and bias of one-against-rest support vectors, a column for each label that occurs."""
    present, counts = np.unique(truth, return_counts=True)
    # Between equal weight for each message and for each label: rare labels are heard, not shouting.
    balance = np.sqrt(len(truth) / (len(present) * counts))
    classifier = LinearSVC(
        C=penalty, class_weight=dict(zip(present, balance, strict=True)), tol=_EXACT, random_state=7
    ).fit(matrix, truth)
    slopes, starts = classifier.coef_, classifier.intercept_
    if len(present) == 2:  # two labels share one row in scikit-learn
        slopes, starts = np.vstack([-slopes, slopes]), np.concatenate([-starts, starts])
    return slopes.T, starts


def parts_of(labels: Sequence[str]) -> Parts:
    """Labels by parts: which of the parts, joined by "+" or "#", each label holds."""
    held = [set(_JOINT.split(label)) for label in labels]
    return np.array([[part in parts for part in sorted(set().union(*held))] for parts in held])


def _salience(matrix: csr_matrix, truth: Codes, present: Codes) -> Floats:
    """How far each feature tells some label from the rest (after naive Bayes), tempered, 1 on average."""
    members = csr_matrix((truth == present[:, np.newaxis]).astype(np.float64))
    met = matrix.copy()
    met.data = np.ones_like(met.data)
    inside = (members @ met).toarray() + 1.0
    sizes = members.sum(axis=1).A + 2.0
    outside = inside.sum(axis=0) - inside + 1.0
    ratios = np.abs(np.log(inside / sizes) - np.log(outside / (sizes.sum() - sizes)))
    strongest = ratios.max(axis=0)
    return np.asarray((strongest / strongest.mean()) ** _SALIENCE)


def temperature(matrix: csr_matrix, truth: Codes, groups: Codes, parts: Parts, penalty: float) -> float:
    """The divisor under which held-out margins tell the truth about their own certainty."""
    margins = np.zeros((len(truth), len(parts)))
    folds = _folds(truth, groups)
    for fold in range(_FOLDS):
        held = folds == fold
        if held.all() or not held.any():
            return 1.0
        weights, bias = fitted(matrix[~held], truth[~held], parts, penalty)
        margins[held] = np.asarray(matrix[held] @ weights) + bias

    def loss(log_temperature: float) -> float:
        shares = softmax(margins / np.exp(log_temperature))
        return float(-np.log(shares[np.arange(len(truth)), truth] + 1e-12).mean())

    return float(np.exp(minimize_scalar(loss, bounds=(-4, 2), method="bounded").x))


def _folds(truth: Codes, groups: Codes) -> Codes:
    """A fold for each message: groups stay together, and each label is spread over all folds."""
    found, first, place = np.unique(groups, return_index=True, return_inverse=True)
    mixed = np.random.default_rng(7).permutation(len(found))
    order = mixed[np.argsort(truth[first][mixed], kind="stable")]
    folds = np.empty(len(found), dtype=np.int64)
    folds[order] = np.arange(len(found)) % _FOLDS
    return folds[place]


def softmax(margins: Floats) -> Floats:
    """Margins (messages by labels) as shares."""
    powers = np.exp(margins - margins.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))
