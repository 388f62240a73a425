"""How lists of changes between two plans are said: counts, both values of a row, what stays uncompared."""

from __future__ import annotations

from dataclasses import replace

from actions.citing import document_name
from actions.corpus import Corpus
from actions.wording import cell, target_text
from knowledge.records import Document, Indicator
from knowledge.selection import Change, Item, Movement, Selected, Selection, Wanted, select
from knowledge.selection.wording import CHANGES, PILLARS, holders_in_words, limits_in_words

_MOVES = {Wanted.UP, Wanted.DOWN}


def change_summary(found: Selected, corpus: Corpus) -> str:
    """The first sentence: which plans, how many rows, what became of them."""
    assert found.older is not None
    plans = f"So với {_plan(found.older)}, {_plan(found.document)}"
    who = holders_in_words(found.selection, corpus.agencies)
    limits = "".join(f" {limit}" for limit in limits_in_words(found.selection))
    if found.selection.changes == (Wanted.TARGET, Wanted.AGENCY):
        return f"{plans}: {_overview(found, corpus, limits + (f' mà {who}' if who else ''))}."
    subject = f": {who}" if who else " có" if found.items else ""
    number = str(len(found.items)) if found.items or who else " không có"
    counted = f"{subject} {number}".replace("  ", " ")
    none = "" if found.items or who else " nào"
    told = f"{counted} chỉ tiêu, nhiệm vụ{none}{limits} {_kinds(found)}{_of_all(found, corpus)}"
    return f"{plans}{told}.{_whole_pillars(found, corpus)}"


def change_line(item: Item, corpus: Corpus) -> str:
    """A row with what it was and what it is."""
    change, row = item.change, item.indicator
    assert change is not None
    values = [_values(change, corpus)]
    values += [f"chủ trì: {_sides(change, 'lead_raw')}"] if change.lead else []
    values += [f"phối hợp: {_sides(change, 'coordinator_raw')}"] if change.coordinator else []
    if not change.lead:
        values.append(f"chủ trì: {cell(row.lead_raw)}")
    return f"{row.name} ({'; '.join(values)}) [{_places(change, corpus)}]"


def reworded_note(found: Selected, corpus: Corpus) -> str:
    """Rows of the same list whose targets changed without comparable numbers; empty when there is none."""
    if not _MOVES & set(found.selection.changes) or Wanted.REWORDED in found.selection.changes:
        return ""
    others = select(corpus.store, replace(found.selection, changes=(Wanted.REWORDED,))).items
    if not others:
        return ""
    lines = "\n".join(f"- {change_line(item, corpus)}" for item in others)
    return f"Không tính {len(others)} chỉ tiêu đổi cách ghi, không so được bằng số:\n{lines}"


def year_of(document: Document) -> int:
    """The year of a yearly plan."""
    return document.period.end


def _plan(document: Document) -> str:
    return f"{document_name(document)} (năm {year_of(document)})"


def _kinds(found: Selected) -> str:
    """What the rows have in common: "tăng mức", or where alone they stand."""
    assert found.older is not None
    new, old = year_of(found.document), year_of(found.older)
    words = {
        Wanted.NEW: f"có trong kế hoạch năm {new} mà kế hoạch năm {old} không có",
        Wanted.GONE: f"có trong kế hoạch năm {old} mà kế hoạch năm {new} không có",
    }
    return " hoặc ".join(words.get(wanted, CHANGES[wanted]) for wanted in found.selection.changes)


def _of_all(found: Selected, corpus: Corpus) -> str:
    """The rows that both plans have, when some of them are counted."""
    if {Wanted.NEW, Wanted.GONE} & set(found.selection.changes):
        return ""
    share = f"{len(found.items)} trong" if not found.items else "trong"
    return f" ({share} {len(_common(_everything(found, corpus)))} chỉ tiêu, nhiệm vụ có ở cả hai năm)"


def _whole_pillars(found: Selected, corpus: Corpus) -> str:
    """New rows of a pillar that the older plan does not deal with at all are told apart."""
    if Wanted.NEW not in found.selection.changes or not found.items or found.older is None:
        return ""
    earlier = {item.indicator.pillar for item in select(corpus.store, _of(found.older)).items}
    foreign = [item.indicator.pillar for item in found.items if item.indicator.pillar not in earlier]
    names = ", ".join(PILLARS[pillar] for pillar in dict.fromkeys(foreign) if pillar)
    if not foreign or not names:
        return ""
    left = len(found.items) - len(foreign)
    rest = f"{left} chỉ tiêu" if left else "không có chỉ tiêu nào"
    return (
        f" Trong đó {len(foreign)} thuộc nhóm {names}, là nhóm mà kế hoạch năm {year_of(found.older)} "
        f"không đề ra; ở các nhóm mà cả hai kế hoạch cùng có thì {rest} mới."
    )


def _of(document: Document) -> Selection:
    return Selection(document.id)


def _everything(found: Selected, corpus: Corpus) -> tuple[Item, ...]:
    """Every row of both plans within the same limits, whatever became of it."""
    return select(corpus.store, replace(found.selection, changes=(Wanted.SAME, Wanted.ANY))).items


def _common(items: tuple[Item, ...]) -> list[Change]:
    return [item.change for item in items if item.change and item.change.before and item.change.after]


def _overview(found: Selected, corpus: Corpus, whose: str) -> str:
    """All counts in one sentence."""
    assert found.older is not None
    every = _everything(found, corpus)
    common = _common(every)
    alone = [item.change.movement for item in every if item.change]

    def count(*movements: Movement) -> int:
        return sum(change.movement in movements for change in common)

    agencies = sum(change.lead or change.coordinator for change in common)
    return (
        f"{len(common)} chỉ tiêu, nhiệm vụ{whose} có ở cả hai năm, trong đó {count(Movement.UP)} tăng mức, "
        f"{count(Movement.DOWN)} giảm mức, {count(Movement.REWORDED, Movement.MIXED)} đổi cách ghi, "
        f"{count(Movement.SAME)} giữ nguyên mức; {agencies} đổi cơ quan chủ trì hoặc phối hợp; "
        f"{alone.count(Movement.NEW)} chỉ có ở năm {year_of(found.document)}, "
        f"{alone.count(Movement.GONE)} chỉ có ở năm {year_of(found.older)}"
    )


def _values(change: Change, corpus: Corpus) -> str:
    """Both values of a row, or the one that does not differ."""
    sides = [side for side in (change.before, change.after) if side]
    told = [" ".join(target_text(side).split()) for side in sides]
    years = [year_of(corpus.documents[side.document_id]) for side in sides]
    if change.movement is Movement.SAME:
        return f"năm {years[0]} và năm {years[-1]}: {told[-1]}"
    return " → ".join(f"năm {year}: {text}" for year, text in zip(years, told, strict=True))


def _sides(change: Change, column: str) -> str:
    sides = [side for side in (change.before, change.after) if side]
    return " → ".join(cell(getattr(side, column)) for side in sides)


def _places(change: Change, corpus: Corpus) -> str:
    sides = [side for side in (change.after, change.before) if side]
    return "; ".join(f"năm {year_of(corpus.documents[side.document_id])}: {_row(side)}" for side in sides)


def _row(indicator: Indicator) -> str:
    return f"STT {indicator.row}" if indicator.row else "dòng không đánh số"
