"""From a question to the list that answers it: which plan, which two plans, which limits."""

from __future__ import annotations

import re
from dataclasses import replace

from actions.constraints import ONLY
from actions.corpus import Corpus
from actions.question import Question
from actions.resolving import scope
from actions.subject import says_something
from knowledge.records import Document, Role
from knowledge.selection import Bound, Cell, Selected, Selection, Shape, Wanted, select
from knowledge.selection.changes import agencies_of
from vietnamese import fold
from vietnamese.wordlists import words

_MARKED = re.compile(
    r"\b(?:về|liên quan(?: đến| tới)?|nói (?:đến|tới)|đụng (?:đến|tới)|dính (?:đến|tới|dáng)|dành cho"
    r"|lĩnh vực|mảng|(?<!từng )(?<!ban )(?<!ban, )(?<!mỗi )(?<!đa )ngành(?! nào))\s+(.+)$",
    re.IGNORECASE,
)
# Words at either end of a topic that are no part of it.
_EDGES = words(
    """
    gồm có những các cái và thì là về của trong theo cho do với ở tại đến tới được phải cần đủ hết đầy toàn bộ
    tất cả danh mục bảng phụ lục nhóm lĩnh vực mảng nêu kể gom gốm lại in ra xem đi giao làm đứng hay hoặc
    liên quan nói đụng dính dành không hông nào gì mà để từng mỗi đó này giúp giùm nhé nha vậy ạ hả chỉ ghi
    đặt đạt mức yêu đòi hồi còn như thế so sang qua phần bên ngành kể nghe coi
    """
)
_BASES = (("nghi quyet", "-NQ"), ("quyet dinh", "/QĐ"), ("ke hoach", "/KH"))


def find_list(question: Question, corpus: Corpus) -> Selected | None:
    """The list of the newest plan in scope that has any row of it; None when no plan can be listed."""
    if question.changes:
        pair = pair_of(question, corpus)
        return select(corpus.store, _compared(question, *pair, corpus)) if pair else None
    found: Selected | None = None
    for document_id in scope(question, corpus).documents:
        candidate = _unshared(select(corpus.store, selection_of(question, document_id, corpus)), question)
        if candidate.items or candidate.tasks:
            return candidate
        if found is None or (
            found.document.id not in corpus.with_indicators and document_id in corpus.with_indicators
        ):
            found = candidate
    return found


def _unshared(found: Selected, question: Question) -> Selected:
    """Only the rows whose part no other agency shares, when that is asked: "chỉ mình UBND cấp xã chủ trì"."""
    asked = frozenset(question.agencies)
    if "sole" not in question.asks or not asked:
        return found
    role = question.role or Role.LEAD
    items = tuple(item for item in found.items if agencies_of(item.indicator, role) == asked)
    tasks = tuple(
        task for task in found.tasks if {a.agency_id for a in task.assignments if a.role is role} == asked
    )
    return replace(found, items=items, tasks=tasks)


def pair_of(question: Question, corpus: Corpus) -> tuple[Document, Document] | None:
    """The older and the newer plan that changes are asked between; None when one is not held."""
    plans = sorted(
        (corpus.documents[d] for d in corpus.with_indicators if _is_yearly(corpus.documents[d])),
        key=lambda plan: plan.period.start,
    )
    named = {corpus.documents[d].period.end for d in question.documents if d in corpus.documents}
    asked = sorted({*question.years, *named})
    held = {plan.period.end: plan for plan in plans}
    if len(plans) < 2 or any(year not in held for year in asked):
        return None
    if len(asked) > 1:
        return held[asked[0]], held[asked[-1]]
    if asked and asked[0] != plans[0].period.end:
        place = plans.index(held[asked[0]])
        return plans[place - 1], plans[place]
    return (plans[0], plans[1]) if asked else (plans[-2], plans[-1])


def selection_of(question: Question, document_id: str, corpus: Corpus) -> Selection:
    """What a question asks of one plan."""
    role = question.role
    limited = question.bounds or question.shapes or question.blanks
    plain = Selection(
        document=document_id,
        agencies=question.agencies,
        role=role,
        joint="joint" in question.asks and (len(question.agencies) > 1 or not question.agencies),
        pillar=question.pillar,
        horizon=question.horizons[0] if len(question.horizons) == 1 else None,
        bounds=tuple(Bound.read(text) for text in question.bounds),
        shapes=tuple(Shape(value) for value in question.shapes),
        blanks=tuple(Cell(value) for value in question.blanks),
        basis=basis_of(question),
        tasks=bool(question.agencies) and not limited and role is not Role.COORDINATOR,
    )
    topic = topic_of(question)
    if not topic:
        return plain
    about = replace(plain, words=topic, tasks=False)
    bare = Selection(document=document_id, words=topic)
    by_words = about if select(corpus.store, bare).items else plain
    sector = sector_of(question, corpus)
    return _of_sector(sector, plain, by_words, corpus) if sector else by_words


def sector_of(question: Question, corpus: Corpus) -> str | None:
    """The department whose field is asked about: Sở Y tế for "lĩnh vực y tế"; None for any other topic."""
    topic = "" if question.agencies else topic_of(question)
    start = f"so {fold(topic)} "
    named = (a.id for a in corpus.agencies.values() if f"{fold(a.name)} ".startswith(start))
    return next(named, None) if topic else None


def _of_sector(agency: str, plain: Selection, by_words: Selection, corpus: Corpus) -> Selection:
    """What the department of a field leads, unless more rows have the words in their names."""
    led = replace(plain, agencies=(agency,), role=Role.LEAD, tasks=False)
    more = len(select(corpus.store, led).items)
    named = len(select(corpus.store, by_words).items) if by_words.words else 0
    return led if more >= named else by_words


def topic_of(question: Question) -> str:
    """The words that a name must hold: those after "về", or what is left of the message; may be empty."""
    marked = _MARKED.search(question.subject)
    left = (marked.group(1) if marked else question.subject).split()
    while left and left[0].casefold() in _EDGES:
        left.pop(0)
    while left and left[-1].casefold() in _EDGES:
        left.pop()
    topic = " ".join(left)
    if not marked and (len(left) < 2 or question.agencies or question.basis_asked):
        return ""
    if not says_something(topic):
        return ""
    return fold(topic) if question.restored else topic


def unknown_topic(question: Question, found: Selected | None) -> bool:
    """True when a list is asked about something that no name in the plan holds side by side."""
    limited = question.agencies or question.pillar or question.changes or question.bounds
    marked = _MARKED.search(question.subject) is not None
    return bool(marked and topic_of(question) and not limited and found and not _is_topical(found))


def _is_topical(found: Selected) -> bool:
    """True when the list is limited by the words of the topic, or by the agency of its sector."""
    return bool(found.selection.words or found.selection.agencies)


def basis_of(question: Question) -> str:
    """The number of the document that rows are asked to rest on: "07-NQ" for "nghị quyết 07"."""
    if not question.basis_asked:
        return ""
    number, typed = question.references[0], fold(question.typed)
    if not number.isdigit():
        return number
    return next((number + ending for kind, ending in _BASES if f"{kind} {number}" in typed), number)


def _compared(question: Question, older: Document, newer: Document, corpus: Corpus) -> Selection:
    wanted = tuple(_wanted(value, question, older) for value in question.changes)
    # What only one plan has is told in numbers; an overview lists what changed of what both have.
    shown = (Wanted.TARGET, Wanted.AGENCY) if wanted == (Wanted.ANY,) else wanted
    plain = selection_of(question, newer.id, corpus)
    return replace(plain, older=older.id, changes=shown, tasks=False)


def _wanted(value: str, question: Question, older: Document) -> Wanted:
    if value == ONLY:
        return Wanted.GONE if question.years == (older.period.end,) else Wanted.NEW
    return Wanted(value)


def _is_yearly(document: Document) -> bool:
    return document.official and document.period.start == document.period.end
