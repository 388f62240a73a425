"""What a person typed, made safe to pass on: plain text, one form, never a command.

Rasa reads a message that starts with ``/`` as an intent with slots, from any channel. People's
text must never become one, so leading slashes go, in all their Unicode disguises.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.examples import EXAMPLES
from trolyso.answer import Answer, Status
from vietnamese.text import clean

SLASHES = frozenset("/\\\u2044\u2215\u2571\u29f8\u29f5\u29f9\ufe68\uff0f\uff3c")
# Letters and symbols by category, but drawn as nothing.
BLANK_LETTERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
# No language piles up more marks on one letter.
MARKS = 8
# Controls, format characters, lone surrogates, private use, unassigned.
DROPPED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


class Verdict(StrEnum):
    """What to do with a message."""

    PASS = "pass"
    BLANK = "blank"
    TOO_LONG = "too_long"


@dataclass(frozen=True, slots=True)
class Incoming:
    """A cleaned message. `text` is empty unless the verdict is `Verdict.PASS`."""

    verdict: Verdict
    text: str


def read(raw: str, limit: int) -> Incoming:
    """Clean a message of at most `limit` characters (counted after cleaning)."""
    text = tidy(raw)
    if not text:
        return Incoming(Verdict.BLANK, "")
    if len(text) > limit:
        return Incoming(Verdict.TOO_LONG, "")
    return Incoming(Verdict.PASS, text)


def tidy(raw: str) -> str:
    """One line of NFC text without invisible characters and without leading slashes."""
    visible = "".join(_less_piled(map(_visible, raw)))
    text = clean(" ".join(visible.split()))
    return _without_command(text)


def _less_piled(shown: Iterable[str]) -> Iterator[str]:
    """The characters without marks beyond `MARKS` in a row: to compose a pile takes its height squared."""
    piled = 0
    for char in shown:
        if char:
            piled = piled + 1 if unicodedata.combining(char) else 0
            if piled <= MARKS:
                yield char


def _visible(char: str) -> str:
    if char.isspace() or char in BLANK_LETTERS:
        return " "
    return "" if unicodedata.category(char) in DROPPED else char


def _without_command(text: str) -> str:
    # A combining mark in front would hide the slash from this check but not from a later NFC-insensitive one.
    start = 0
    while start < len(text) and (
        text[start] in SLASHES or text[start].isspace() or unicodedata.category(text[start]).startswith("M")
    ):
        start += 1
    return text[start:]


def blank_answer() -> Answer:
    """The reply to a message without words."""
    return Answer(
        status=Status.UNKNOWN,
        text="Dạ, anh chị chưa nhập câu hỏi. Anh chị muốn biết điều gì về các kế hoạch kinh tế số, "
        "xã hội số của tỉnh Vĩnh Long?",
        suggestions=EXAMPLES[:3],
        confidence=1.0,
    )


def too_long_answer(limit: int) -> Answer:
    """The reply to a message that is too long to be one question."""
    most = f"{limit:,}".replace(",", ".")
    return Answer(
        status=Status.UNKNOWN,
        text=f"Dạ, tin nhắn dài quá nên em chưa đọc được (tối đa {most} ký tự). "
        "Anh chị viết gọn lại, mỗi lần một câu hỏi, giúp em nhé.",
        suggestions=EXAMPLES[:3],
        confidence=1.0,
    )
