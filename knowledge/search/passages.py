"""Passages: what can be found, made from the records of a document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from knowledge.records import Assignment, Clause, Document, Guide, Indicator, ParsedDocument, Period, Task
from vietnamese import fold, syllables

DENSE_LIMIT = 900
TITLE_LIMIT = 160
SAME_TEXT = 0.9
# Words of a clause that the row lacks from which it says more than the row.
OWN_PHRASE = 4

_SENTENCE_END = re.compile(r"[.;:](?=\s)")
_NUMBER = re.compile(r"[\d.,/%]+")


class Kind(StrEnum):
    """What a passage was made from."""

    INDICATOR = "indicator"
    TASK = "task"
    PLANNED = "planned"
    CLAUSE = "clause"
    DOCUMENT = "document"
    GUIDE = "guide"


@dataclass(frozen=True, slots=True)
class Passage:
    """One thing that a search can return.

    `text` is searched by words (headings, name, agencies), `dense_text` by meaning (shorter), `title`
    is for people, `said` are other words for it, searched both ways; passages of one `group` say the same
    thing, and a search returns one of them.
    """

    id: str
    kind: Kind
    document_id: str
    year_start: int
    year_end: int
    text: str
    dense_text: str
    title: str
    group: str
    agencies: tuple[str, ...] = ()
    said: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """All words that it may be found by."""
        return "\n".join((self.text, *self.said))


def passages_of(parsed: ParsedDocument) -> list[Passage]:
    """Every passage of a document: itself, its indicators, its tasks, then its clauses in order."""
    rows = [_of_indicator(item) for item in parsed.indicators]
    rows += [_of_task(item, parsed.document.period) for item in parsed.tasks]
    groups = _Groups(rows)
    clauses = [_of_clause(item, parsed.document, groups) for item in parsed.clauses]
    return [_of_document(parsed.document), *rows, *clauses]


def guide_passage(guide: Guide) -> Passage:
    """The passage of a guide, for the year of its review; it belongs to no document."""
    names = _joined([guide.title, *guide.topics])
    return Passage(
        id=guide.id,
        kind=Kind.GUIDE,
        document_id="",
        year_start=guide.reviewed_on.year,
        year_end=guide.reviewed_on.year,
        text=_joined([names, guide.summary, *guide.when]),
        dense_text=_cut(names, DENSE_LIMIT),
        title=_cut(guide.title, TITLE_LIMIT),
        group=guide.id,
    )


def _of_document(document: Document) -> Passage:
    approval = document.approval
    parts = [document.kind, document.cite, document.title, document.issuer, document.signer or ""]
    if approval is not None:
        parts += [approval.title, approval.issuer, approval.signer]
    return Passage(
        id=document.id,
        kind=Kind.DOCUMENT,
        document_id=document.id,
        year_start=document.period.start,
        year_end=document.period.end,
        text=_joined(parts),
        dense_text=_joined([document.kind, document.title]),
        title=document.title,
        group=document.id,
    )


def _of_indicator(item: Indicator) -> Passage:
    cells = [item.lead_raw, item.coordinator_raw]
    return Passage(
        id=item.id,
        kind=Kind.INDICATOR,
        document_id=item.document_id,
        year_start=item.period.start,
        year_end=item.period.end,
        text=_joined([item.name, *(cell or "" for cell in cells)]),
        dense_text=_cut(item.name, DENSE_LIMIT),
        title=_cut(item.name, TITLE_LIMIT),
        group=item.id,
        agencies=_agencies(item.assignments),
    )


def _of_task(item: Task, plan: Period) -> Passage:
    period = item.period or plan
    return Passage(
        id=item.id,
        kind=Kind.PLANNED if item.planned else Kind.TASK,
        document_id=item.document_id,
        year_start=period.start,
        year_end=period.end,
        text=_joined([item.group_title, item.form, item.name, item.lead_raw, item.coordinator_raw]),
        dense_text=_cut(item.name, DENSE_LIMIT),
        title=_cut(item.name, TITLE_LIMIT),
        group=item.id,
        agencies=_agencies(item.assignments),
    )


def _of_clause(item: Clause, document: Document, groups: _Groups) -> Passage:
    near = [_cut(heading, TITLE_LIMIT) for heading in item.trail[-2:]]
    return Passage(
        id=item.id,
        kind=Kind.CLAUSE,
        document_id=item.document_id,
        year_start=document.period.start,
        year_end=document.period.end,
        text=_joined([*item.trail, item.text]),
        dense_text=_cut(_joined([*near[-1:], item.text]), DENSE_LIMIT),
        title=_cut(item.text or _joined(near), TITLE_LIMIT),
        group=groups.of(item.text) or item.id,
    )


class _Groups:
    """Finds the row of the same document that a clause repeats word for word, but for its value."""

    def __init__(self, rows: Sequence[Passage]) -> None:
        self._rows = [(*_key(row.dense_text), row.group) for row in rows]

    def of(self, text: str) -> str | None:
        """The group of the most similar row, None when no row says the same."""
        name, colon, _ = text.partition(":")
        whole = self._nearest(_cut(text, DENSE_LIMIT), text)
        return whole or (self._nearest(name, text) if colon else None)

    def _nearest(self, text: str, context: str) -> str | None:
        words, _ = _key(text)
        _, numbers = _key(context)
        best, group = SAME_TEXT, None
        matcher = SequenceMatcher(autojunk=False)
        matcher.set_seq2(words)
        for row_words, row_numbers, candidate in self._rows:
            matcher.set_seq1(row_words)
            # A number of the row's own name tells it from its neighbours; the target's is in its cell.
            if row_numbers <= numbers and _may_reach(matcher, best):
                ratio = matcher.ratio()
                if _says_more(matcher, len(words)):
                    continue
                if ratio > best or (group is None and ratio >= best):
                    best, group = ratio, candidate
        return group


def _says_more(matcher: SequenceMatcher[str], words: int) -> bool:
    """True when a clause of so many words has a phrase of its own in its midst ("giảm 30% thủ tục …")."""
    blocks = (block[3:] for block in matcher.get_opcodes() if block[0] == "insert")
    return any(end < words and end - start >= OWN_PHRASE for start, end in blocks)


def _may_reach(matcher: SequenceMatcher[str], ratio: float) -> bool:
    """Cheap upper bounds first: most pairs differ in length or in words already."""
    return matcher.real_quick_ratio() >= ratio and matcher.quick_ratio() >= ratio


def _key(text: str) -> tuple[list[str], frozenset[str]]:
    """The folded words of a text in order, and its numbers."""
    found = syllables(fold(text))
    words = [word for word in found if not _NUMBER.fullmatch(word)]
    return words, frozenset(found) - frozenset(words)


def _agencies(assignments: Iterable[Assignment]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item.agency_id for item in assignments))


def _joined(parts: Iterable[str]) -> str:
    return " ".join(". ".join(part.strip() for part in parts if part.strip()).split())


def _cut(text: str, limit: int) -> str:
    """The text up to the last sentence end (or blank) before `limit` characters."""
    if len(text) <= limit:
        return text
    head = text[: limit + 1]
    ends = [match.end() for match in _SENTENCE_END.finditer(head) if match.end() > limit // 2]
    return head[: ends[-1] if ends else (head.rfind(" ") if " " in head else limit)].rstrip(" ;:,") + "…"
