"""Finding what a selection asks for, complete and in the order of the annex."""

from __future__ import annotations

import re
from collections.abc import Callable

from knowledge.records import Comparator, Document, Indicator, Role, Task
from knowledge.selection.bounds import Fit, fit
from knowledge.selection.changes import Change, Movement, agencies_of, changes_between
from knowledge.selection.values import Cell, Item, Selected, Selection, SelectionError, Shape, Wanted
from knowledge.selection.wording import PILLARS
from knowledge.store import IndicatorFilter, Store
from vietnamese import fold
from vietnamese.grammar import canonical

_TEXTS = {
    Shape.REGULAR: "thuong xuyen",
    Shape.COMPLETION: "hoan thanh cac muc tieu",
    Shape.ONGOING: "tiep tuc",
}
_MOVED = {Movement.UP, Movement.DOWN, Movement.MIXED, Movement.REWORDED}
_WANTED: dict[Wanted, Callable[[Change], bool]] = {
    Wanted.UP: lambda c: c.movement is Movement.UP,
    Wanted.DOWN: lambda c: c.movement is Movement.DOWN,
    Wanted.SAME: lambda c: c.movement is Movement.SAME,
    Wanted.REWORDED: lambda c: c.movement in (Movement.REWORDED, Movement.MIXED),
    Wanted.NEW: lambda c: c.movement is Movement.NEW,
    Wanted.GONE: lambda c: c.movement is Movement.GONE,
    Wanted.TARGET: lambda c: c.movement in _MOVED,
    Wanted.LEAD: lambda c: c.lead,
    Wanted.COORDINATOR: lambda c: c.coordinator,
    Wanted.AGENCY: lambda c: c.lead or c.coordinator,
    Wanted.ANY: lambda c: c.movement is not Movement.SAME or c.lead or c.coordinator,
}


def select(store: Store, selection: Selection) -> Selected:
    """The rows of a selection. Raises `SelectionError` for an unknown document, `StoreError`."""
    document = _document(store, selection.document, "document")
    older = _document(store, selection.older, "older") if selection.older else None
    if selection.changes and older is None:
        raise SelectionError("older", "missing")
    items = [item for item in _items(store, document, older) if _matches(item, selection)]
    fits = [(item, _value_fit(item.indicator, selection)) for item in items]
    return Selected(
        selection,
        document,
        older,
        tuple(item for item, found in fits if found is Fit.HOLDS),
        _tasks(store, selection),
        tuple(item for item, found in fits if found is Fit.OPEN),
    )


def _document(store: Store, document_id: str, field: str) -> Document:
    found = store.document(document_id)
    if found is None:
        raise SelectionError(field, "unknown")
    return found


def _items(store: Store, document: Document, older: Document | None) -> list[Item]:
    newer = _annex(store, document)
    if older is None:
        return [Item(indicator) for indicator in newer]
    return [Item(change.record, change) for change in changes_between(_annex(store, older), newer)]


def _annex(store: Store, document: Document) -> tuple[Indicator, ...]:
    return store.indicators(IndicatorFilter(document_ids=(document.id,))).items


def _matches(item: Item, selection: Selection) -> bool:
    row = item.indicator
    return (
        _has_agencies(row, selection)
        and selection.pillar in (None, row.pillar)
        and selection.horizon in (None, row.period.end)
        and (not selection.shapes or any(_has_shape(row, shape) for shape in selection.shapes))
        and all(_is_blank(row, cell) for cell in selection.blanks)
        and (not selection.basis or _rests_on(row, selection.basis))
        and (not selection.words or side_by_side(selection.words, row.name))
        and _changed(item.change, selection)
    )


def _has_agencies(row: Indicator, selection: Selection) -> bool:
    roles = (selection.role,) if selection.role else (Role.LEAD, Role.COORDINATOR)
    held = frozenset[str]().union(*(agencies_of(row, role) for role in roles))
    if not selection.agencies:
        return len(held) > 1 if selection.joint else selection.role is None or bool(held)
    wanted = frozenset(selection.agencies)
    return wanted <= held if selection.joint else bool(wanted & held)


def _has_shape(row: Indicator, shape: Shape) -> bool:
    numbers = [target for target in row.targets if target.value is not None]
    match shape:
        case Shape.PERCENT:
            return any(target.unit.startswith("%") for target in numbers)
        case Shape.NUMBER:
            return any(not target.unit.startswith("%") for target in numbers)
        case Shape.TEXT:
            return bool(row.target_raw) and not numbers
        case Shape.OVER:
            return any(target.comparator is Comparator.OVER for target in numbers)
        case Shape.UNNUMBERED:
            return row.row is None
    return not numbers and fold(row.target_raw or "").strip().startswith(_TEXTS[shape])


def _is_blank(row: Indicator, cell: Cell) -> bool:
    """True for a blank cell; a column that the annex does not have is not blank."""
    cells = {
        Cell.TARGET: row.target_raw,
        Cell.LEAD: row.lead_raw,
        Cell.COORDINATOR: row.coordinator_raw,
        Cell.BASIS: row.basis_raw,
    }
    text = cells[cell]
    return text is not None and not text.strip()


def _rests_on(row: Indicator, number: str) -> bool:
    wanted = re.compile(rf"(?<![\w]){re.escape(fold(number))}(?![\d])")
    return any(wanted.search(fold(basis.number)) for basis in row.bases)


def side_by_side(words: str, name: str) -> bool:
    """True when the words stand in a name as they are said, side by side; accents count when said."""
    plain = fold if fold(words) == words.casefold() else canonical
    return f" {_apart(words, plain)} " in f" {_apart(name, plain)} "


def _apart(text: str, plain: Callable[[str], str]) -> str:
    return " ".join(plain(word) for word in re.findall(r"\w+", text.casefold()))


def _changed(change: Change | None, selection: Selection) -> bool:
    if change is None:
        return True
    if not selection.changes:
        return change.movement is not Movement.GONE
    return any(_WANTED[wanted](change) for wanted in selection.changes)


def _value_fit(row: Indicator, selection: Selection) -> Fit:
    """The best fit of any value of a row; all bounds count for the same value."""
    if not selection.bounds:
        return Fit.HOLDS
    found = []
    for target in row.targets:
        fits = {fit(target, bound, row.name) for bound in selection.bounds}
        found.append(next(f for f in (Fit.FAILS, Fit.OPEN, Fit.HOLDS) if f in fits))
    return next((f for f in (Fit.HOLDS, Fit.OPEN) if f in found), Fit.FAILS)


def _tasks(store: Store, selection: Selection) -> tuple[Task, ...]:
    if not selection.tasks:
        return ()
    rows = (task for agency in selection.agencies for task in store.tasks(selection.document, agency, False))
    return tuple({task.id: task for task in rows if _in_pillar(task, selection)}.values())


def _in_pillar(task: Task, selection: Selection) -> bool:
    """Tasks stand in groups, some of which have the name of a pillar."""
    return selection.pillar is None or fold(PILLARS[selection.pillar]) in fold(task.group_title)
