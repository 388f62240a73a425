"""How values of records are said in plain Vietnamese. Nothing here adds a fact."""

from __future__ import annotations

import re

from knowledge.records import Agency, Comparator, Document, Indicator, Role, Target, Task

BLANK = "để trống trong văn bản"
ROLES = {Role.LEAD: "chủ trì", Role.COORDINATOR: "phối hợp"}
_OVER = re.compile(r">\s*(?=\d)")


def target_text(indicator: Indicator) -> str:
    """The target as printed, with ">" read as "trên" and the parts of a composite cell named."""
    raw = indicator.target_raw
    if raw is None:
        return indicator.name
    if not raw:
        return BLANK
    parts = [t for t in indicator.targets if t.part and t.value is not None]
    if len(indicator.targets) == 2 and len(parts) == 1:
        first = indicator.targets[0]
        return f"{amount(first)}; {parts[0].part}: {amount(parts[0])}"
    return _OVER.sub("trên ", raw).replace(" + ", "\n   + ")


def amount(target: Target) -> str:
    """One value with its comparator and unit."""
    if target.value is None:
        return target.raw
    words = {Comparator.OVER: "trên ", Comparator.AT_LEAST: "tối thiểu "}.get(target.comparator, "")
    value = f"{target.value:f}".replace(".", ",")
    unit = target.unit if target.unit.startswith("%") else f" {target.unit}".rstrip()
    if target.comparator is Comparator.RANGE:
        return f"{value}{unit} đến {target.upper:f}{unit}"
    return f"{words}{value}{unit}"


def cell(text: str | None) -> str:
    """A printed cell; a blank one is said to be blank."""
    return text.replace("\n", "; ") if text else BLANK


def when(document: Document, indicator: Indicator) -> str:
    """The time of a goal: "Năm 2024" or "Đến năm 2030"."""
    horizon = document.period.end != document.period.start
    return f"{'Đến năm' if horizon else 'Năm'} {indicator.period.end}"


def task_years(task: Task) -> str:
    """The years of a task as printed."""
    return task.period_raw or BLANK


def successor_line(agencies: list[tuple[Agency, Agency]]) -> str:
    """Who holds the work of renamed agencies in the newest plan; empty when none was renamed."""
    if not agencies:
        return ""
    moves = "; ".join(f"{old.name} → {new.name}" for old, new in agencies)
    return f"Lưu ý: theo kế hoạch năm 2025, việc của cơ quan cũ do cơ quan mới đảm nhận ({moves})."


def numbered(items: list[str], start: int = 1) -> str:
    """A numbered list, one item a line, from `start` on."""
    return "\n".join(f"{number}. {item}" for number, item in enumerate(items, start))


def capitalised(text: str) -> str:
    """The text with its first letter as a capital, the rest as it is."""
    return text[:1].upper() + text[1:]
