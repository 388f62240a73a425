"""BM25 over syllables and pairs of neighbouring syllables, with their marks and without them."""

from __future__ import annotations

import itertools
import math
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import bm25s
import numpy as np
import numpy.typing as npt
from scipy.sparse import csc_array

from vietnamese import fold, syllables

FloatArray = npt.NDArray[np.float32]
IntArray = npt.NDArray[np.int32]

K1 = 0.8
B = 0.75
_REMEMBERED = 1 << 17
# Texts whose terms are counted at a time.
_BATCH = 20_000


def terms(text: str, *, folded: bool) -> list[str]:
    """The syllables of a text and their pairs ("kinh", "tế", "kinh tế"), folded when asked."""
    # No syllable reaches over a blank, and a corpus has far fewer words than places of words.
    words = [syllable for word in text.split() for syllable in _syllables(word, folded)]
    return words + [f"{first} {second}" for first, second in itertools.pairwise(words)]


@lru_cache(_REMEMBERED)
def _syllables(word: str, folded: bool) -> tuple[str, ...]:
    return tuple(syllables(fold(word) if folded else word))


@dataclass(frozen=True, slots=True)
class _Texts:
    """The terms of texts as numbers, one text after the other, in the form that `bm25s` takes."""

    flat: IntArray
    lengths: IntArray
    vocab: dict[str, int]

    @classmethod
    def of(cls, texts: Iterable[str], *, folded: bool) -> _Texts:
        """Read texts one by one; an empty one holds the term ""."""
        vocab: dict[str, int] = {}
        flat, lengths = array("i"), array("i")
        for text in texts:
            found = terms(text, folded=folded) or [""]
            flat.extend([vocab.setdefault(term, len(vocab)) for term in found])
            lengths.append(len(found))
        return cls(np.frombuffer(flat, np.int32), np.frombuffer(lengths, np.int32), vocab)

    @property
    def ids(self) -> _Texts:
        """What `bm25s` hands on to `_Model.build_index_from_ids`."""
        return self

    def counted(self) -> Iterator[tuple[IntArray, IntArray, FloatArray]]:
        """For each text and term of it, text by text: both their numbers and how often it occurs."""
        size, begin = len(self.vocab), 0
        for first in range(0, len(self.lengths), _BATCH):
            lengths = self.lengths[first : first + _BATCH]
            end = begin + int(lengths.sum(dtype=np.int64))
            keys = np.repeat(np.arange(len(lengths)) * size, lengths) + self.flat[begin:end]
            held, counts = np.unique(keys, return_counts=True)
            yield (
                (held // size + first).astype(np.int32),
                (held % size).astype(np.int32),
                counts.astype(np.float32),
            )
            begin = end


class _Model(bm25s.BM25):  # type: ignore[misc]
    """The model of `bm25s` with the same scores, built from arrays: a million texts in minutes."""

    def build_index_from_ids(
        self, unique_token_ids: Sequence[int], corpus_token_ids: _Texts, **_: object
    ) -> dict[str, Any]:
        """See `bm25s.BM25`, which says that this may be overridden."""
        texts, ids, counts = (
            np.concatenate(parts) for parts in zip(*corpus_token_ids.counted(), strict=True)
        )
        lengths = corpus_token_ids.lengths
        total, average = len(lengths), lengths.mean()
        holders = np.bincount(ids, minlength=len(unique_token_ids)).tolist()
        rarity = np.array([math.log(1 + (total - n + 0.5) / (n + 0.5)) for n in holders], np.float32)
        self.nonoccurrence_array = None
        # In steps, since each array of a million texts is large.
        scores = self.k1 * ((1 - self.b) + self.b * lengths / average)[texts]
        scores += counts
        np.divide(counts, scores, out=scores)
        scores *= rarity[ids]
        matrix = csc_array((scores.astype(np.float32), (texts, ids)), shape=(total, len(holders)))
        starts = matrix.indptr.astype(np.int64)
        return {"data": matrix.data, "indices": matrix.indices, "indptr": starts, "num_docs": total}


class LexicalField:
    """A BM25 index of one spelling. Scores are shares of the best that the query could reach."""

    def __init__(self, model: bm25s.BM25, *, folded: bool) -> None:
        self._model = model
        self._folded = folded
        # Of the file itself, without the cost that `np.memmap` puts on each slice.
        self._starts, self._texts, self._data = (
            np.asarray(model.scores[name]) for name in ("indptr", "indices", "data")
        )
        self._best = _best_scores(self._starts, self._data)
        self._rare = float(np.median(self._best)) if len(self._best) else 0.0

    @classmethod
    def build(cls, texts: Iterable[str], *, folded: bool) -> LexicalField:
        """Index texts; the place of a text is its id."""
        model = _Model(k1=K1, b=B, method="lucene")
        model.index(_Texts.of(texts, folded=folded), show_progress=False)
        return cls(model, folded=folded)

    @classmethod
    def load(cls, folder: Path, *, folded: bool) -> LexicalField:
        """Read what `save` wrote; the scores stay on the disk and are mapped into memory."""
        return cls(_Model.load(folder, show_progress=False, mmap=True), folded=folded)

    def save(self, folder: Path) -> None:
        """Write the index into a folder of its own."""
        self._model.save(folder, show_progress=False)

    @property
    def size(self) -> int:
        """How many texts there are."""
        return int(self._model.scores["num_docs"])

    @property
    def holders(self) -> IntArray:
        """For each known term, in the order of their numbers, how many texts hold it."""
        return np.diff(self._starts).astype(np.int32)

    def number(self, term: str) -> int | None:
        """The number of a term; None when no text holds it."""
        number = self._model.vocab_dict.get(term)
        return None if number is None or number >= len(self._best) else int(number)

    def scores(self, text: str) -> FloatArray:
        """One share, 0 to 1, for each indexed text: 1 would be the best passage for every term.

        A syllable that no text holds counts as a rare one that was missed; an unheard pair does not.
        """
        asked = terms(text, folded=self._folded)
        known = [number for term in asked if (number := self.number(term)) is not None]
        raw = np.zeros(self.size, np.float32)
        if not known:
            return raw
        unheard = sum(" " not in term and term not in self._model.vocab_dict for term in asked)
        for number in known:
            texts, data = self._postings(number)
            np.add.at(raw, texts, data)  # `raw[texts] += data` in a third of its time
        raw /= np.float32(float(self._best[known].sum()) + unheard * self._rare)
        return raw

    def holds(self, number: int, places: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
        """Which of the texts at `places` hold a term."""
        texts, _ = self._postings(number)
        found = np.minimum(np.searchsorted(texts, places.astype(texts.dtype)), len(texts) - 1)
        held: npt.NDArray[np.bool_] = texts[found] == places
        return held

    def _postings(self, number: int) -> tuple[IntArray, FloatArray]:
        """The texts that hold a term, rising, and what it scores in each."""
        part = slice(self._starts[number], self._starts[number + 1])
        return self._texts[part], self._data[part]


class Rarity:
    """How much each syllable of a text tells, by how many passages hold it."""

    def __init__(self, field: LexicalField, holders: IntArray) -> None:
        """`holders`: for each term of the folded `field`, the number of passages that count."""
        self._field = field
        self._holders = holders

    def weights(self, text: str) -> dict[str, float]:
        """Inverse document frequency of each syllable of a query; unknown ones weigh most."""
        total = self._field.size
        words = dict.fromkeys(syllables(fold(text)))
        return {word: float(np.log1p(total / (1 + self._count(word)))) for word in words}

    def unheard(self, weights: Mapping[str, float]) -> float:
        """The weighted share, 0 to 1, of a query that no passage holds at all."""
        whole = sum(weights.values())
        strange = sum(weight for word, weight in weights.items() if not self._count(word))
        return strange / whole if whole else 0.0

    def _count(self, word: str) -> int:
        number = self._field.number(word)
        return 0 if number is None else int(self._holders[number])


class Coverage(Rarity):
    """How much of a query, by weight of its syllables, stands in a passage at all."""

    def __init__(self, passages: LexicalField | Sequence[str]) -> None:
        """`passages`: their texts, or the folded field that holds them already."""
        held = passages if isinstance(passages, LexicalField) else LexicalField.build(passages, folded=True)
        super().__init__(held, held.holders)

    def shares(self, weights: Mapping[str, float], places: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
        """The weighted share, 0 to 1, of the query that each of the passages at `places` holds."""
        whole = sum(weights.values())
        held = np.zeros(len(places))
        for word, weight in weights.items():
            number = self._field.number(word)
            if number is not None:
                held += weight * self._field.holds(number, places)
        return held / whole if whole else held

    def share(self, weights: Mapping[str, float], place: int) -> float:
        """The same for one passage."""
        return float(self.shares(weights, np.array([place]))[0])


def _best_scores(starts: npt.NDArray[np.int64], data: FloatArray) -> FloatArray:
    """For each term the highest score that it gives to any text."""
    best = np.zeros(len(starts) - 1, np.float32)
    filled = np.flatnonzero(np.diff(starts))
    if len(filled):
        best[filled] = np.maximum.reduceat(data, starts[filled])
    return best
