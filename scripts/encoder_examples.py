"""What the encoder is tuned on: questions about the project's own records, and general sentences.

Records are held out, never single questions: with a record go its twins of other years and the
passages that say the same, so that no wording of a held-out record is taught.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from knowledge.agencies import AgencyRegistry
from knowledge.parsing import parse_file
from knowledge.records import ParsedDocument
from knowledge.registry import Registry
from knowledge.search.engine import Query
from knowledge.search.passages import Passage, passages_of
from knowledge.search.tuning import Question, read_as_written
from vietnamese import normalise

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "knowledge" / "sources"
LABELLED = ROOT / "tests" / "knowledge" / "search" / "data"
DIALOGUES = ROOT / "eval" / "tuning.jsonl"
EVERYDAY = ROOT / "vietnamese" / "data" / "everyday.txt"
HELD_TENTHS = 3
LONGEST_QUESTION = 30
RUN = 60

_DOCUMENTS = {
    "206/QĐ-UBND": "206-qd-ubnd",
    "54/KH-STTTT": "54-kh-stttt",
    "67/KH-UBND": "67-kh-ubnd",
    "KH-2025": "kh-2025",
}
_BY_ROW = re.compile(r"\bdòng\b|\bstt\b|số thứ tự")
_SENTENCE = re.compile(r"(?<=[.;:?])\s+|\n")
_MARKER = re.compile(r"^(\d+(\.\d+)*[.)]|[a-zđ]\)|[-+])\s*")
_FRONTS = ("", "", "", "cơ quan nào ", "ai có trách nhiệm ", "khi nào ", "vì sao ", "theo quy định, ")
_ENDS = ("", "", "", " như thế nào?", " là gì?", " ra sao?", " bao nhiêu?", " có đúng không?")


@dataclass(frozen=True, slots=True)
class Examples:
    """Every passage of the project, the questions to teach and those about held-out records."""

    passages: tuple[Passage, ...]
    taught: tuple[Question, ...]
    held: tuple[Question, ...]


def read_examples() -> Examples:
    """The labelled questions of the search tests and the first messages of the tuning dialogues."""
    agencies = AgencyRegistry.load(SOURCES / "agencies.yml")
    registry = Registry.load(SOURCES)
    parsed = [parse_file(path, registry, agencies) for path in sorted(SOURCES.glob("*.txt"))]
    passages = tuple(passage for one in parsed for passage in passages_of(one))
    known = {passage.id for passage in passages}
    held = _held(parsed, passages)
    found = [*_labelled(), *_asked(known)]
    questions = [question for question in found if question.right and question.right <= known]
    taught = tuple(question for question in questions if not question.right & held)
    words = {question.query.text for question in taught}
    kept = (q for q in questions if q.right & held and q.query.text not in words)
    return Examples(passages, taught, tuple(kept))


def _held(parsed: Sequence[ParsedDocument], passages: Sequence[Passage]) -> frozenset[str]:
    series = {item.id: item.series for one in parsed for item in one.indicators}
    keys = {p.id: {series.get(p.id) or p.id, p.group, p.dense_text} for p in passages}
    held = {key for p in passages if _tenth(key := series.get(p.id) or p.id) < HELD_TENTHS}
    while True:
        # What shares a series, a group or its words with a held-out record is held out with it.
        grown = held.union(*(each for each in keys.values() if held & each))
        if grown == held:
            return frozenset(name for name, each in keys.items() if held & each)
        held = grown


def _tenth(key: str) -> int:
    return int(hashlib.sha256(key.encode()).hexdigest(), 16) % 10


def _labelled() -> Iterator[Question]:
    for name in ("labelled", "wordings"):
        yield from read_as_written(LABELLED / f"{name}.jsonl")


def _asked(known: set[str]) -> Iterator[Question]:
    for line in DIALOGUES.read_text("utf-8").splitlines():
        turn = json.loads(line)["turns"][0]
        text = normalise(turn["user"]).text
        if len(text.split()) > LONGEST_QUESTION or _BY_ROW.search(text.lower()):
            continue
        right: dict[str, set[str]] = {}
        for cite in turn["expect"].get("cites") or ():
            document = _DOCUMENTS.get(cite.get("doc"), "")
            right.setdefault(document, set()).update(known.intersection(_places(document, cite)))
        for document, ids in right.items():
            yield Question(Query(text, document_ids=frozenset({document})), frozenset(ids))


def _places(document: str, cite: dict[str, object]) -> Iterator[str]:
    if cite.get("row") is not None:
        yield f"{document}:{cite['row']}"
        return
    for section in str(cite.get("section", "")).split("|"):
        yield f"{document}#{section.strip()}"
        yield f"{document}:{section.strip()}"


def read_texts(files: Sequence[Path]) -> list[str]:
    """The field "text" of JSON lines: general official text."""
    return [json.loads(line)["text"] for path in files for line in path.read_text("utf-8").splitlines()]


def general_questions(texts: Sequence[str], count: int, rng: Random) -> list[str]:
    """Everyday questions, and `count` questions made of runs of words of the texts; each once."""
    sentences = dict.fromkeys(s.strip() for text in texts for s in _SENTENCE.split(text))
    usable = [s for s in sentences if 6 <= len(s.split()) <= 45 and not s.startswith("Căn cứ")]
    made = [_question_from(s, rng) for s in rng.sample(usable, min(count, len(usable)))]
    everyday = (s.strip() for s in EVERYDAY.read_text("utf-8").splitlines() if not s.startswith("#"))
    return [text for text in dict.fromkeys([*everyday, *made]) if len(text.split()) > 3]


def _question_from(sentence: str, rng: Random) -> str:
    words = sentence.split()
    if len(words) > 14:
        start = rng.randint(0, len(words) - 12)
        words = words[start : start + rng.randint(7, 14)]
    words = [word for word in words if rng.random() > 0.08] or words
    run = _MARKER.sub("", " ".join(words).strip(" .;:,-+"))
    front = rng.choice(_FRONTS)
    if front or rng.random() < 0.5:
        run = run[:1].lower() + run[1:]
    return f"{front}{run}{rng.choice(_ENDS)}"


def general_passages(texts: Sequence[str], rng: Random) -> list[str]:
    """A run of words of each text."""
    runs = []
    for text in texts:
        words = text.split()
        start = rng.randrange(max(1, len(words) - RUN))
        runs.append(" ".join(words[start : start + RUN]))
    return runs
