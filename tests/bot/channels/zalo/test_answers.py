from __future__ import annotations

import json

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.protocol import OutcomeUnknown, Refused, SendError, TryLater
from bot.channels.zalo.answers import broken, failure


def told(status: int, body: object) -> tuple[int, SendError]:
    found = failure(status, json.dumps(body).encode())
    assert found is not None
    return found


@pytest.mark.parametrize("body", [{"ok": True}, {"ok": True, "result": None}, {"ok": True, "error_code": 0}])
def test_yes(body: object) -> None:
    assert failure(200, json.dumps(body).encode()) is None


@pytest.mark.parametrize("body", [{}, {"result": {}}, {"ok": "true"}, {"ok": 1}, {"ok": None}, {"ok": False}])
def test_only_ok_is_yes(body: object) -> None:
    assert isinstance(told(200, body)[1], Refused)


@pytest.mark.parametrize(
    ("status", "body", "code", "kind", "after"),
    [
        (200, {"error_code": 400}, 400, Refused, None),
        (200, {"errorCode": 426}, 426, Refused, None),
        (200, {"error_code": "429", "retry_after": "3"}, 429, TryLater, 3),
        (429, {"parameters": {"retry_after": 2.5}}, 429, TryLater, 2.5),
        (429, {"parameters": {"retry_after": -1}}, 429, TryLater, None),
        (429, {"parameters": "soon", "retry_after": True}, 429, TryLater, None),
        (200, {"error_code": 401}, 401, TryLater, 60),
        (401, {}, 401, TryLater, 60),
        (404, {"error_code": 404}, 404, TryLater, 60),
        (200, {"error_code": 404}, 404, Refused, None),
        (200, {"error_code": 403}, 403, TryLater, None),
        (500, {}, 500, TryLater, None),
        (400, {"ok": True}, 400, Refused, None),
        (200, {"error_code": 408}, 408, OutcomeUnknown, None),
        (200, {"error_code": "nan"}, 200, Refused, None),
        (200, {"error_code": [400]}, 200, Refused, None),
    ],
)
def test_no(
    status: int, body: dict[str, object], code: int, kind: type[SendError], after: float | None
) -> None:
    found, error = told(status, {"ok": False, "description": "bí mật", **body})
    assert (found, type(error), getattr(error, "after", None)) == (code, kind, after)
    assert "bí mật" not in str(error)


@pytest.mark.parametrize("payload", [b"", b"<html>", b"[]", b"null", b'"ok"', b"\xff", b"[" * 100_000])
@pytest.mark.parametrize(
    ("status", "kind", "after"),
    [
        (200, OutcomeUnknown, None),
        (502, OutcomeUnknown, None),
        (429, TryLater, None),
        (302, TryLater, 60),
        (403, TryLater, 60),
    ],
)
def test_what_is_no_answer_of_the_platform(
    payload: bytes, status: int, kind: type[SendError], after: float | None
) -> None:
    found = failure(status, payload)
    assert found is not None
    assert (found[0], type(found[1]), getattr(found[1], "after", None)) == (status, kind, after)


@given(status=st.integers(200, 599), payload=st.binary(max_size=60))
def test_bytes_never_mean_yes(status: int, payload: bytes) -> None:
    found = failure(status, payload)
    assert found is not None
    assert isinstance(found[1], SendError)


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (httpx.ConnectError(""), TryLater),
        (httpx.ConnectTimeout(""), TryLater),
        (httpx.PoolTimeout(""), TryLater),
        (httpx.ProxyError(""), TryLater),
        (httpx.UnsupportedProtocol(""), TryLater),
        (httpx.InvalidURL(""), TryLater),
        (httpx.ReadTimeout(""), OutcomeUnknown),
        (httpx.WriteTimeout(""), OutcomeUnknown),
        (httpx.ReadError(""), OutcomeUnknown),
        (httpx.WriteError(""), OutcomeUnknown),
        (httpx.RemoteProtocolError(""), OutcomeUnknown),
        (httpx.DecodingError(""), OutcomeUnknown),
        (RuntimeError("closed"), OutcomeUnknown),
        (None, OutcomeUnknown),
    ],
)
def test_only_a_call_that_never_left_is_safe_to_repeat(
    error: BaseException | None, kind: type[SendError]
) -> None:
    assert type(broken(error)) is kind
