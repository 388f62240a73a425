"""Which record a question is about: by row, by the focus, or by search over the right plans."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum

from actions.breakdown import names_part
from actions.candidates import Candidate, find_candidates
from actions.citing import DOCUMENT_NUMBER
from actions.corpus import Corpus, Record
from actions.dialogue import Dialogue
from actions.evidence import name_of
from actions.moving import clause_twin
from actions.question import Field, Kind, Question
from actions.subject import says_something
from knowledge.records import Clause, Document, Indicator, Task
from vietnamese import fold, syllables

ANSWERED_FROM = 0.7
"""Calibrated score from which the best record is answered."""
PART_FROM = 0.45
"""The same for one of several questions in a message: that it is one makes its record likelier."""
LIKELY_FROM = 0.3
"""Probability from which the best record is shown whole, though others are offered beside it."""
OFFERED_FROM = 0.12
"""Calibrated score from which the best records are named for the person to pick."""
_OPTIONS = 4
_ASIDE = 4
_NAMED = 0.75
_OFFERED = 4
_OWN = 0.5
_HEADING = 90
_FARTHEST = 0.05
_TELLING = 0.05
_TIED = 0.6
_SURE = 0.9
_CITY = re.compile(r"\btp\b\.?")
_LAST_HORIZON = 2030
_CITING = 0.15
"""Share of the best score from which a clause that names a document may be the one meant."""
_NUMBERED = 0.03
"""The same when the number of a document is asked, which other clauses cannot tell."""
_TOLD = (Field.RECORD, Field.LEAD, Field.COORDINATOR)
"""What a clause may tell; figures and grounds of its subject stand in a row."""
_UNIT = re.compile(
    r"\b(?:bao nhiêu|mấy|nhiêu) (phần trăm\b|%|sản phẩm|doanh nghiệp|lượt|giao dịch|cá nhân|cơ sở"
    r"|chuyên gia|hộ|học viên|website|mô hình|hội chợ|tin bài|chương trình)",
    re.IGNORECASE,
)
_PERCENT = ("phần trăm", "%")
_UNTIL = re.compile(r"\bđến năm (20\d\d)\b", re.IGNORECASE)
_PLAN_OF = re.compile(
    r"\b(?:kế hoạch|văn bản)(?:,? (?:kinh tế số|xã hội số|và|phát triển|triển khai|năm|số|\d{4}|\d+/\S+))*"
    r" (?:của|do) (?:sở|ủy ban)\b",
    re.IGNORECASE,
)
_OF_ISSUER = re.compile(r"\b(?:kế hoạch|phụ lục|văn bản|bản)\b[^,?]{0,40}\b(?:của|do)\b", re.IGNORECASE)


class Outcome(Enum):
    """How a resolution ended."""

    FOUND = "found"
    LIKELY = "likely"
    SEVERAL = "several"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Resolution:
    """The records found, best first, and how sure the first one is (0 to 1)."""

    outcome: Outcome
    records: tuple[Record, ...] = ()
    confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class Scope:
    """The documents that a question may be answered from; `missing` years have none at all."""

    documents: tuple[str, ...]
    missing: tuple[int, ...] = ()


def scope(question: Question, corpus: Corpus) -> Scope:
    """The plans that a question names by document, by horizon or by year; all official ones when none."""
    if question.documents:
        return Scope(question.documents)
    if question.horizons and not question.years:
        return Scope(tuple(d.id for year in question.horizons[:1] for d in corpus.covering(year)))
    if not question.years:
        return Scope(tuple(d.id for d in corpus.documents.values() if d.official))
    found = [d.id for year in question.years for d in corpus.plans_of(year)]
    missing = tuple(year for year in question.years if not corpus.plans_of(year))
    return Scope(tuple(dict.fromkeys(found)), missing)


def located(question: Question, corpus: Corpus) -> Question:
    """Years inside a named plan of several years are its horizons: "kế hoạch 67 … năm 2025".

    A year for which no plan was made, but in which one was signed, names that plan.
    """
    question = _less_issuer(question, corpus)
    signed = {year: _signed_in(year, corpus) for year in question.years if not corpus.plans_of(year)}
    if any(signed.values()):
        left = tuple(year for year in question.years if not signed.get(year))
        plans = tuple(document for document in signed.values() if document)
        question = question.but(years=left, documents=tuple(dict.fromkeys((*question.documents, *plans))))
    named = [corpus.documents[d] for d in question.documents if d in corpus.documents]
    if named and not any(d.official for d in named) and any(corpus.plans_of(y) for y in question.years):
        # "bài báo nói …, vậy năm 2024 tỉnh mình đặt bao nhiêu?": the article is only what made one ask.
        return question.but(documents=())
    if named and question.years and all(d.period.start < d.period.end for d in named):
        return question.but(years=(), horizons=tuple(dict.fromkeys((*question.years, *question.horizons))))
    if named and question.back and all(d.period.start == d.period.end for d in named):
        return question.but(horizons=())  # "QĐ 206 cũng có chỉ tiêu này" after a goal until 2030
    if question.years == (_LAST_HORIZON,):
        return question.but(years=(), horizons=question.years)
    return question


def _less_issuer(question: Question, corpus: Corpus) -> Question:
    """ "kế hoạch 2023 của Sở Thông tin và Truyền thông có mấy chỉ tiêu": who made a plan is not asked of."""
    place = _PLAN_OF.search(question.typed) or (
        _OF_ISSUER.search(question.typed) if question.kind is Kind.LIST else None
    )
    if question.role or place is None:
        return question
    issuers = " ".join(corpus.documents[d].issuer for d in scope(question, corpus).documents).casefold()
    left = tuple(
        a
        for a in question.agencies
        if a not in corpus.agencies or corpus.agencies[a].name.casefold() not in issuers
    )
    if left == question.agencies:
        return question
    kind = Kind.CLAUSE if question.kind is Kind.DUTY and not left else question.kind
    subject = _less_names(question.subject, set(question.agencies) - set(left), corpus)
    return question.but(agencies=left, kind=kind, subject=subject)


def _less_names(subject: str, agencies: set[str], corpus: Corpus) -> str:
    """A subject without the names of some agencies."""
    for agency in (corpus.agencies[a] for a in agencies if a in corpus.agencies):
        names = sorted((agency.name, *agency.aliases), key=len, reverse=True)
        subject = re.sub("|".join(map(re.escape, names)), " ", subject, flags=re.IGNORECASE)
    return " ".join(subject.split())


def _signed_in(year: int, corpus: Corpus) -> str | None:
    """The one official document signed in a year; None when there is none, or more."""
    found = [
        d.id for d in corpus.documents.values() if d.official and d.signed_on and d.signed_on.year == year
    ]
    return found[0] if len(found) == 1 else None


def resolve(question: Question, dialogue: Dialogue, corpus: Corpus) -> Resolution:
    """The record that a question is about."""
    documents = scope(question, corpus).documents
    if question.row:
        return _by_row(question, documents, corpus)
    if question.clause and (clauses := _by_path(question.clause, documents, corpus)):
        if len(clauses) == 1:
            return Resolution(Outcome.FOUND, (_part_named(clauses[0], question, corpus) or clauses[0],), 1.0)
        return Resolution(Outcome.SEVERAL, clauses[:_OPTIONS], 1.0)
    pointed = question.back or not says_something(question.subject)
    if pointed and dialogue.record and "deadline" not in question.asks:
        return _from_focus(question, dialogue.record, documents, corpus)
    near = corpus.record(dialogue.record) if dialogue.record else None
    if near is not None and corpus.document_of(near).id in documents and is_within(question, near):
        other = _of_other_unit(question, near, documents, corpus)
        if isinstance(near, Indicator):
            other = other or _surely(question, documents, corpus)
        return other or Resolution(Outcome.FOUND, (near,), 1.0)
    return _by_search(question, documents, corpus, near)


def _by_path(path: str, documents: tuple[str, ...], corpus: Corpus) -> tuple[Clause, ...]:
    """The clauses with a path, or with one that ends with it; none when it names no clause."""
    held = [clause for d in documents for clause in corpus.store.clauses(d)]
    whole = tuple(clause for clause in held if clause.path == path)
    return whole or tuple(clause for clause in held if clause.path.endswith(f".{path}") and "." in path)


def _part_named(clause: Clause, question: Question, corpus: Corpus) -> Clause | None:
    """The part with a heading of its own that the question names: "nội dung 2.4, phần công nghiệp"."""
    said = set(syllables(fold(question.subject)))
    parts = [
        c
        for c in corpus.store.clauses(clause.document_id)
        if c.path.startswith(f"{clause.path}.") and len(c.text) <= _HEADING
    ]
    named = [c for c in parts if c.text.strip() and said.issuperset(syllables(fold(c.text)))]
    return named[0] if len(named) == 1 else None


def is_within(question: Question, record: Record) -> bool:
    """True when a short question without a plan of its own asks on about the record in focus."""
    words = [fold(word) for word in question.subject.split() if says_something(word)]
    told = [name_of(record)]
    if isinstance(record, Indicator):
        told += [record.target_raw or "", record.note_raw or ""]
    said = set(syllables(_CITY.sub(" thanh pho ", fold(" ".join(told)))))
    own = question.agencies or question.row or question.kind in (Kind.LIST, Kind.COMPARE)
    part = isinstance(record, Indicator) and names_part(question.typed, record)
    if isinstance(record, Indicator) and not question.claim and not _has_values(record, question):
        return False  # "còn cái 50% hoạt động kiểm tra thì ai phối hợp?"
    return not own and 0 < len(words) <= _ASIDE and (part or all(word in said for word in words))


def _has_values(row: Indicator, question: Question) -> bool:
    """False when a share is named that the row does not have."""
    held = {f"{target.value.normalize():f}" for target in row.targets if target.value is not None}
    return not question.values or not held or bool(held & set(question.values))


def _by_row(question: Question, documents: tuple[str, ...], corpus: Corpus) -> Resolution:
    rows = corpus.by_row(question.row or "", documents)
    if not rows:
        return Resolution(Outcome.NOTHING)
    newest = [row for row in rows if row.document_id == rows[0].document_id]
    outcome = Outcome.FOUND if len(newest) == 1 else Outcome.SEVERAL
    return Resolution(outcome, tuple(newest[:_OPTIONS]), 1.0)


def _from_focus(question: Question, record_id: str, documents: tuple[str, ...], corpus: Corpus) -> Resolution:
    """The record of the focus, moved to the plan that is asked now."""
    record = corpus.record(record_id)
    if record is None:
        return Resolution(Outcome.NOTHING)
    elsewhere = question.horizons and not _covers(record, question.horizons)
    if elsewhere:
        return _by_search(question.but(subject=name_of(record)), documents, corpus, record)
    if corpus.document_of(record).id in documents or not (question.years or question.documents):
        other = _of_other_unit(question, record, documents, corpus)
        return other or Resolution(Outcome.FOUND, (record,), 1.0)
    if isinstance(record, Indicator):
        row = next((t for t in corpus.twins(record) if t.document_id in documents), None)
        if row:
            return Resolution(Outcome.FOUND, (row,), 1.0)
        return _by_search(question.but(subject=record.name), documents, corpus, None)
    told = question.back and question.field in _TOLD
    if isinstance(record, Clause) and told and (twin := clause_twin(record, documents, corpus)):
        return Resolution(Outcome.FOUND, (twin,), 1.0)
    text = record.title if isinstance(record, Document) else name_of(record)
    asked = text if question.back else question.subject or text
    return _by_search(question.but(subject=asked), documents, corpus, None)


def _surely(question: Question, documents: tuple[str, ...], corpus: Corpus) -> Resolution | None:
    """What a search surely finds by words that stand in the long name of the record in focus too."""
    found = _by_search(question, documents, corpus, None)
    return found if found.outcome is Outcome.FOUND and found.confidence >= _SURE else None


def _of_other_unit(
    question: Question, record: Record, documents: tuple[str, ...], corpus: Corpus
) -> Resolution | None:
    """What is near the row in focus and counts what is asked: "rồi phải đưa lên sàn đó bao nhiêu sản phẩm?".

    None when the row itself counts it, or nothing near surely does.
    """
    asked = _UNIT.search(question.typed)
    if asked is None or not isinstance(record, Indicator) or _counts_in(record, asked[1]):
        return None
    share = asked[1] in _PERCENT
    about = f"{record.name} {question.typed if share else asked[1]}"
    near = question.but(subject=about, rejected=record.id, back=False)
    found = _by_search(near, documents, corpus, record)
    fits = [other for other in found.records if isinstance(other, Indicator) and _counts_in(other, asked[1])]
    sure = len(fits) == 1 or (share and fits[:1] == list(found.records[:1]))
    return Resolution(Outcome.FOUND, tuple(fits[:1]), found.confidence) if sure else None


def _counts_in(row: Indicator, unit: str) -> bool:
    told, name = fold(row.target_raw or ""), fold(row.name)
    if unit in _PERCENT:
        return "%" in told
    return fold(unit) in told or (name.startswith("so ") and fold(unit) in name)


def _covers(record: Record, horizons: tuple[int, ...]) -> bool:
    """False for a goal of another horizon than the asked one."""
    if isinstance(record, Clause):
        named = {int(year) for year in _UNTIL.findall(" ".join(record.trail))}
        return not named or bool(named.intersection(horizons))
    return not isinstance(record, Indicator) or record.period.end in horizons


def _by_search(
    question: Question, documents: tuple[str, ...], corpus: Corpus, near: Record | None
) -> Resolution:
    return _decide(find_candidates(question, documents, corpus, near), question, corpus)


def _decide(ranked: list[Candidate], question: Question, corpus: Corpus) -> Resolution:
    """Answer, ask back or give up, by how probable the best one is and how near the others are."""
    ranked = _sections_first(_with_twins(ranked) if question.kind is Kind.COMPARE else ranked)
    if question.kind is Kind.CLAUSE and (question.field is Field.BASIS or "number" in question.meta):
        ranked = _citing_first(ranked, _CITING if question.field is Field.BASIS else _NUMBERED)
    records = tuple(candidate.record for candidate in ranked)
    best = ranked[0].score if ranked else 0.0
    if "deadline" in question.asks and ranked:
        # Few clauses name a day at all, and they stand in their order: the first is worth showing.
        best = max(best, LIKELY_FROM)
    if best < OFFERED_FROM:
        return Resolution(Outcome.NOTHING, records[:1], best)
    rivals = _rivals(ranked, question, corpus)
    if best < (PART_FROM if question.part else ANSWERED_FROM):
        likely = best >= LIKELY_FROM and len(rivals) == 1
        return Resolution(
            Outcome.LIKELY if likely else Outcome.SEVERAL, _several(ranked)[: _OPTIONS - 1], best
        )
    if len(rivals) > 1:
        return Resolution(Outcome.SEVERAL, rivals[:_OPTIONS], best)
    return Resolution(Outcome.FOUND, records[:1], best)


def _citing_first(ranked: list[Candidate], least: float) -> list[Candidate]:
    """Of clauses about equally near, those first that name a document: one is asked for."""
    near = [c for c in ranked if c.score >= least * ranked[0].score]
    citing = [c for c in near if isinstance(c.record, Clause) and DOCUMENT_NUMBER.search(c.record.text)]
    if not citing or citing[0] is ranked[0]:
        return ranked
    # As probable as it is: it is shown as what is nearest, not told as certain.
    return [citing[0], *(c for c in ranked if c is not citing[0])]


def _with_twins(ranked: list[Candidate]) -> list[Candidate]:
    """The sides of a comparison are one thing asked for: the likeliest stands for all of them."""
    joined: dict[str, Candidate] = {}
    for candidate in ranked:
        key = getattr(candidate.record, "series", None) or candidate.record.id
        first = joined.get(key)
        joined[key] = replace(first, score=first.score + candidate.score) if first else candidate
    return sorted(joined.values(), key=lambda candidate: -candidate.score)


def _sections_first(ranked: list[Candidate]) -> list[Candidate]:
    """A heading answers for its points, so it is as probable as they are together."""
    whole = [
        replace(
            candidate,
            score=min(
                candidate.score + sum(o.score for o in ranked if _is_below(o.record, candidate.record)), 1.0
            ),
        )
        if candidate.score >= _OWN * ranked[0].score
        else candidate
        for candidate in ranked
    ]
    # Without such a heading the order stays: a deadline has one of its own.
    return ranked if whole == ranked else sorted(whole, key=lambda candidate: -candidate.score)


def _is_below(record: Record, heading: Record) -> bool:
    """True for a point of a short heading."""
    if not isinstance(record, Clause) or not isinstance(heading, Clause) or len(heading.text) > _HEADING:
        return False
    return record.document_id == heading.document_id and record.path.startswith(f"{heading.path}.")


def _several(ranked: list[Candidate]) -> tuple[Record, ...]:
    """What is worth offering: a bare heading is not when one of its own points is."""
    best = [candidate.record for candidate in ranked[:_OFFERED]]
    return tuple(record for record in best if not any(_is_below(other, record) for other in best))


def _rivals(ranked: list[Candidate], question: Question, corpus: Corpus) -> tuple[Record, ...]:
    """The best row and those that the question does not tell from it.

    Two rows are told apart by the words that one name has and the other lacks: when the question says
    (by weight) none of them more, and both names hold what it says, it may mean either.
    """
    first = ranked[0]
    tied = [c.record for c in ranked[1:_OFFERED] if c.score >= _TIED * first.score]
    if tied and not any(_is_below(record, first.record) for record in tied):
        return (first.record, *tied)
    if (
        not isinstance(first.record, Indicator | Task)
        or _share(name_of(first.record), question.subject) >= _NAMED
    ):
        return (first.record,)
    said = corpus.rarity(question.subject)
    own = _held(first.record, said)
    rivals = [first.record]
    for other in ranked[1:]:
        if type(other.record) is type(first.record) and other.score >= _FARTHEST * first.score:
            held = _held(other.record, said)
            if sum(said[word] for word in own - held) <= _TELLING * sum(said[word] for word in own):
                rivals.append(other.record)
    different = {getattr(record, "series", None) or record.id: record for record in rivals}
    return tuple(different.values())


def _held(record: Record, said: Mapping[str, float]) -> frozenset[str]:
    """The words of a question that stand in the record's own name."""
    return frozenset(syllables(fold(name_of(record)))).intersection(said)


def _share(name: str, subject: str) -> float:
    """Share of the words of a name that a subject says."""
    words, said = fold(name).split(), set(fold(subject).split())
    return sum(word.strip(",.;()") in said for word in words) / max(len(words), 1)
