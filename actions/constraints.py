"""What limits a list beside agencies and pillars: values, changes, kinds of target, blank cells."""

from __future__ import annotations

import re

from actions.message import Message
from actions.question import Question
from knowledge.selection import Cell, Shape, Wanted

ONLY = "only"
"""A change that its year decides: what only the older plan has is gone, what only the newer has is new."""
HIDDEN = frozenset({"agency", "pillar", "change", "bound", "shape", "blank"})
"""Entities that a list is limited by: they are no part of its subject."""
_KINDS = ("change", "bound", "shape", "blank")
_ROWS = re.compile(
    r"\b(?:có|gồm|giao|chủ trì|phối hợp)(?: (?:tất cả|tổng cộng|đúng|tới|đến|cả thảy|đủ|chừng))?"
    r" (\d{1,3}) (?:dòng|chỉ tiêu|nhiệm vụ|mục|hàng)\b",
    re.IGNORECASE,
)
_MOVES = {Wanted.UP, Wanted.DOWN, Wanted.TARGET, Wanted.ANY}


def rows_claimed(text: str) -> int | None:
    """The number of rows that a text says a plan or an agency has: "có tất cả 146 dòng chỉ tiêu"."""
    said = _ROWS.search(text)
    return int(said[1]) if said else None


def asks_for_list(message: Message) -> bool:
    """True when records are asked for by a limit that only a list can answer."""
    if message.value("row") or not any(message.values(kind) for kind in _KINDS):
        return False
    asks = message.values("ask")
    listed = "list" in asks or "count" in asks
    return listed or _presence(message)


def with_constraints(question: Question, message: Message) -> Question:
    """The question with the limits that the message states."""
    blanks = _known(message.values("blank"), Cell)
    return question.but(
        bounds=message.values("bound"),
        shapes=_known(message.values("shape"), Shape),
        blanks=blanks,
        changes=() if blanks else _changes(message),
        role=None if blanks or _names_a_change_of_role(message) else question.role,
    )


def _presence(message: Message) -> bool:
    """True for "năm 2023 có mà 2024 không có": it names two plans and what only one of them has."""
    moved = {"new", "gone"} & set(message.values("change"))
    return bool(moved) and len(message.values("year")) > 1


def _changes(message: Message) -> tuple[str, ...]:
    """The wanted changes; a special one makes the general one idle, "tăng hay giảm" asks for both."""
    named = message.values("change")
    if "same" in named and len(named) > 1:
        named = tuple(value for value in named if value not in _MOVES)
    special = tuple(value for value in named if value not in (Wanted.ANY, ONLY))
    return special or named


def _names_a_change_of_role(message: Message) -> bool:
    return bool({Wanted.LEAD, Wanted.COORDINATOR} & set(message.values("change")))


def _known(values: tuple[str, ...], kinds: type[Cell] | type[Shape]) -> tuple[str, ...]:
    held = {kind.value for kind in kinds}
    return tuple(value for value in values if value in held)
