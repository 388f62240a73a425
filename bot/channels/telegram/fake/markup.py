"""HTML as the Bot API reads it: few tags, each closed, and an error with its place otherwise."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from typing import Any

_TYPES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "tg-emoji": "custom_emoji",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
_PIECE = re.compile(
    r"</(?P<end>[^<>]*)>|<(?P<start>[^\s<>/]*)(?P<attributes>(?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>|(?P<broken><)"
    r"|(?P<reference>&(?:#x[0-9a-fA-F]+|#[0-9]+|lt|gt|amp|quot);)|(?P<text>[^<&]+|&)"
)
_HREF = re.compile(r"href\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|(\S+))")


class ApiFailure(Exception):
    """A call that the Bot API answers with ``ok: false``."""

    def __init__(self, status: int, description: str, parameters: dict[str, Any] | None = None) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.parameters = parameters


@dataclass(frozen=True, slots=True)
class Formatted:
    """A text without its markup, and what the markup said, counted in UTF-16 units."""

    text: str
    entities: list[dict[str, Any]]


@dataclass(slots=True)
class _Reading:
    text: list[str] = field(default_factory=list)
    length: int = 0
    open: list[tuple[str, int, str]] = field(default_factory=list)
    entities: list[dict[str, Any]] = field(default_factory=list)

    def add(self, piece: str) -> None:
        self.text.append(piece)
        self.length += units(piece)


def units(text: str) -> int:
    """Length in UTF-16 units, in which the Bot API counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def parse_html(html: str) -> Formatted:
    """Raises `ApiFailure` with the Bot API's words."""
    reading = _Reading()
    for match in _PIECE.finditer(html):
        if match["text"]:
            reading.add(match["text"])
        elif match["reference"]:
            reading.add(unescape(match["reference"]))
        elif match["end"] is not None:
            _close(reading, match)
        else:
            _open(reading, match)
    if reading.open:
        raise _unreadable(f'Can\'t find end tag corresponding to start tag "{reading.open[-1][0]}"')
    return Formatted("".join(reading.text), sorted(reading.entities, key=lambda entity: entity["offset"]))


def _open(reading: _Reading, match: re.Match[str]) -> None:
    if match["broken"]:
        raise _unreadable(f"Unclosed start tag at byte offset {_offset(match)}")
    name = match["start"].lower()
    if name not in _TYPES:
        raise _unreadable(f'Unsupported start tag "{name}" at byte offset {_offset(match)}')
    reading.open.append((name, reading.length, match["attributes"]))


def _close(reading: _Reading, match: re.Match[str]) -> None:
    name = match["end"].strip().lower()
    if not reading.open:
        raise _unreadable(f"Unexpected end tag at byte offset {_offset(match)}")
    opened, start, attributes = reading.open.pop()
    if name and name != opened:
        expected = f'expected "</{opened}>", found "</{name}>"'
        raise _unreadable(f"Unmatched end tag at byte offset {_offset(match)}, {expected}")
    if reading.length > start:
        reading.entities.append(_entity(opened, start, reading.length - start, attributes))


def _entity(name: str, offset: int, length: int, attributes: str) -> dict[str, Any]:
    kind = _TYPES[name]
    if name == "blockquote" and "expandable" in attributes:
        kind = "expandable_blockquote"
    entity: dict[str, Any] = {"type": kind, "offset": offset, "length": length}
    if href := _HREF.search(attributes) if name == "a" else None:
        entity["url"] = unescape(next(group for group in href.groups() if group is not None))
    return entity


def _offset(match: re.Match[str]) -> int:
    return len(match.string[: match.start()].encode())


def _unreadable(why: str) -> ApiFailure:
    return ApiFailure(400, f"Bad Request: can't parse entities: {why}")
