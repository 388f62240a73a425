"""Dialogues and what a right reply holds, read from JSONL with errors that name the file and the line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from trolyso.answer import Status

TYPES = frozenset(
    {
        "indicator.lead",
        "indicator.coordinator",
        "indicator.target",
        "indicator.basis",
        "indicator.detail",
        "indicator.note",
        "list.agency",
        "list.pillar",
        "list.count",
        "compare.years",
        "horizon",
        "clause.duty",
        "clause.content",
        "clause.deadline",
        "document.meta",
        "task.years",
        "guidance",
        "followup",
        "clarify",
        "unanswerable",
        "outofscope",
        "trap",
        "smalltalk",
        "feedback",
    }
)
STYLES = frozenset(
    {
        "plain",
        "formal",
        "colloquial",
        "southern",
        "unaccented",
        "mixed",
        "typo",
        "abbr",
        "teencode",
        "telex",
        "long",
    }
)
BY_HAND = "by hand"


class DialogueError(ValueError):
    """A dialogue file that cannot be used; the message starts with ``file:line``."""


@dataclass(frozen=True, slots=True)
class Cite:
    """What a reply must cite: a document, and a printed row of its annex or the path of a clause."""

    document: str
    row: str | None = None
    section: str | None = None


@dataclass(frozen=True, slots=True)
class Expect:
    """What makes a reply right.

    Each group of `all_of` must show one of its alternatives, no string of `none_of` may occur.
    `any_status` is True when every status is right, a set when these are, None when the usual rules hold.
    """

    all_of: tuple[tuple[str, ...], ...] = ()
    none_of: tuple[str, ...] = ()
    cites: tuple[Cite, ...] = ()
    cites_any: bool = False
    abstain: bool = False
    clarify: bool = False
    starts_feedback: bool = False
    any_status: bool | frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of the person, and what is expected back."""

    user: str
    expect: Expect


@dataclass(frozen=True, slots=True)
class Dialogue:
    """One conversation. `checked` is ``"by hand"`` (with a `reason`) when no record can prove its gold."""

    id: str
    type: str
    style: str
    turns: tuple[Turn, ...]
    why: str
    set: str
    checked: str = ""
    reason: str = ""


def load(path: Path) -> list[Dialogue]:
    """All dialogues of one file, in order. Raises `DialogueError` for the first line that is wrong."""
    dialogues: list[Dialogue] = []
    seen: set[str] = set()
    for number, line in _lines(path):
        try:
            dialogue = _dialogue(json.loads(line), path.name)
            if dialogue.id in seen:
                raise ValueError(f"id {dialogue.id!r} occurs twice")
        except (ValueError, TypeError) as error:
            raise DialogueError(f"{path}:{number}: {error}") from error
        seen.add(dialogue.id)
        dialogues.append(dialogue)
    if not dialogues:
        raise DialogueError(f"{path}:1: no dialogue in the file")
    return dialogues


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DialogueError(f"{path}:0: cannot be read: {error}") from error
    # Not splitlines(): a message may hold U+2028 and the like, which are no line ends in JSONL.
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield number, line


def _dialogue(raw: Any, set_name: str) -> Dialogue:
    fields = _object(raw, "id type style turns why checked reason")
    kind, style = _text(fields, "type"), _text(fields, "style")
    _one_of("type", kind, TYPES)
    _one_of("style", style, STYLES)
    turns = tuple(_turn(item) for item in _list(fields, "turns"))
    if not turns:
        raise ValueError("turns is empty")
    checked, reason = str(fields.get("checked", "")), str(fields.get("reason", ""))
    if checked and (checked != BY_HAND or not reason.strip()):
        raise ValueError(f"checked may only be {BY_HAND!r}, and needs a reason")
    return Dialogue(
        _text(fields, "id"), kind, style, turns, str(fields.get("why", "")), set_name, checked, reason
    )


def _turn(raw: Any) -> Turn:
    fields = _object(raw, "user expect")
    return Turn(_text(fields, "user"), _expect(fields.get("expect")))


def _expect(raw: Any) -> Expect:
    fields = _object(raw, "all_of none_of cites cites_any abstain clarify starts_feedback any")
    groups = tuple(_strings(group, "all_of group") for group in _list(fields, "all_of"))
    if not all(groups):
        raise ValueError("all_of has an empty group")
    flags = {name: _flag(fields, name) for name in ("cites_any", "abstain", "clarify", "starts_feedback")}
    if flags["abstain"] + flags["clarify"] + flags["starts_feedback"] > 1:
        raise ValueError("only one of abstain, clarify and starts_feedback can be true")
    return Expect(
        all_of=groups,
        none_of=_strings(_list(fields, "none_of"), "none_of"),
        cites=tuple(_cite(item) for item in _list(fields, "cites")),
        any_status=_any_status(fields.get("any")),
        **flags,
    )


def _cite(raw: Any) -> Cite:
    fields = _object(raw, "doc row section")
    row, section = fields.get("row"), fields.get("section")
    return Cite(
        _text(fields, "doc"),
        None if row in (None, "") else str(row),
        None if section in (None, "") else str(section),
    )


def _any_status(raw: Any) -> bool | frozenset[str] | None:
    if raw is None or isinstance(raw, bool):
        return raw
    statuses = _strings(raw, "any")
    for status in statuses:
        _one_of("any", status, set(Status))
    return frozenset(statuses)


def _object(raw: Any, allowed: str) -> Mapping[str, Any]:
    if not isinstance(raw, dict):
        raise TypeError(f"expected an object, found {type(raw).__name__}")
    unknown = sorted(set(raw) - set(allowed.split()))
    if unknown:
        raise ValueError(f"unknown key {unknown[0]!r}; known: {allowed}")
    return raw


def _text(fields: Mapping[str, Any], name: str) -> str:
    value = fields.get(name)
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{name} must be a text that is not empty")
    return value


def _flag(fields: Mapping[str, Any], name: str) -> bool:
    value = fields.get(name, False)
    if not isinstance(value, bool):
        raise TypeError(f"{name} must be true or false")
    return value


def _list(fields: Mapping[str, Any], name: str) -> list[Any]:
    value = fields.get(name, [])
    if not isinstance(value, list):
        raise TypeError(f"{name} must be a list")
    return value


def _strings(raw: Any, name: str) -> tuple[str, ...]:
    if not isinstance(raw, list) or not all(isinstance(item, str) and item.strip() for item in raw):
        raise TypeError(f"{name} must be a list of texts that are not empty")
    return tuple(raw)


def _one_of(name: str, value: str, known: Iterable[str]) -> None:
    if value not in known:
        raise ValueError(f"{name} {value!r} is not one of {', '.join(sorted(known))}")
