"""What one plan has and the other lacks: "năm 2023 có mà 2024 không có" is gone, the reverse is new."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_PLAN = r"(?:nam |ke hoach |ban |ke hoach nam |phu luc )*"
_THERE = re.compile(
    rf"(?P<has>20\d\d) (?:thi |da |deu )*co\b[^.?!]{{0,24}}?(?P<lacks>20\d\d) (?:thi |lai |da )*"
    rf"(?:khong|chua|het|mat|hong|ko)\b(?: con)?(?: co)?"
    rf"|\bco (?:o |trong |tai ){_PLAN}(?P<has2>20\d\d)[^.?!]{{0,16}}?(?:khong|chua|hong|ko) (?:con )?"
    rf"(?:co )?(?:o |trong |tai )?{_PLAN}(?P<lacks2>20\d\d)"
    rf"|(?P<lacks3>20\d\d) (?:thi |lai )*(?:khong|chua) co\b[^.?!]{{0,24}}?"
    rf"(?P<has3>20\d\d) (?:thi |lai |moi )*co\b"
)


@dataclass(frozen=True)
class Presence:
    """`value` is "gone" or "new"; `start` and `end` are offsets in the text that was read."""

    value: str
    start: int
    end: int


def presences(folded: str) -> Iterator[Presence]:
    """The comparisons of two years by what they have, in the order of the text."""
    for hit in _THERE.finditer(folded):
        has = hit["has"] or hit["has2"] or hit["has3"]
        lacks = hit["lacks"] or hit["lacks2"] or hit["lacks3"]
        if has != lacks:
            yield Presence("gone" if has < lacks else "new", hit.start(), hit.end())
