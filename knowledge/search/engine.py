"""Search: dense and lexical scores fused, duplicates folded, a calibrated score for each hit."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from knowledge.search.calibrate import Calibration, Scores, default_calibration
from knowledge.search.encoder import FloatArray
from knowledge.search.index import Generation
from knowledge.search.passage_file import Passages
from knowledge.search.passages import Kind, Passage
from knowledge.search.points import encoded_points
from knowledge.search.serving import SearchIndex
from knowledge.search.vectors import Mask, Places, VectorKind

POOL = 200
DEFAULT_LIMIT = 10
REMEMBERED = 1024
# A pool of few passages must not have its small differences blown up.
NARROWEST_SPREAD = 0.05
# Nor must a best that holds next to nothing of the query count like one that holds it all.
LOWEST_BEST = 0.25
# The number of stretches of which only the best score is looked at, to tell what is not among the highest.
_STRETCHES = 16 * POOL
_LEAST = np.finfo(np.float32).smallest_subnormal
_KIND_ORDER = {kind: place for place, kind in enumerate(Kind)}
_BESIDE = ThreadPoolExecutor(1, "vectors")
"""Looks through the vectors of a large corpus beside BM25: FAISS lets go of Python meanwhile."""


@dataclass(frozen=True, slots=True)
class Query:
    """What to look for.

    `text` is the subject, normalised and with its marks; `original` is what was typed, searched when
    nothing is left of `text`; `accented` is False when the marks of `text` were restored by guess.
    Each filter is a set of allowed values, empty for no limit; a passage fits `years` when its period
    holds one of them, and `ids` are passage ids.
    """

    text: str
    original: str = ""
    accented: bool = True
    kinds: frozenset[Kind] = frozenset()
    document_ids: frozenset[str] = frozenset()
    years: frozenset[int] = frozenset()
    ids: frozenset[str] = frozenset()
    limit: int = DEFAULT_LIMIT

    @property
    def subject(self) -> str:
        """The words that are searched."""
        return self.text.strip() or self.original.strip()


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each part counts in the fused score, each as a share of the best in the pool.

    Measured with `knowledge.search.tuning` and on general questions. `restored` is the share of the
    dense and accented weights that stays when the marks of a query were guessed; the rest goes to the
    folded field, which wrong guesses cannot harm.
    """

    dense: float = 0.5
    accented: float = 0.3
    folded: float = 0.15
    coverage: float = 0.05
    restored: float = 0.88

    def for_query(self, accented: bool) -> Weights:
        """The weights that hold for a query with or without marks of its own."""
        if accented:
            return self
        moved = (self.dense + self.accented) * (1 - self.restored)
        return replace(
            self,
            dense=self.dense * self.restored,
            accented=self.accented * self.restored,
            folded=self.folded + moved,
        )


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found. `score` is the probability that it is the right one, `parts` say why,
    `same` are the ids of the passages that say the same (a plan's bullet beside its annex row)."""

    passage: Passage
    score: float
    parts: Scores
    same: tuple[str, ...] = ()


@dataclass(slots=True)
class SearchEngine:
    """Searches the generation in force of an index."""

    index: SearchIndex
    weights: Weights = field(default_factory=Weights)
    calibration: Calibration = field(default_factory=default_calibration)
    _vectors: OrderedDict[str, FloatArray] = field(default_factory=OrderedDict, repr=False)

    def search(self, query: Query) -> list[Hit]:
        """At most `query.limit` hits, best first, one of each group. Empty when nothing may match."""
        generation = self.index.generation
        allowed = _allowed(generation.passages, query)
        if not query.subject or (allowed is not None and not allowed.any()):
            return []
        vector = self._vector(query.subject)
        weights = self.weights.for_query(query.accented)
        ranked = _rank(generation, query.subject, vector, allowed, weights)
        return self._judge(generation.passages, ranked, query.limit)

    def nearness(self, subject: str, texts: Sequence[str]) -> FloatArray:
        """The cosine of a subject with each of some short texts (shape ``[texts]``).

        The index holds the vectors of the points of its guides; other texts are encoded.
        """
        known = encoded_points(texts, self.index.encoder, self.index.generation.points)
        nearness: FloatArray = np.stack([known[text] for text in texts]) @ self._vector(subject)
        return nearness

    def _vector(self, subject: str) -> FloatArray:
        """The vector of a subject; one message is often searched for more than once."""
        vector = self._vectors.get(subject)
        if vector is None:
            vector = self._vectors[subject] = self.index.encoder.encode_queries([subject])[0]
            if len(self._vectors) > REMEMBERED:
                self._vectors.popitem(last=False)
        return vector

    def _judge(self, passages: Passages, ranked: Ranked, limit: int) -> list[Hit]:
        groups = _grouped(passages.columns.groups[ranked.places].tolist(), limit)
        fused = ranked.fused[[first for first, *_ in groups]].tolist()
        hits: list[Hit] = []
        ceiling = 1.0
        for place, members in enumerate(groups[:limit]):
            rival = fused[1 if place == 0 else 0] if len(groups) > 1 else 0.0
            parts = replace(ranked.parts(members[0]), gap=fused[place] - rival)
            # The order is that of the fused score; a lower hit is never called more probable.
            ceiling = min(ceiling, self.calibration.probability(parts))
            # The annex row stands before the bullet.
            same = [passages[int(ranked.places[rank])] for rank in members]
            same.sort(key=lambda passage: _KIND_ORDER[passage.kind])
            hits.append(Hit(same[0], ceiling, parts, tuple(other.id for other in same[1:])))
        return hits


@dataclass(frozen=True, slots=True)
class Ranked:
    """The candidates of a query, best first, with the parts of their scores."""

    places: Places
    dense: FloatArray
    accented: FloatArray
    folded: FloatArray
    coverage: npt.NDArray[np.float64]
    fused: FloatArray

    def parts(self, rank: int) -> Scores:
        """The parts of one of them, without its gap."""
        return Scores(
            dense=float(self.dense[rank]),
            accented=float(self.accented[rank]),
            folded=float(self.folded[rank]),
            coverage=float(self.coverage[rank]),
            fused=float(self.fused[rank]),
        )


def _allowed(passages: Passages, query: Query) -> Mask | None:
    """Which passages fit the filters, None when there is no filter."""
    masks: list[Mask] = []
    if query.kinds:
        masks.append(passages.of_kinds(query.kinds))
    if query.document_ids:
        masks.append(passages.of_documents(query.document_ids))
    if query.years:
        masks.append(passages.of_years(query.years))
    if query.ids:
        masks.append(passages.of_ids(query.ids))
    return np.logical_and.reduce(masks) if masks else None


def _rank(
    generation: Generation, subject: str, vector: FloatArray, allowed: Mask | None, weights: Weights
) -> Ranked:
    """The candidates with their parts, best fused score first."""
    near = _nearest(generation, vector, allowed)
    accented, folded = generation.accented.scores(subject), generation.folded.scores(subject)
    among = None if allowed is None else np.flatnonzero(allowed)
    spelt = [_best(accented, among), _best(folded, among)]
    places = np.unique(np.concatenate([near.result(), *spelt]).astype(np.int64))
    cosines = generation.vectors.cosines(vector, places)
    accented, folded = accented[places], folded[places]
    coverage = generation.coverage.shares(generation.coverage.weights(subject), places)
    fused = (
        weights.dense * _spread(cosines)
        + weights.accented * _of_best(accented)
        + weights.folded * _of_best(folded)
        + (weights.coverage * coverage).astype(np.float32)
    )
    order = np.argsort(-fused, kind="stable")
    return Ranked(
        places[order], cosines[order], accented[order], folded[order], coverage[order], fused[order]
    )


def _nearest(generation: Generation, vector: FloatArray, allowed: Mask | None) -> Future[list[int]]:
    """The places of the nearest vectors; of few vectors they are known at once, of many they come later."""
    vectors = generation.vectors
    if vectors.kind is VectorKind.LISTS:
        return _BESIDE.submit(vectors.nearest, vector, allowed, POOL)
    found: Future[list[int]] = Future()
    found.set_result(vectors.nearest(vector, allowed, POOL))
    return found


def _best(scores: FloatArray, places: Places | None) -> Places:
    """At most `POOL` places with the highest scores above zero; of equal scores the first ones."""
    held = scores if places is None else scores[places]
    found = np.flatnonzero(held >= _floor(held))
    found = found[np.argsort(-held[found], kind="stable")[:POOL]]
    return found if places is None else places[found]


def _floor(scores: FloatArray) -> np.float32:
    """A score above zero that none of the `POOL` highest lies under: so many stretches have one as high."""
    length = len(scores) // _STRETCHES
    if length < 2:
        return _LEAST
    tops = scores[: length * _STRETCHES].reshape(length, _STRETCHES).max(axis=0)
    return max(np.partition(tops, -POOL)[-POOL], _LEAST)


def _spread(cosines: FloatArray) -> FloatArray:
    """Cosines of a pool stretched so that the best is 1: as they come, all lie within a tenth."""
    low, high = float(cosines.min()), float(cosines.max())
    shares: FloatArray = 1 - (np.float32(high) - cosines) / np.float32(max(high - low, NARROWEST_SPREAD))
    return shares


def _of_best(scores: FloatArray) -> FloatArray:
    """Scores as shares of the best: how much of a query the best passage holds differs by query."""
    shares: FloatArray = scores / np.float32(max(float(scores.max()), LOWEST_BEST))
    return shares


def _grouped(groups: list[int], limit: int) -> list[list[int]]:
    """The ranks of the passages of each group, in the order of its best; one group beyond `limit`."""
    members: dict[int, list[int]] = {}
    for rank, group in enumerate(groups):
        if group in members or len(members) <= max(limit, 1):
            members.setdefault(group, []).append(rank)
    return list(members.values())
