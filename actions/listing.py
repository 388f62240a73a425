"""Lists and counts of indicators: exact, in annex order, the first in the reply, all of them to download."""

from __future__ import annotations

import re
from dataclasses import replace

from actions.changes import change_line, change_summary, reworded_note
from actions.citing import document_citation, document_name, indicator_citation, task_citation
from actions.constraints import rows_claimed
from actions.corpus import Corpus
from actions.dialogue import Dialogue, Option
from actions.indicators import short_record
from actions.question import Field, Kind, Question
from actions.reply import Reply, unknown
from actions.resolving import scope
from actions.selections import find_list, unknown_topic
from actions.tasklist import find_tasks, task_line
from actions.unheld import answer_place
from actions.wording import numbered
from knowledge.records import Document, Task
from knowledge.selection import Item, Selected, query_of, select
from knowledge.selection.wording import holders_in_words, limits_in_words
from trolyso.answer import Answer, Attachment, Citation, Status, Suggestion
from vietnamese import fold

PAGE = 20
DOWNLOAD = "/tai-ve/chi-tieu.xlsx"
_FIRST = 10
_MORE = Suggestion("Xem tiếp", "xem tiếp")
_FIRST_ONES = re.compile(r"\b(\d{1,2}) (?:chi tieu|nhiem vu|muc|cai|dong) dau\b")
_LINES_OF_OPEN = 5
_ROWS = re.compile(r"\b(?:số thứ tự|stt|dòng) (?:nào|mấy|bao nhiêu)\b", re.IGNORECASE)


def answer_list(question: Question, corpus: Corpus, dialogue: Dialogue, offset: int = 0) -> Reply:
    """Number and names; the first ones in the reply, the rest a tap away."""
    found = find_list(question, corpus)
    sole = "sole" in question.asks and bool(question.agencies)
    if found is None or (not found.records and found.document.id not in corpus.with_indicators):
        return _absent(question, found, corpus, dialogue)
    page = _page(question, found, offset)
    left = len(found.records) - offset - len(page)
    parts = (
        f"{_verdict(question, found)}{summary(found, corpus, sole)}",
        numbered([_line(row, corpus) for row in page], offset + 1),
        _end(left, offset),
        "" if offset else _notes(found, corpus),
        f"Nguồn: {'; '.join(document_name(d) for d in (found.document, found.older) if d)}.",
    )
    answer = Answer(
        Status.ANSWERED,
        "\n".join(part for part in parts if part),
        _taps(question, found, left),
        _citations(page, found, corpus),
        () if sole or offset else _files(found),
    )
    years = question.years or _years(found.document)
    if only := _only(question, found):
        # A list of one is that one: "ai phối hợp?" asks on about it.
        focus = question.but(kind=Kind.INDICATOR, subject="", years=years, agencies=(), role=None)
        return Reply(answer, Dialogue(focus=focus, record=only))
    return Reply(answer, Dialogue(focus=question.but(kind=Kind.LIST, years=years), offset=offset + len(page)))


def _verdict(question: Question, found: Selected) -> str:
    """The first words for who says how many rows there are and asks to confirm it."""
    said = rows_claimed(question.typed) if question.claim else None
    if said is None:
        return ""
    return "Theo văn bản thì đúng như vậy. " if said == len(found.records) else "Chưa đúng. "


def _only(question: Question, found: Selected) -> str | None:
    """The id of the only record of a list by agency or pillar."""
    single = len(found.records) == 1 and found.older is None and not question.limited
    return found.records[0].id if single else None


def _end(left: int, offset: int) -> str:
    if left > 0:
        return f"Còn {left} mục nữa, nhắn hoặc bấm “Xem tiếp”."
    return "Danh sách đã hết." if offset else ""


def opened_list(dialogue: Dialogue, corpus: Corpus) -> Dialogue:
    """The state with the rows of the list that was shown as options, listed anew from its question."""
    focus = dialogue.focus
    if dialogue.options or not dialogue.offset or focus is None or focus.kind is not Kind.LIST:
        return dialogue
    tasks = find_tasks(focus, corpus)
    found = None if tasks else find_list(focus, corpus)
    records = tasks.tasks if tasks else found.records if found else ()
    return replace(dialogue, options=tuple(Option(record.name, record.id) for record in records))


def listable(question: Question, corpus: Corpus) -> bool:
    """False when the list is asked about something that no record names: then it is searched for."""
    return not unknown_topic(question, find_list(question, corpus))


def summary(found: Selected, corpus: Corpus, sole: bool = False) -> str:
    """The exact number, with what it counts; `sole` when nobody shares the part."""
    if found.older is not None:
        return change_summary(found, corpus)
    who = holders_in_words(found.selection, corpus.agencies) or "Có"
    who = f"chỉ riêng {who}" if sole else who
    limits = "".join(f" {limit}," for limit in limits_in_words(found.selection)).rstrip(",")
    return f"Theo {document_name(found.document)}: {who} {_counted(found)}{limits}{_numbering(found)}."


def _counted(found: Selected) -> str:
    if found.tasks:
        indicators = f"{len(found.items)} chỉ tiêu và " if found.items else ""
        return f"{indicators}{len(found.tasks)} nhiệm vụ"
    return f"{len(found.items)} chỉ tiêu, nhiệm vụ"


def _numbering(found: Selected) -> str:
    unnumbered = sum(item.indicator.row is None for item in found.items)
    if not unnumbered or found.selection.shapes or found.selection.bounds:
        return ""
    return f" ({len(found.items) - unnumbered} dòng có số thứ tự và {unnumbered} dòng không đánh số)"


def _page(question: Question, found: Selected, offset: int) -> tuple[Item | Task, ...]:
    rows: tuple[Item | Task, ...] = (*found.items, *found.tasks)
    asked = _FIRST_ONES.search(fold(question.typed))
    size = PAGE if offset or len(rows) <= PAGE else _FIRST
    if asked and not offset:
        size = min(max(int(asked.group(1)), 1), PAGE)
    return rows[offset : offset + size]


def _line(row: Item | Task, corpus: Corpus) -> str:
    if isinstance(row, Task):
        return task_line(row)
    if row.change is not None:
        return change_line(row, corpus)
    place = f" [STT {row.indicator.row}]" if row.indicator.row else ""
    return f"{short_record(row.indicator, corpus)}{place}"


def _notes(found: Selected, corpus: Corpus) -> str:
    """What the number does not count, so that nobody takes it for more than it is."""
    notes = (reworded_note(found, corpus), _open_note(found), _shared_note(found, corpus))
    return "\n".join(note for note in notes if note)


def _open_note(found: Selected) -> str:
    if not found.open:
        return ""
    rows = [f"STT {item.indicator.row or '–'}: {item.indicator.target_raw}" for item in found.open]
    shown = "; ".join(rows[:_LINES_OF_OPEN]) + ("; …" if len(rows) > _LINES_OF_OPEN else "")
    return f"Chưa kể {len(rows)} chỉ tiêu chỉ ghi mức “trên …” nên không khẳng định được ({shown})."


def _shared_note(found: Selected, corpus: Corpus) -> str:
    """What is given to all departments at once counts for no single one."""
    asked = found.selection.agencies
    if not asked or not all(a.startswith("so-") and a != "so-nganh" for a in asked):
        return ""
    shared = select(corpus.store, replace(found.selection, agencies=("so-nganh",), joint=False, tasks=False))
    if not shared.items:
        return ""
    return f"Chưa kể {len(shared.items)} chỉ tiêu, nhiệm vụ giao chung cho “các sở, ban, ngành”."


def _taps(question: Question, found: Selected, left: int) -> tuple[Suggestion, ...]:
    taps = [_MORE] if left > 0 else []
    if found.older is not None and question.changes == ("any",):
        year = found.older.period.end
        taps += [
            Suggestion("Chỉ tiêu tăng", f"chỉ tiêu nào tăng so với năm {year}?"),
            Suggestion("Chỉ tiêu giữ nguyên", f"chỉ tiêu nào giữ nguyên so với năm {year}?"),
            Suggestion("Đổi cơ quan", f"chỉ tiêu nào đổi cơ quan so với năm {year}?"),
        ]
    return tuple(taps)


def _citations(page: tuple[Item | Task, ...], found: Selected, corpus: Corpus) -> tuple[Citation, ...]:
    cited: list[Citation] = []
    for row in page:
        if isinstance(row, Task):
            cited.append(task_citation(found.document, row))
            continue
        sides = (row.change.after, row.change.before) if row.change else (row.indicator,)
        cited += [indicator_citation(corpus.documents[s.document_id], s) for s in sides if s]
    plans = [plan for plan in (found.document, found.older) if plan]
    return tuple(cited) or tuple(document_citation(plan) for plan in plans)


def _files(found: Selected) -> tuple[Attachment, ...]:
    if not found.records:
        return ()
    return (Attachment("file", f"{DOWNLOAD}?{query_of(found.selection)}", "Tải danh sách (.xlsx)"),)


def _years(document: Document) -> tuple[int, ...]:
    return (document.period.start,) if document.period.start == document.period.end else ()


def _asks_where(question: Question) -> bool:
    """True when what is asked of a whole annex is where it stands: in which decision, in which rows."""
    named = {"number", "date"} & set(question.meta) or question.field is Field.BASIS
    return bool("source" in question.asks or named or _ROWS.search(question.typed))


def _absent(question: Question, found: Selected | None, corpus: Corpus, dialogue: Dialogue) -> Reply:
    """No annex for what is asked: which years are held, and where the missing one should be."""
    asked = (corpus.documents[document] for document in scope(question, corpus).documents)
    lacking = [plan for plan in asked if question.narrow and plan.id not in corpus.with_indicators]
    if lacking and _asks_where(question):
        return answer_place(question, lacking[0])
    years = ", ".join(str(plan.period.end) for plan in lacking) or ", ".join(map(str, question.years))
    note = " ".join(plan.note for plan in lacking) or (found.document.note if found else "")
    what = "không so sánh được" if question.changes else "không lập được danh sách"
    text = f"Kho văn bản không có bảng chỉ tiêu của năm {years or 'được hỏi'}, nên {what}. {note}".strip()
    held = [corpus.documents[d].period.end for d in corpus.with_indicators]
    taps = tuple(Suggestion(f"Danh sách năm {y}", f"còn năm {y}?") for y in (2024, 2023) if y in held)
    source = found.document.id if found else lacking[0].id if lacking else None
    return unknown(text, dialogue, question, source, taps)
