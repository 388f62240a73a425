"""Lists of the tasks and planned documents of a plan: all of them, of one annex, or of one group."""

from __future__ import annotations

import re
from dataclasses import dataclass

from actions.citing import document_name, task_citation
from actions.corpus import Corpus
from actions.dialogue import Dialogue
from actions.question import Kind, Question
from actions.reply import Reply
from actions.resolving import scope
from actions.subject import says_something
from actions.wording import cell, numbered, task_years
from knowledge.records import Document, Task
from knowledge.selection.wording import PILLARS
from trolyso.answer import Answer, Status, Suggestion
from vietnamese import fold, syllables

PAGE = 20
_ANNEX = re.compile(r"\bphu luc (?:so )?([123])\b")
_GROUP = re.compile(r"^nhom (?:nhiem vu |cac )?(?:phat trien )?")
_FORM = re.compile(r"\b(?:hinh thuc|loai hinh|loai|dang) (?:la )?(.+)")
_SHARE = 0.75


@dataclass(frozen=True, slots=True)
class TaskList:
    """Tasks of one plan in the order of its annexes; `limit` says which ones, empty for all."""

    document: Document
    tasks: tuple[Task, ...]
    limit: str


def find_tasks(question: Question, corpus: Corpus) -> TaskList | None:
    """The tasks that a list is asked of; None when it asks for something else."""
    asked = {"task", "planned"} & set(question.things)
    other = question.agencies or question.limited or question.row or "indicator" in question.things
    if not asked or other or not (question.documents or question.horizons):
        return None
    for document_id in scope(question, corpus).documents:
        rows = corpus.store.tasks(document_id)
        if rows:
            planned = "planned" in asked
            return _limited(question, corpus.documents[document_id], rows, planned)
    return None


def answer_tasks(question: Question, corpus: Corpus, offset: int = 0) -> Reply | None:
    """The exact number and a page of the tasks; None when no tasks are asked for."""
    found = find_tasks(question, corpus)
    if found is None:
        return None
    page = found.tasks[offset : offset + PAGE]
    left = len(found.tasks) - offset - len(page)
    kind = "văn bản, chương trình dự kiến" if found.tasks[0].planned else "nhiệm vụ"
    name = document_name(found.document)
    parts = (
        f"Theo {name}: có {len(found.tasks)} {kind}{found.limit}.",
        numbered([task_line(task) for task in page], offset + 1),
        f"Còn {left} mục nữa, nhắn hoặc bấm “Xem tiếp”." if left > 0 else "",
        f"Nguồn: {name}.",
    )
    answer = Answer(
        Status.ANSWERED,
        "\n".join(part for part in parts if part),
        (Suggestion("Xem tiếp", "xem tiếp"),) if left > 0 else (),
        tuple(task_citation(found.document, task) for task in page),
    )
    return Reply(answer, Dialogue(focus=question.but(kind=Kind.LIST), offset=offset + len(page)))


def _limited(
    question: Question, document: Document, rows: tuple[Task, ...], planned: bool
) -> TaskList | None:
    """The rows of the pillar, annex or group that is named; a topic of its own is no list of tasks."""
    planned_only = tuple(row for row in rows if row.planned)
    if form := _form(question, planned_only):
        kept = tuple(row for row in planned_only if row.form == form)
        return TaskList(document, kept, f" có loại hình {form}")
    if annex := _ANNEX.search(fold(question.typed)):
        kept = tuple(row for row in rows if row.annex == f"PL{annex.group(1)}")
        return TaskList(document, kept, f" trong Phụ lục {annex.group(1)}") if kept else None
    rows = tuple(row for row in rows if row.planned == planned)
    topic = PILLARS[question.pillar] if question.pillar else question.subject
    titles = [t for t in dict.fromkeys(row.group_title for row in rows) if _names(topic, t)]
    if not titles:
        whole = not question.pillar and not says_something(question.subject)
        return TaskList(document, rows, "") if whole and rows else None
    kept = tuple(row for row in rows if row.group_title in titles)
    return TaskList(document, kept, f" thuộc “{'”, “'.join(titles)}”")


def _form(question: Question, rows: tuple[Task, ...]) -> str | None:
    """The form of planned documents that is named: "những văn bản nào dưới hình thức quyết định"."""
    named = _FORM.search(fold(question.typed))
    forms = sorted({row.form for row in rows if row.form}, key=len, reverse=True)
    return next((form for form in forms if named and named[1].startswith(fold(form))), None)


def _names(topic: str, title: str) -> bool:
    """True when a topic says nearly all of what tells a group from the others."""
    own = syllables(_GROUP.sub("", fold(title)))
    said = set(syllables(fold(topic)))
    return bool(own) and sum(word in said for word in own) / len(own) >= _SHARE


def task_line(task: Task) -> str:
    """A task in one line, with its place in the annex."""
    when = task.form if task.planned else task_years(task)
    return f"{task.name} ({when}; chủ trì: {cell(task.lead_raw)}) [{task.annex} {task.group}.{task.row}]"
