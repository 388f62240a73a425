"""Bags of strings as numbers: a column for each feature of each view, TF-IDF rows of unit length."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

#: A message by view: how often it holds each feature.
Bags = Sequence[Counter[str]]
#: For each view, the column of each feature.
Index = tuple[dict[str, int], ...]
Floats = NDArray[np.float64]
#: A feature that is met in fewer messages is left out, unless there are few messages at all.
_RARE, _FEW = 2, 50


def vocabulary(messages: Sequence[Bags]) -> tuple[Index, Floats]:
    """The features that are met often enough, and for each how much its rarity counts."""
    seen: list[Counter[str]] = [Counter() for _ in messages[0]]
    for bags in messages:
        for counts, bag in zip(seen, bags, strict=True):
            counts.update(bag.keys())
    least = _RARE if len(messages) >= _FEW else 1
    kept = [sorted(name for name, count in counts.items() if count >= least) for counts in seen]
    met = np.array([counts[name] for counts, names in zip(seen, kept, strict=True) for name in names])
    return numbered(kept), np.log((1 + len(messages)) / (1 + met.astype(np.float64))) + 1


def numbered(views: Sequence[Sequence[str]]) -> Index:
    """Columns counted through all views, each view in its own mapping."""
    starts = np.cumsum([0, *map(len, views)]).tolist()
    return tuple(
        {name: start + at for at, name in enumerate(names)}
        for start, names in zip(starts, views, strict=False)
    )


def rows(messages: Sequence[Bags], index: Index, idf: Floats) -> csr_matrix:
    """TF-IDF rows: each view of a message has length one, so no view drowns another."""
    data: list[Floats] = []
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
