"""How-tos for citizens: which guide a message asks for, and the answer that a guide gives."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from math import exp, log1p, sqrt
from statistics import fmean, pstdev

from actions.citing import (
    clause_citation,
    guide_citation,
    indicator_citation,
    shortened,
    source_of_clause,
    source_of_indicator,
    source_of_task,
    task_citation,
)
from actions.corpus import Corpus
from actions.dialogue import Dialogue
from actions.guide_points import nearest_points, shared_words
from actions.question import Question
from actions.reply import Reply, answered
from actions.subject import says_something
from actions.wording import numbered
from knowledge.guides import Basis, basis_of
from knowledge.records import SENTENCE_END, Clause, Document, Guide, Indicator, Task
from knowledge.search.engine import Hit, Query
from knowledge.search.passages import Kind
from trolyso.answer import Answer, Citation, Status, Suggestion
from vietnamese import fold, syllables

# What a message consists of that asks for the guides and for none of them.
_OF_GUIDES = frozenset(
    {"huong", "dan", "bai", "muc", "nhung", "cac", "may", "nao", "gi", "co", "khong", "cho", "xem", "gui"}
    | {"em", "toi", "minh", "ba", "con", "o", "day", "a", "nha", "nhe", "voi", "di", "la"}
)
# Chosen on data/nlu/ask_guide.yml, each example with its guide, against data/nlu/out_of_scope.yml.
_NAME_WEIGHT = 0.6
_BIAS, _NAMED, _COVERED, _NEARER, _LENGTH = -12.14, 8.36, 3.74, 1.19, 6.29
_LONG = 12
_ALL = 50
_QUOTED = 260
_SHARED = 2
"""Words that a message shares with a point of a guide which it asks for."""
_MORE = "Kiểm tra lần cuối: xem trang hướng dẫn “{title}” (rà soát ngày {day})."
_NAME_BREAK = re.compile(r"[,;()]")


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A guide, how well one of its names fits the subject, and the sum by which guides are ranked."""

    guide: Guide
    hit: Hit
    named: float

    @property
    def total(self) -> float:
        return self.hit.parts.fused + _NAME_WEIGHT * self.named


def find_guide(question: Question, corpus: Corpus) -> tuple[Guide, float] | None:
    """The guide that is nearest to the subject of a question, with the probability that it is meant.

    Of a long story what it tells before it asks is heard too. None when the question has no words, or
    nothing is held. The intent is not looked at: a question about the plan names the same subjects.
    """
    texts = dict.fromkeys((question.subject or question.typed, question.wider or question.subject))
    found = [near for text in texts if (near := _nearest(text, question, corpus))]
    return max(found, key=lambda each: each[1], default=None)


def _nearest(text: str, question: Question, corpus: Corpus) -> tuple[Guide, float] | None:
    query = Query(
        text=text,
        original=question.typed,
        accented=not question.restored,
        kinds=frozenset({Kind.GUIDE}),
        limit=_ALL,
    )
    ranked = _ranked(query.subject, corpus.search(query), corpus.store.guides())
    return (ranked[0].guide, _probability(ranked, query.subject)) if ranked else None


def _probability(ranked: Sequence[_Candidate], subject: str) -> float:
    """How likely the first guide is meant: its name fits, its text covers the subject, others lie farther.

    Nearness counts in deviations, so that it means the same with any encoder; a subject of a word or
    two fits many things.
    """
    best = ranked[0]
    cosines = [candidate.hit.parts.dense for candidate in ranked]
    nearer = (best.hit.parts.dense - fmean(cosines)) / (pstdev(cosines) + 1e-6)
    weight = (
        _BIAS
        + _NAMED * best.named
        + _COVERED * best.hit.parts.coverage
        + _NEARER * nearer
        + _LENGTH * min(len(subject.split()), _LONG) / _LONG
    )
    return 1 / (1 + exp(-weight))


def _ranked(subject: str, hits: Sequence[Hit], guides: Collection[Guide]) -> list[_Candidate]:
    """The guides of the hits, best first."""
    names = {guide.id: _names(guide) for guide in guides}
    held = {guide.id: guide for guide in guides}
    weights = _weights(names.values())
    asked = frozenset(syllables(fold(subject)))
    found = []
    for hit in hits:
        # The index may be a moment older or newer than the store.
        if hit.passage.id in held:
            named = max(_likeness(asked, name, weights) for name in names[hit.passage.id])
            found.append(_Candidate(held[hit.passage.id], hit, named))
    return sorted(found, key=lambda candidate: -candidate.total)


def _names(guide: Guide) -> list[frozenset[str]]:
    """The folded syllables of each name that a guide goes by."""
    pieces = (piece for name in (guide.title, *guide.topics) for piece in _NAME_BREAK.split(name))
    return [frozenset(words) for piece in pieces if (words := syllables(fold(piece)))]


def _weights(names: Collection[list[frozenset[str]]]) -> dict[str, float]:
    """Inverse frequency of each syllable over the guides."""
    counts: dict[str, int] = {}
    for of_guide in names:
        for word in frozenset().union(*of_guide):
            counts[word] = counts.get(word, 0) + 1
    return {word: log1p(len(names) / count) for word, count in counts.items()}


def _likeness(asked: frozenset[str], name: frozenset[str], weights: dict[str, float]) -> float:
    """The weighted cosine, 0 to 1, of two sets of syllables; a syllable of no guide weighs 1."""

    def total(words: frozenset[str]) -> float:
        return sum(weights.get(word, 1.0) for word in words)

    return total(asked & name) / sqrt(total(asked) * total(name)) if asked else 0.0


def answer_guide(question: Question, guide: Guide, corpus: Corpus, confidence: float) -> Reply:
    """The essential first, each step and warning in a sentence, the plan behind it; the rest by a link."""
    asked = _asked_for(question.typed, guide, corpus)
    bases = [basis for record_id in guide.plan if (basis := basis_of(record_id, corpus.store)) is not None]
    lines = [
        guide.summary,
        "Các bước:",
        *(f"{number}. {_told(step, asked)}" for number, step in enumerate(guide.steps, 1)),
        *(f"Xin nhớ: {' '.join(_told(point, asked) for point in guide.avoid)}" for _ in guide.avoid[:1]),
        *(f"Cần chuẩn bị: {_joined(guide.prepare)}." for _ in guide.prepare[:1]),
        *(point for point in guide.check if point in asked),
        *(_plan_line(basis, corpus.documents[basis.document_id]) for basis in bases[:1]),
        _MORE.format(title=guide.title, day=guide.reviewed_on.strftime("%d/%m/%Y")),
    ]
    citations = [
        *(_basis_citation(basis, corpus.documents[basis.document_id]) for basis in bases),
        guide_citation(guide),
    ]
    return answered(
        "\n".join(lines),
        citations,
        question.but(subject=question.subject or guide.title),
        guide.id,
        tuple(_suggestions(guide, corpus)),
        confidence,
    )


def _asked_for(typed: str, guide: Guide, corpus: Corpus) -> frozenset[str]:
    """The points that a message asks for, in so many words or by what it means."""
    words = _own_words(typed, guide)
    named = [point for point in guide.points if shared_words(point, words) >= _SHARED]
    # What a story tells and what it asks in the end may be different points.
    texts = dict.fromkeys((typed, SENTENCE_END.split(typed.strip())[-1]))
    near = [point for text in texts if text for point, _ in nearest_points(text, guide, corpus)]
    return frozenset([*named, *near])


def _own_words(typed: str, guide: Guide) -> frozenset[str]:
    """The folded words of a message that say more than which guide is meant."""
    words = {fold(word) for word in syllables(typed) if says_something(word)}
    return frozenset(words - set(syllables(fold(guide.title))))


def _joined(points: Sequence[str]) -> str:
    return "; ".join(f"{point[0].lower()}{point[1:]}".rstrip(".") for point in points)


def _told(point: str, asked: Collection[str]) -> str:
    """A point whole when it is asked for, otherwise its first sentence."""
    return point if point in asked else SENTENCE_END.split(point, maxsplit=1)[0]


def _plan_line(basis: Basis, document: Document) -> str:
    match basis:
        case Clause():
            place, words = source_of_clause(document, basis), basis.text
        case Indicator():
            place, words = source_of_indicator(document, basis), _with_target(basis)
        case Task():
            place, words = source_of_task(document, basis), basis.name
    return f"Theo kế hoạch: “{shortened(words, _QUOTED)}” ({place})."


def _with_target(indicator: Indicator) -> str:
    return f"{indicator.name}: {indicator.target_raw}" if indicator.target_raw else indicator.name


def _basis_citation(basis: Basis, document: Document) -> Citation:
    match basis:
        case Clause():
            return clause_citation(document, basis)
        case Indicator():
            return indicator_citation(document, basis)
        case Task():
            return task_citation(document, basis)


def _suggestions(guide: Guide, corpus: Corpus) -> Iterator[Suggestion]:
    """What the plan says of the same subject, then the guides that go with this one."""
    yield Suggestion("Kế hoạch nói gì?", guide.plan_question)
    for slug in guide.related:
        other = corpus.store.guide(slug)
        if other is not None:
            yield _tap(other)


def _tap(guide: Guide) -> Suggestion:
    return Suggestion(guide.title, f"hướng dẫn tôi {guide.title[0].lower()}{guide.title[1:]}")


def asks_which(folded: str) -> bool:
    """True when the guides themselves are asked for: "hướng dẫn", "có những bài hướng dẫn nào?"."""
    words = syllables(folded)
    return "huong dan" in " ".join(words) and _OF_GUIDES.issuperset(words)


def answer_guides(corpus: Corpus, dialogue: Dialogue) -> Reply:
    """The titles of all guides, to pick from."""
    guides = sorted(corpus.store.guides(), key=lambda guide: guide.title)
    text = f"Dạ, em có {len(guides)} bài hướng dẫn. Anh chị muốn xem bài nào?\n"
    text += numbered([guide.title for guide in guides])
    return Reply(Answer(Status.CLARIFY, text, tuple(map(_tap, guides))), dialogue)
