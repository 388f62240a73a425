"""Search: dense and lexical scores fused, duplicates folded, a calibrated score for each hit."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import numpy as np

from knowledge.search.calibrate import Calibration, Scores, default_calibration
from knowledge.search.encoder import FloatArray
from knowledge.search.index import Generation, Places
from knowledge.search.passages import Kind, Passage
from knowledge.search.serving import SearchIndex

POOL = 200
DEFAULT_LIMIT = 10
REMEMBERED = 1024
# A pool of few passages must not have its small differences blown up.
NARROWEST_SPREAD = 0.05
# Nor must a best that holds next to nothing of the query count like one that holds it all.
LOWEST_BEST = 0.25
_KIND_ORDER = {kind: place for place, kind in enumerate(Kind)}


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
        places = _allowed(generation.passages, query)
        if not query.subject or (places is not None and not len(places)):
            return []
        vector = self._vector(query.subject)
        weights = self.weights.for_query(query.accented)
        ranked = _rank(generation, query.subject, vector, places, weights)
        return self._judge(generation.passages, ranked, query.limit)

    def _vector(self, subject: str) -> FloatArray:
        """The vector of a subject; one message is often searched for more than once."""
        vector = self._vectors.get(subject)
        if vector is None:
            vector = self._vectors[subject] = self.index.encoder.encode_queries([subject])[0]
            if len(self._vectors) > REMEMBERED:
                self._vectors.popitem(last=False)
        return vector

    def _judge(
        self, passages: tuple[Passage, ...], ranked: list[tuple[int, Scores]], limit: int
    ) -> list[Hit]:
        groups = _grouped(passages, ranked)
        hits: list[Hit] = []
        ceiling = 1.0
        for place, (members, parts) in enumerate(groups[:limit]):
            rival = groups[1 if place == 0 else 0][1].fused if len(groups) > 1 else 0.0
            parts = replace(parts, gap=parts.fused - rival)
            # The order is that of the fused score; a lower hit is never called more probable.
            ceiling = min(ceiling, self.calibration.probability(parts))
            hits.append(Hit(members[0], ceiling, parts, tuple(other.id for other in members[1:])))
        return hits


def _allowed(passages: Iterable[Passage], query: Query) -> Places | None:
    """Places of the passages that fit the filters, None when there is no filter."""
    if not (query.kinds or query.document_ids or query.years or query.ids):
        return None
    return np.array([i for i, passage in enumerate(passages) if _fits(passage, query)], np.int64)


def _fits(passage: Passage, query: Query) -> bool:
    return (
        (not query.kinds or passage.kind in query.kinds)
        and (not query.document_ids or passage.document_id in query.document_ids)
        and (not query.ids or passage.id in query.ids)
        and (not query.years or any(passage.year_start <= y <= passage.year_end for y in query.years))
    )


def _rank(
    generation: Generation,
    subject: str,
    vector: FloatArray,
    places: Places | None,
    weights: Weights,
) -> list[tuple[int, Scores]]:
    """The candidates with their parts, best fused score first."""
    accented, folded = generation.accented.scores(subject), generation.folded.scores(subject)
    pool = set(generation.nearest(vector, places, POOL))
    pool |= _best(accented, places) | _best(folded, places)
    candidates = sorted(pool)
    cosines = generation.cosines(vector, candidates)
    shares = zip(
        _spread(cosines),
        _of_best(accented[candidates]),
        _of_best(folded[candidates]),
        strict=True,
    )
    informative = generation.coverage.weights(subject)
    ranked = []
    for place, cosine, (near, marked, plain) in zip(candidates, cosines, shares, strict=True):
        coverage = generation.coverage.share(informative, place)
        fused = (
            weights.dense * near
            + weights.accented * marked
            + weights.folded * plain
            + weights.coverage * coverage
        )
        parts = Scores(
            dense=float(cosine),
            accented=float(accented[place]),
            folded=float(folded[place]),
            coverage=coverage,
            fused=float(fused),
        )
        ranked.append((place, parts))
    return sorted(ranked, key=lambda item: (-item[1].fused, item[0]))


def _best(scores: FloatArray, places: Places | None) -> set[int]:
    """At most `POOL` places with the highest scores above zero."""
    candidates = np.arange(len(scores)) if places is None else places
    candidates = candidates[scores[candidates] > 0]
    order = np.argsort(-scores[candidates], kind="stable")[:POOL]
    return {int(place) for place in candidates[order]}


def _spread(cosines: FloatArray) -> FloatArray:
    """Cosines of a pool stretched so that the best is 1: as they come, all lie within a tenth."""
    low, high = float(cosines.min()), float(cosines.max())
    shares: FloatArray = 1 - (np.float32(high) - cosines) / np.float32(max(high - low, NARROWEST_SPREAD))
    return shares


def _of_best(scores: FloatArray) -> FloatArray:
    """Scores as shares of the best: how much of a query the best passage holds differs by query."""
    shares: FloatArray = scores / np.float32(max(float(scores.max()), LOWEST_BEST))
    return shares


def _grouped(
    passages: tuple[Passage, ...], ranked: list[tuple[int, Scores]]
) -> list[tuple[list[Passage], Scores]]:
    """One entry a group, in the order of its best member; the annex row stands before the bullet."""
    members: dict[str, list[Passage]] = {}
    best: dict[str, Scores] = {}
    for place, parts in ranked:
        passage = passages[place]
        members.setdefault(passage.group, []).append(passage)
        best.setdefault(passage.group, parts)
    for found in members.values():
        found.sort(key=lambda passage: _KIND_ORDER[passage.kind])
    return [(members[group], best[group]) for group in best]
