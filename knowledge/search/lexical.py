"""BM25 over syllables and pairs of neighbouring syllables, with their marks and without them."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from pathlib import Path

import bm25s
import numpy as np
import numpy.typing as npt

from vietnamese import fold, syllables

FloatArray = npt.NDArray[np.float32]

K1 = 0.8
B = 0.75


def terms(text: str, *, folded: bool) -> list[str]:
    """The syllables of a text and their pairs ("kinh", "tế", "kinh tế"), folded when asked."""
    words = syllables(fold(text) if folded else text)
    return words + [f"{first} {second}" for first, second in itertools.pairwise(words)]


class LexicalField:
    """A BM25 index of one spelling. Scores are shares of the best that the query could reach."""

    def __init__(self, model: bm25s.BM25, *, folded: bool) -> None:
        self._model = model
        self._folded = folded
        self._best = _best_scores(model)
        self._rare = float(np.median(self._best)) if len(self._best) else 0.0

    @classmethod
    def build(cls, texts: Sequence[str], *, folded: bool) -> LexicalField:
        """Index texts; the place of a text is its id."""
        model = bm25s.BM25(k1=K1, b=B, method="lucene")
        model.index([terms(text, folded=folded) or [""] for text in texts], show_progress=False)
        return cls(model, folded=folded)

    @classmethod
    def load(cls, folder: Path, *, folded: bool) -> LexicalField:
        """Read what `save` wrote."""
        return cls(bm25s.BM25.load(folder, show_progress=False), folded=folded)

    def save(self, folder: Path) -> None:
        """Write the index into a folder of its own."""
        self._model.save(folder, show_progress=False)

    def scores(self, text: str) -> FloatArray:
        """One share, 0 to 1, for each indexed text: 1 would be the best passage for every term.

        A syllable that no text holds counts as a rare one that was missed; an unheard pair does not.
        """
        asked = terms(text, folded=self._folded)
        known = self._model.get_tokens_ids(asked)
        if not known:
            return np.zeros(self._model.scores["num_docs"], np.float32)
        unheard = sum(" " not in term and term not in self._model.vocab_dict for term in asked)
        ideal = float(self._best[known].sum()) + unheard * self._rare
        raw = np.asarray(self._model.get_scores_from_ids(known), np.float32)
        return np.asarray(raw / np.float32(ideal), np.float32)


class Coverage:
    """How much of a query, by weight of its syllables, stands in a passage at all."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._sets = [frozenset(syllables(fold(text))) for text in texts]
        self._counts: dict[str, int] = {}
        for words in self._sets:
            for word in words:
                self._counts[word] = self._counts.get(word, 0) + 1

    def weights(self, text: str) -> dict[str, float]:
        """Inverse document frequency of each syllable of a query; unknown ones weigh most."""
        total = len(self._sets)
        words = dict.fromkeys(syllables(fold(text)))
        return {word: float(np.log1p(total / (1 + self._counts.get(word, 0)))) for word in words}

    def unheard(self, weights: dict[str, float]) -> float:
        """The weighted share, 0 to 1, of a query that no passage holds at all."""
        whole = sum(weights.values())
        strange = sum(weight for word, weight in weights.items() if word not in self._counts)
        return strange / whole if whole else 0.0

    def share(self, weights: dict[str, float], place: int) -> float:
        """The weighted share, 0 to 1, of the query that the passage at `place` holds."""
        whole = sum(weights.values())
        held = sum(weight for word, weight in weights.items() if word in self._sets[place])
        return held / whole if whole else 0.0


def _best_scores(model: bm25s.BM25) -> FloatArray:
    """For each term the highest score that it gives to any text."""
    starts = np.asarray(model.scores["indptr"])
    data = np.asarray(model.scores["data"], np.float32)
    best = np.zeros(len(starts) - 1, np.float32)
    filled = np.flatnonzero(np.diff(starts))
    if len(filled):
        best[filled] = np.maximum.reduceat(data, starts[filled])
    return best
