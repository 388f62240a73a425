"""The agency that a message points at: "kế hoạch 2025 giao sở đó làm gì?"."""

from __future__ import annotations

import re

from actions.assigning import assignments_of
from actions.corpus import Corpus
from actions.dialogue import Dialogue
from actions.question import Kind, Question
from knowledge.records import Clause, Indicator, Role, Task

_THAT = re.compile(
    r"\b(?:sở|cục|cơ quan|đơn vị|ngành|ban|tổ chức|tổ|hội|đoàn|văn phòng) (?:đó|này|ấy)\b", re.IGNORECASE
)
_ITS = frozenset({"count", "list"})


def with_that_agency(question: Question, dialogue: Dialogue, corpus: Corpus) -> Question:
    """The question with the agency spoken of, when it points at one and asks what that one does or leads."""
    duty, listed = "duty" in question.asks, _ITS & set(question.asks)
    if question.agencies or not (duty or listed) or not _THAT.search(question.typed):
        return question
    focus = dialogue.focus.agencies if dialogue.focus else ()
    last = dialogue.lists[-1].agencies if dialogue.lists and listed else ()
    meant = focus or last or _of_record(dialogue.record, corpus)
    if len(meant) != 1:
        return question
    if duty or question.claim:
        return question.but(kind=Kind.DUTY, agencies=meant)
    return question.but(kind=Kind.LIST, agencies=meant, subject="", back=False)


def _of_record(record_id: str | None, corpus: Corpus) -> tuple[str, ...]:
    """Who leads the row in focus, or whose section the clause in focus stands in."""
    record = corpus.record(record_id) if record_id else None
    if isinstance(record, Indicator | Task):
        return tuple(given.agency_id for given in record.assignments if given.role is Role.LEAD)
    if isinstance(record, Clause):
        given = assignments_of(record, Question(Kind.CLAUSE, "", ""), corpus)[:1]
        return next((named for clause in (record, *given) if (named := _headed(clause, corpus))), ())
    return ()


def _headed(clause: Clause, corpus: Corpus) -> tuple[str, ...]:
    heading = " ".join([*clause.trail[-1:], clause.text.split("\n", 1)[0]])
    return tuple(name for name, agency in corpus.agencies.items() if agency.name in heading)[:1]
