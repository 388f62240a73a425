"""Measure the search on any passages and questions with known answers.

A corpus is JSON lines ``{"id", "text"}``, questions are ``{"id", "text", "relevant": [ids]}``. They go
through the same normaliser, index, encoder and fusion as the documents of the assistant do.
"""

from __future__ import annotations

import json
import math
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from knowledge.search.encoder import Encoder, FloatArray
from knowledge.search.engine import Query, SearchEngine, Weights
from knowledge.search.errors import SearchError
from knowledge.search.index import build_index
from knowledge.search.passages import TITLE_LIMIT, Kind, Passage
from knowledge.search.serving import SearchIndex
from vietnamese import normalise

DEPTH = 10
BATCH = 64
Tell = Callable[[str], None]


class BenchFileError(SearchError):
    """A corpus or a file of questions that cannot be used; the message names the file and the line."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question and the ids of the passages that answer it."""

    id: str
    text: str
    relevant: frozenset[str]


@dataclass(frozen=True, slots=True)
class Figures:
    """Means over all questions, each 0 to 1."""

    precision_1: float
    recall_10: float
    mrr_10: float
    ndcg_10: float

    def to_json(self) -> dict[str, float]:
        """By the usual names, as percentages."""
        values = (self.precision_1, self.recall_10, self.mrr_10, self.ndcg_10)
        return {name: round(100 * value, 2) for name, value in zip(NAMES, values, strict=True)}


NAMES = ("P@1", "R@10", "MRR@10", "nDCG@10")
SYSTEMS = ("BM25", "dense", "hybrid")


def read_corpus(path: Path) -> dict[str, str]:
    """The text of each passage by its id. Raises `BenchFileError`."""
    found: dict[str, str] = {}
    for where, entry in _entries(path):
        key, text = _words(entry, "id", where), _words(entry, "text", where)
        if key in found:
            raise BenchFileError(f"{where}: id {key!r} có hai lần.")
        found[key] = text
    if not found:
        raise BenchFileError(f"{path}: không có đoạn nào.")
    return found


def read_questions(path: Path, corpus: Mapping[str, str]) -> list[Question]:
    """The questions about a corpus. Raises `BenchFileError`, also for an answer that the corpus lacks."""
    found = []
    for where, entry in _entries(path):
        relevant = entry.get("relevant")
        if not isinstance(relevant, list) or not relevant:
            raise BenchFileError(f'{where}: "relevant" phải là danh sách id, không rỗng.')
        ids = frozenset(str(each) for each in relevant)
        if not ids <= corpus.keys():
            raise BenchFileError(f"{where}: kho không có đoạn {min(ids - corpus.keys())!r}.")
        found.append(Question(_words(entry, "id", where), _words(entry, "text", where), ids))
    if not found:
        raise BenchFileError(f"{path}: không có câu hỏi nào.")
    return found


def _entries(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    try:
        lines = path.read_text("utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise BenchFileError(f"{path}: không đọc được ({error}).") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        where = f"{path}, dòng {number}"
        try:
            entry = json.loads(line)
        except ValueError as error:
            raise BenchFileError(f"{where}: không phải JSON ({error}).") from error
        if not isinstance(entry, dict):
            raise BenchFileError(f"{where}: phải là một đối tượng JSON.")
        yield where, entry


def _words(entry: Mapping[str, Any], key: str, where: str) -> str:
    value = entry.get(key)
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str) or not value.strip():
        raise BenchFileError(f'{where}: thiếu "{key}", hoặc nó rỗng.')
    return value


def measure(
    corpus: Mapping[str, str], questions: Sequence[Question], encoder: Encoder, tell: Tell
) -> dict[str, Figures]:
    """The figures of BM25, of the encoder and of both together. `tell` hears how far it is."""
    remembering = _Remembering(encoder, tell)
    with tempfile.TemporaryDirectory(prefix="trolyso-bench-") as folder:
        build_index([_passage(key, text) for key, text in corpus.items()], remembering, Path(folder))
        index = SearchIndex(Path(folder), remembering)
    queries = [_query(question.text) for question in questions]
    remembering.learn([query.subject for query in queries])
    engines = {name: SearchEngine(index, weights) for name, weights in systems().items()}
    relevant = [question.relevant for question in questions]
    return {name: figures(relevant, _answers(engine, queries)) for name, engine in engines.items()}


def systems() -> dict[str, Weights]:
    """The weights of the engine, and those that leave one half of it."""
    whole = Weights()
    return {
        "BM25": replace(whole, dense=0.0),
        "dense": Weights(dense=1.0, accented=0.0, folded=0.0, coverage=0.0, restored=1.0),
        "hybrid": whole,
    }


def figures(relevant: Sequence[frozenset[str]], answers: Iterable[Sequence[str]]) -> Figures:
    """The means over questions with the ids that are `relevant` and the ranked ids that were found."""
    rows = [_figures(ids, ranked) for ids, ranked in zip(relevant, answers, strict=True)]
    return Figures(*np.asarray(rows, np.float64).mean(axis=0).tolist())


def _figures(relevant: frozenset[str], ranked: Sequence[str]) -> tuple[float, float, float, float]:
    places = [place for place, key in enumerate(ranked[:DEPTH]) if key in relevant]
    gain = sum(1 / math.log2(place + 2) for place in places)
    ideal = sum(1 / math.log2(place + 2) for place in range(min(len(relevant), DEPTH)))
    first = places[0] if places else None
    return (
        float(first == 0),
        len(places) / len(relevant),
        0.0 if first is None else 1 / (first + 1),
        gain / ideal,
    )


def _answers(engine: SearchEngine, queries: Sequence[Query]) -> Iterator[list[str]]:
    for query in queries:
        yield [hit.passage.id for hit in engine.search(query)]


def _query(text: str) -> Query:
    """A question read as the assistant reads a message."""
    reading = normalise(text)
    return Query(reading.text, text, accented=not reading.restored, limit=DEPTH)


def _passage(key: str, text: str) -> Passage:
    # The first line of an article says what it is about: its words are counted twice.
    title = " ".join(text.strip().split("\n")[0][: TITLE_LIMIT + 1].split())
    return Passage(
        id=key,
        kind=Kind.CLAUSE,
        document_id="",
        year_start=0,
        year_end=0,
        text=f"{text}\n{title}",
        dense_text=text,
        title=title,
        group=key,
    )


class _Remembering:
    """An encoder that works in batches of like length, says how far it is, and keeps vectors of queries."""

    def __init__(self, encoder: Encoder, tell: Tell) -> None:
        self._encoder = encoder
        self._tell = tell
        self._queries: dict[str, FloatArray] = {}

    @property
    def name(self) -> str:
        """See `Encoder`."""
        return self._encoder.name

    @property
    def dimension(self) -> int:
        """See `Encoder`."""
        return self._encoder.dimension

    def learn(self, texts: Sequence[str]) -> None:
        """Encode queries ahead of the searches."""
        texts = list(dict.fromkeys(texts))
        vectors = self._batched(texts, self._encoder.encode_queries, "câu hỏi")
        self._queries = dict(zip(texts, vectors, strict=True))

    def encode_queries(self, texts: Sequence[str]) -> FloatArray:
        """See `Encoder`."""
        if all(text in self._queries for text in texts):
            return np.stack([self._queries[text] for text in texts])
        return self._encoder.encode_queries(texts)

    def encode_passages(self, texts: Sequence[str]) -> FloatArray:
        """See `Encoder`."""
        return self._batched(texts, self._encoder.encode_passages, "phần văn bản")

    def _batched(
        self, texts: Sequence[str], encode: Callable[[Sequence[str]], FloatArray], what: str
    ) -> FloatArray:
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        # The longest first: what is left of the time is then never more than it looks.
        order = sorted(range(len(texts)), key=lambda place: -len(texts[place]))
        for start in range(0, len(order), BATCH):
            places = order[start : start + BATCH]
            vectors[places] = encode([texts[place] for place in places])
            self._tell(f"mã hoá {what}: {start + len(places)}/{len(order)}")
        return vectors
