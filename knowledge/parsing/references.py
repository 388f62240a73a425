"""References inside a plan ("điểm b nội dung 1.5 khoản 1 Mục II") resolved to clause paths."""

from __future__ import annotations

import re

_SPAN = re.compile(
    r"(?:(?:các\s+)?(?:điểm|diểm|nội dung|khoản)\s+[^.;]*?(?:\d\.\d[^.;]*?)*)\bMục\s+([IVX]+)\b",
    re.IGNORECASE,
)
_TOKEN = re.compile(
    r"(?P<kind>điểm|diểm|nội dung|khoản)|(?P<item>\d+\.\d+)|(?P<number>\d+)|\b(?P<point>[a-zđ])\b",
    re.IGNORECASE,
)


def resolve(text: str) -> tuple[str, ...]:
    """Paths that a clause points to, in order and once each; empty when it points nowhere."""
    paths: list[str] = []
    for span in _SPAN.finditer(text):
        section = span.group(1).upper()
        head = span.group(0)[: span.group(0).lower().rindex("mục")]
        paths.extend(f"{section}.{rest}" for rest in _paths(head))
    return tuple(dict.fromkeys(paths))


def _paths(head: str) -> list[str]:
    """The parts before the section: points wait for the nội dung or khoản that they belong to."""
    paths: list[str] = []
    points: list[str] = []
    kind, items_open = "", False
    for token in _TOKEN.finditer(head):
        if token["kind"]:
            kind = token["kind"].lower()
        elif token["item"]:
            paths.extend(_under(token["item"], points))
            points, items_open = [], True
        elif token["number"] and kind == "khoản":
            # "nội dung 1.5 khoản 1": the khoản only repeats what the item's number says.
            if points or not items_open:
                paths.extend(_under(token["number"], points))
            points, items_open = [], False
        elif token["point"] and kind in ("điểm", "diểm"):
            points.append(token["point"].lower())
    return paths


def _under(number: str, points: list[str]) -> list[str]:
    """The points of a nội dung or khoản; itself when none is named."""
    return [f"{number}.{point}" for point in points] or [number]
