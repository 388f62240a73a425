"""Each kind of violation is seen, and a good response has none."""

from __future__ import annotations

import io
import json
from pathlib import Path

import httpx
import pytest
from openpyxl import Workbook

from bot.guard import HEADERS, MAX_BODY
from bot.hostile.calls import Call, Seen, Way
from bot.hostile.judging import SLOW, Judge
from bot.hostile.markup import injected
from bot.hostile.payloads import OBEYED
from bot.hostile.spreadsheets import formulas
from bot.hostile.wire import OWN_REFUSAL

INTERNAL = '{"error": {"code": "internal", "message": "x", "detail": null}}'
SECRET = "7654321:a-token-of-the-service"
JUDGE = Judge((SECRET,), (Path("/srv/the-home"),))
CHAT = Call(Way.NEW, "", "", "", "POST", "/api/chat")
REPLY = {
    "conversation": "c",
    "status": "answered",
    "text": "Dạ, 50%.",
    "suggestions": [],
    "citations": [],
    "attachments": [],
    "confidence": 0.9,
}


def _seen(body: str, status: int = 200, media: str = "application/json", seconds: float = 0.1) -> Seen:
    return Seen(seconds, status, httpx.Headers(HEADERS | {"content-type": media}), body.encode())


def _reply(**changes: object) -> Seen:
    return _seen(json.dumps(REPLY | changes))


def test_a_good_answer_has_no_problem() -> None:
    assert JUDGE.problems(CHAT, _reply()) == []


def test_a_good_refusal_has_no_problem() -> None:
    error = {"error": {"code": "bad_json", "message": "Sai.", "detail": None}}
    assert JUDGE.problems(CHAT, _seen(json.dumps(error), 400)) == []
    assert JUDGE.problems(CHAT, Seen(0.1, 400, body=OWN_REFUSAL)) == []


@pytest.mark.parametrize(
    ("seen", "problem"),
    [
        (_seen(INTERNAL, 500), "status 500 internal"),
        (_seen(json.dumps(REPLY), seconds=SLOW + 1), "slower than 20 s"),
        (_seen("not found", 404), "error 404 in another shape"),
        (_seen('{"error": {"code": "x", "message": "", "detail": 1}}', 404), "error 404 in another shape"),
        (_reply(text="Traceback (most recent call last)"), "leak: 'Traceback (most recent'"),
        (_reply(text="sqlalchemy.exc"), "leak: 'sqlalchemy'"),
        (_reply(text="SELECT id FROM indicators"), "leak: 'FROM indicators'"),
        (_reply(text="1787569"), "leak: '1787569'"),
        (_reply(text=f"mã là {SECRET}"), f"tells {SECRET!r}"),
        (_reply(text="/srv/the-home/store"), "tells '/srv/the-home'"),
        (_reply(text="a\u202eb"), "invisible characters in an answer"),
        (_reply(text=f"{OBEYED}!"), "obeyed an instruction in a message"),
        (_reply(text=" "), "an answer of a strange length"),
        (_reply(text="a" * 40_000), "an answer of a strange length"),
        (_reply(confidence=7), "a confidence outside 0 to 1"),
        (_reply(status="made up"), "an answer against the contract"),
        (_seen("<p onclick='x'>", media="text/html"), "markup: <p onclick>"),
        (_seen("no workbook", media="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
         "formula in cell ?"),
    ],
)  # fmt: skip
def test_a_violation_is_named(seen: Seen, problem: str) -> None:
    assert problem in JUDGE.problems(CHAT, seen)


def test_a_missing_header_is_named() -> None:
    headers = httpx.Headers({"content-type": "application/json"})
    problems = JUDGE.problems(CHAT, Seen(0.1, 200, headers, json.dumps(REPLY).encode()))
    assert problems == [f"no header {name}" for name in HEADERS]


def test_only_what_may_end_without_a_response_does() -> None:
    large = Call(Way.BODY, "", "", "", "POST", "/api/chat", body=b"a" * (MAX_BODY + 1))
    broken = Call(Way.WIRE, "", "", "", "", "", raw=b"x")
    assert JUDGE.problems(CHAT, Seen(0.1, broken="ReadError")) == ["no response: ReadError"]
    assert JUDGE.problems(large, Seen(0.1, broken="WriteError")) == []
    assert JUDGE.problems(large, Seen(60.0, broken="ReadTimeout")) != []
    assert JUDGE.problems(broken, Seen(0.1, broken="Closed")) == []
    assert JUDGE.problems(broken, Seen(60.0, broken="Timeout")) != []


@pytest.mark.parametrize(
    "page",
    [
        "<script>alert(7)</script>",
        "<img src=x onerror=alert(7)>",
        "<input value='' autofocus onfocus=alert(7)>",
        "<a href='javascript:alert(7)'>",
        "<a href='//example.org'>",
        "<svg/onload=alert(7)>",
        "<form action='/api/chat'>",
        "<base href='/x'>",
    ],
)
def test_injected_markup_is_found(page: str) -> None:
    assert injected(f"<p>trước</p>{page}")


def test_what_is_escaped_is_only_text() -> None:
    page = (
        "<script src='/static/chat.js' defer></script><a href='#x'>y</a><form action='/chat'>"
        "<textarea>&lt;script&gt;alert(7)&lt;/script&gt;</textarea>"
        "<p title='&quot;onerror=x'>&lt;img onerror=x</p>"
    )
    assert injected(page) == ""


def _workbook(value: str, quoted: bool = False) -> bytes:
    book, file = Workbook(), io.BytesIO()
    sheet = book.active
    cell = sheet.cell(1, 1, value)
    if quoted:
        cell.data_type = "s"
        cell.quotePrefix = True
    book.save(file)
    return file.getvalue()


def test_formulas_are_found_and_marked_text_is_not() -> None:
    assert list(formulas(_workbook("=1+1"))) == ["Sheet!A1"]
    assert list(formulas(_workbook("@SUM(1)"))) == ["Sheet!A1"]
    assert list(formulas(_workbook("=1+1", quoted=True))) == []
    assert list(formulas(_workbook("bình thường"))) == []
