"""What may never be in a response, whatever was sent."""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bot.chat import ChatReply
from bot.guard import HEADERS, MAX_BODY
from bot.hostile.calls import Call, Seen, Way
from bot.hostile.markup import injected
from bot.hostile.payloads import OBEYED, PRODUCT
from bot.hostile.spreadsheets import formulas
from bot.hostile.wire import OWN_REFUSAL
from trolyso.settings import ROOT

SLOW = 20.0
_LEAK = re.compile(
    r"Traceback \(most recent|File \"/|\bsite-packages\b|sqlalchemy|sqlite3\.[A-Z]|psycopg|rasa_sdk"
    r"|pydantic_core|\b(?:FROM|INTO|UPDATE) (?:documents|clauses|indicators|tasks|tickets|agencies|guides)\b"
    rf"|root:x:0:|<class '|\bTROLYSO_[A-Z_]+=|{PRODUCT}"
)
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_LONGEST = 30_000
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ERROR = {"code", "message", "detail"}

Rule = Callable[[Call, Seen], Iterator[str]]


class Judge:
    """Names what is wrong with a response. `secrets` and `folders` are those of the service under test."""

    def __init__(self, secrets: tuple[str, ...], folders: tuple[Path, ...]) -> None:
        places = {str(folder) for folder in (*folders, ROOT, Path(sys.prefix), Path.home())} - {"/"}
        self._never = (*secrets, *places)

    def problems(self, call: Call, seen: Seen) -> list[str]:
        """Each problem in a few words that are the same for the same cause; none for a good response."""
        if seen.broken:
            return list(_broken(call, seen))
        found = [problem for rule in _RULES for problem in rule(call, seen)]
        return found + [f"tells {place!r}" for place in self._never if place in seen.text]


def _broken(call: Call, seen: Seen) -> Iterator[str]:
    """Only what no client sends, or a body that is refused before it is read, may end without a response."""
    if call.way is Way.WIRE and seen.broken == "Closed":
        return
    if len(call.body) > MAX_BODY and "Timeout" not in seen.broken:
        return
    yield f"no response: {seen.broken}"


def _status(_: Call, seen: Seen) -> Iterator[str]:
    if seen.status >= 500:
        code = re.search(r'"code":\s*"(\w+)"', seen.text)
        yield f"status {seen.status}{' ' + code[1] if code else ''}"


def _time(_: Call, seen: Seen) -> Iterator[str]:
    if seen.seconds > SLOW:
        yield f"slower than {SLOW:.0f} s"


def _headers(_: Call, seen: Seen) -> Iterator[str]:
    if seen.body != OWN_REFUSAL:
        yield from (f"no header {name}" for name, value in HEADERS.items() if seen.headers.get(name) != value)


def _shape(call: Call, seen: Seen) -> Iterator[str]:
    """An error is told in the one JSON shape, or on a page."""
    if seen.status < 400 or call.method == "HEAD" or seen.body == OWN_REFUSAL:
        return
    if seen.media == "text/html":
        return
    error = _json(seen)
    fields = error.get("error") if isinstance(error, dict) and set(error) == {"error"} else None
    if not isinstance(fields, dict) or set(fields) != _ERROR or not fields["message"]:
        yield f"error {seen.status} in another shape"


def _leak(_: Call, seen: Seen) -> Iterator[str]:
    if found := _LEAK.search(seen.text):
        yield f"leak: {found[0]!r}"


def _page(_: Call, seen: Seen) -> Iterator[str]:
    if seen.media == "text/html" and (found := injected(seen.text)):
        yield f"markup: {found}"


def _sheet(_: Call, seen: Seen) -> Iterator[str]:
    if seen.media == _SHEET:
        yield from (f"formula in cell {place}" for place in formulas(seen.body))


def _answer(call: Call, seen: Seen) -> Iterator[str]:
    """An answer keeps the contract and is plain text that nobody else dictated."""
    if not call.is_chat or seen.status != 200:
        return
    try:
        reply = ChatReply.model_validate_json(seen.body)
    except ValueError:
        yield "an answer against the contract"
        return
    shown = [
        reply.text,
        *(each.title for each in reply.suggestions),
        *(each.quote for each in reply.citations),
    ]
    if any(unicodedata.category(char) in _INVISIBLE for text in shown for char in text if char != "\n"):
        yield "invisible characters in an answer"
    if not reply.text.strip() or len(seen.text) > _LONGEST * 4 or len(reply.text) > _LONGEST:
        yield "an answer of a strange length"
    if reply.text.lstrip("“\"' ").startswith(OBEYED):
        yield "obeyed an instruction in a message"
    if not 0 <= reply.confidence <= 1:
        yield "a confidence outside 0 to 1"


def _json(seen: Seen) -> Any:
    try:
        return json.loads(seen.body)
    except ValueError:
        return None


_RULES: tuple[Rule, ...] = (_status, _time, _headers, _shape, _leak, _page, _sheet, _answer)
