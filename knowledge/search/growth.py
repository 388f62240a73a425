"""Corpora of a thousand to a million clauses made from the real passages, and what a search in them costs.

A clause is the first sentences of one real passage and the last ones of another, with other agencies,
numbers, years and places. Its vector is made, not encoded, since encoding a million would take hours: the
mean of all real vectors, and from there in the direction of the first passage (half or more) and of the
second, with noise that spreads as the real vectors do, as far out as the first lies. In a thousand of them
the nearest other one has a median cosine of 0.96, the fifth 0.93, the tenth 0.92, any other 0.87, as in the
real corpus (0.98, since many clauses repeat another word for word; 0.93; 0.92; 0.86). The questions are
real: everyday wordings of the passages, encoded as questions are; the median cosine of the nearest is 0.88
in the real corpus and 0.90 in a million made clauses.

The vocabulary hardly grows in such a corpus, so each word stands in more passages than it would in a
million real clauses, and BM25 has more to add up.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import faiss
import numpy as np

from knowledge.search.encoder import Encoder, FloatArray
from knowledge.search.engine import POOL, Query, SearchEngine
from knowledge.search.index import Generation, write_index
from knowledge.search.passages import TITLE_LIMIT, Kind, Passage
from knowledge.search.serving import SearchIndex
from knowledge.search.vectors import Mask, VectorKind, Vectors, index_of

QUESTIONS = 200
_TOP = 10
_SEED = 20
_NOISE = np.float32(0.4)
_BATCH = 50_000
_CLAUSES = 250
_FIRST_YEAR, _YEARS = 2015, 20
# Characters that surely lie within the first window of an encoder, so that each clause has one vector.
_DENSE = 600
_SENTENCE_END = re.compile(r"(?<=[.;:])\s+")
_PLACES = (
    "An Giang", "Bạc Liêu", "Bến Tre", "Bình Dương", "Cà Mau", "Cần Thơ", "Đồng Nai", "Đồng Tháp",
    "Hậu Giang", "Kiên Giang", "Long An", "Sóc Trăng", "Tây Ninh", "Tiền Giang", "Trà Vinh", "Vĩnh Long",
)  # fmt: skip

T = TypeVar("T")
Change = Callable[[int], str]
Sentence = list[str | Change]
"""Its parts in order: text that stays, and what makes another agency, number, year or place of a number."""


class Grown:
    """Clauses made from real passages: the same ones each time they are gone through."""

    def __init__(self, real: Generation, agencies: Sequence[str], size: int) -> None:
        """`agencies` are names put in each other's place. Raises `ValueError` when nothing can grow."""
        other = (Kind.DOCUMENT, Kind.GUIDE)
        places = [place for place, each in enumerate(real.passages) if each.kind not in other]
        if not places:
            raise ValueError("expected passages of clauses or rows to grow from, found none")
        self._vectors = real.vectors.exact[real.vectors.firsts[places]]
        cut = _cutter(agencies)
        self._real = [
            [cut(sentence) for sentence in _SENTENCE_END.split(real.passages[place].text)] for place in places
        ]
        self._random = np.random.default_rng(_SEED)
        self._first, self._second = self._random.integers(len(places), size=(2, size))
        self._share = self._random.uniform(0.5, 1, size).astype(np.float32)
        self._changes = self._random.integers(1 << 31, size=size)

    def __len__(self) -> int:
        return len(self._share)

    def __iter__(self) -> Iterator[Passage]:
        return map(self._passage, range(len(self)))

    def vectors(self) -> FloatArray:
        """One vector for each clause, of length 1."""
        mean = self._vectors.mean(axis=0)
        away = self._vectors - mean
        covariance = away.T.astype(np.float64) @ away
        spread = np.linalg.cholesky(covariance + 1e-6 * np.eye(len(mean))).T.astype(np.float32)
        random = np.random.default_rng(_SEED)
        made = np.empty((len(self), len(mean)), np.float32)
        for begin in range(0, len(self), _BATCH):
            part = slice(begin, begin + _BATCH)
            first, share = away[self._first[part]], self._share[part, None]
            mixed = _unit(share * first + (1 - share) * away[self._second[part]])
            noise = random.standard_normal(mixed.shape, dtype=np.float32) @ spread
            reach = np.linalg.norm(first, axis=1, keepdims=True)
            made[part] = _unit(mean + reach * _unit(mixed + _NOISE * _unit(noise)))
        return made

    def _passage(self, place: int) -> Passage:
        number, row = divmod(place, _CLAUSES)
        document, year = f"grown-{number}", _FIRST_YEAR + number % _YEARS
        text = self._text(place)
        name = f"{document}#{row}"
        return Passage(
            name, Kind.CLAUSE, document, year, year, text, text[:_DENSE], text[:TITLE_LIMIT], group=name
        )

    def _text(self, place: int) -> str:
        first, second = self._real[self._first[place]], self._real[self._second[place]]
        share, state = float(self._share[place]), int(self._changes[place])
        own = max(1, round(share * len(first)))
        told: list[str] = []
        for sentence in [*first[:own], *second[len(second) - round((1 - share) * len(second)) :]]:
            parts: list[str] = []
            for part in sentence:
                if not isinstance(part, str):
                    state = (state * 1103515245 + 12345) & 0x7FFFFFFF
                    part = part(state >> 8)
                parts.append(part)
            told.append("".join(parts))
        return " ".join(told)


def _cutter(agencies: Sequence[str]) -> Callable[[str], Sentence]:
    """Cuts a sentence where something else can stand."""
    names = "|".join(map(re.escape, sorted(agencies, key=len, reverse=True)))
    changing = re.compile(rf"({names})|(Vĩnh Long)|\b(20\d\d)\b|(\d+(?:[.,]\d+)*)")

    def change(found: re.Match[str]) -> Change:
        match found.lastindex:
            case 1:
                return lambda number: agencies[number % len(agencies)]
            case 2:
                return lambda number: _PLACES[number % len(_PLACES)]
            case 3:
                return lambda number: str(_FIRST_YEAR + number % _YEARS)
        largest: int = 10 ** min(len(found.group()), 4)
        return lambda number: str(1 + number % largest)

    def cut(sentence: str) -> Sentence:
        parts: Sentence = []
        end = 0
        for found in changing.finditer(sentence):
            parts += [sentence[end : found.start()], change(found)]
            end = found.end()
        return [*parts, sentence[end:]]

    return cut


def _unit(vectors: FloatArray) -> FloatArray:
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


Seconds = tuple[float, ...]
"""How long each of some searches took, in rising order."""


@dataclass(frozen=True, slots=True)
class Looked:
    """The vectors nearest to questions: how long they took, and the share found of the ten really nearest."""

    times: Seconds
    recall: float


@dataclass(frozen=True, slots=True)
class SearchCost:
    """What was measured in one corpus; `of_year` is among the clauses of one year in twenty.

    `words` is BM25 in both spellings, `whole` a search but for the encoder, all at one thread of the caller.
    """

    kind: VectorKind
    vectors: Looked
    vectors_of_year: Looked
    words: Seconds
    whole: Seconds
    whole_of_year: Seconds


@dataclass(frozen=True, slots=True)
class KindCost:
    """What one kind of index costs for the same vectors; `seconds` is the time to build it."""

    name: str
    seconds: float
    vectors: Looked


def grow(real: Generation, agencies: Sequence[str], encoder: Encoder, size: int, folder: Path) -> float:
    """Write an index of `size` grown clauses and make it the one in force; returns the seconds it took."""
    grown = Grown(real, agencies, size)
    vectors = grown.vectors()
    began = time.perf_counter()
    write_index(grown, vectors, encoder, folder)
    return time.perf_counter() - began


def questions(real: Generation) -> list[str]:
    """Everyday wordings of passages, evenly over the corpus."""
    said = [each.said[0] for each in real.passages if each.said]
    return said[:: max(1, len(said) // QUESTIONS)][:QUESTIONS]


def search_cost(index: SearchIndex, asked: Sequence[str]) -> SearchCost:
    """Measure an index of grown clauses with questions."""
    engine, generation = SearchEngine(index), index.generation
    queries = index.encoder.encode_queries(asked)
    years = frozenset({_FIRST_YEAR})
    return SearchCost(
        kind=generation.vectors.kind,
        vectors=_looked(generation.vectors, queries, None),
        vectors_of_year=_looked(generation.vectors, queries, generation.passages.of_years(years)),
        words=_timed(asked, lambda text: (generation.accented.scores(text), generation.folded.scores(text))),
        whole=_timed([Query(text) for text in asked], engine.search),
        whole_of_year=_timed([Query(text, years=years) for text in asked], engine.search),
    )


def kind_costs(real: Generation, size: int, queries: FloatArray) -> Iterator[KindCost]:
    """The kinds of index side by side, and with them HNSW, which is not used."""
    vectors = Grown(real, (), size).vectors()
    firsts, owners = np.arange(size + 1), np.arange(size, dtype=np.int32)
    made: tuple[tuple[str, Callable[[], Any]], ...] = (
        (VectorKind.FLAT, lambda: index_of(vectors, VectorKind.FLAT)),
        (VectorKind.LISTS, lambda: index_of(vectors, VectorKind.LISTS)),
        ("HNSW", lambda: _graph(vectors)),
    )
    for name, build in made:
        began = time.perf_counter()
        index = build()
        seconds = time.perf_counter() - began
        yield KindCost(name, seconds, _looked(Vectors(index, vectors, firsts, owners), queries, None))


def _graph(vectors: FloatArray) -> Any:
    index = faiss.IndexHNSWFlat(vectors.shape[1], 32, faiss.METRIC_INNER_PRODUCT)
    index.hnsw.efConstruction, index.hnsw.efSearch = 100, 2 * POOL
    index.add(vectors)
    return index


def _looked(held: Vectors, queries: FloatArray, allowed: Mask | None) -> Looked:
    times = _timed(queries, lambda query: held.nearest(query, allowed, POOL))
    found = [held.nearest(query, allowed, POOL)[:_TOP] for query in queries]
    nearest = _nearest(held.exact, queries, allowed)
    shares = [len(set(one) & set(other)) / len(other) for one, other in zip(found, nearest, strict=True)]
    return Looked(times, float(np.mean(shares)))


def _nearest(vectors: FloatArray, queries: FloatArray, allowed: Mask | None) -> list[list[int]]:
    """The rows of the ten nearest to each query, by all inner products."""
    best = np.full((len(queries), _TOP), -np.inf, np.float32)
    rows = np.full((len(queries), _TOP), -1)
    for begin in range(0, len(vectors), _BATCH):
        products = queries @ vectors[begin : begin + _BATCH].T
        if allowed is not None:
            products[:, ~allowed[begin : begin + _BATCH]] = -np.inf
        more = np.broadcast_to(np.arange(begin, begin + products.shape[1]), products.shape)
        best, rows = np.hstack([best, products]), np.hstack([rows, more])
        top = np.argpartition(-best, _TOP - 1)[:, :_TOP]
        best, rows = np.take_along_axis(best, top, 1), np.take_along_axis(rows, top, 1)
    return [of_query[held > -np.inf].tolist() for of_query, held in zip(rows, best, strict=True)]


def _timed(asked: Iterable[T], ask: Callable[[T], object]) -> Seconds:
    """Each alone, when all have been asked once before."""
    for each in asked:
        ask(each)
    taken: list[float] = []
    for each in asked:
        began = time.perf_counter()
        ask(each)
        taken.append(time.perf_counter() - began)
    return tuple(sorted(taken))
