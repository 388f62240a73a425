"""What an answer of the Bot API means for the one who called.

The platform documents 400 bad request, 401 wrong token, 403 internal error, 404 not found, 408 timed out and
429 quota exceeded, and sends them in the body as `error_code` (`errorCode` here and there), with HTTP 200 or
with the same HTTP status.
"""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any

import httpx

from bot.channels.protocol import OutcomeUnknown, Refused, SendError, TryLater

WRONG_TOKEN_PAUSE = 60.0


def failure(status: int, payload: bytes) -> tuple[int, SendError] | None:
    """The code of an answer that says no, with what that means; None when it says yes."""
    body = _body(payload)
    if body is None:
        return status, _without_words(status)
    if body.get("ok") is True and status < HTTPStatus.MULTIPLE_CHOICES:
        return None
    code = int(_number(body.get("error_code", body.get("errorCode")))) or status
    return code, _said_no(status, code, body)


def broken(error: BaseException | None) -> SendError:
    """What an exception of the HTTP client means: only a call that never left is safe to repeat."""
    name = type(error).__name__
    if isinstance(error, (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)):
        return TryLater(f"not connected ({name})")
    if isinstance(error, (httpx.UnsupportedProtocol, httpx.LocalProtocolError, httpx.InvalidURL)):
        return TryLater(f"no such address ({name})", WRONG_TOKEN_PAUSE)
    return OutcomeUnknown(f"the connection broke ({name})")


def _said_no(status: int, code: int, body: dict[str, Any]) -> SendError:
    if code == HTTPStatus.TOO_MANY_REQUESTS:
        return TryLater("too many calls (429)", _asked_pause(body))
    if code == HTTPStatus.UNAUTHORIZED or status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND):
        return TryLater(f"the token is not accepted ({code})", WRONG_TOKEN_PAUSE)
    if code == HTTPStatus.REQUEST_TIMEOUT:
        return OutcomeUnknown("the platform gave up waiting (408)")
    if code == HTTPStatus.FORBIDDEN or code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return TryLater(f"an error inside the platform ({code})")
    return Refused(f"refused ({code})")


def _without_words(status: int) -> SendError:
    """An answer that is no JSON object comes from something in between."""
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return TryLater("too many calls (429)")
    if status < HTTPStatus.MULTIPLE_CHOICES or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return OutcomeUnknown(f"an answer that is no JSON ({status})")
    return TryLater(f"an answer that is no JSON ({status})", WRONG_TOKEN_PAUSE)


def _asked_pause(body: dict[str, Any]) -> float | None:
    parameters = body.get("parameters")
    inner = parameters.get("retry_after") if isinstance(parameters, dict) else None
    return _number(inner) or _number(body.get("retry_after")) or None


def _body(payload: bytes) -> dict[str, Any] | None:
    try:
        body = json.loads(payload)
    except (ValueError, RecursionError):
        return None
    return body if isinstance(body, dict) else None


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return 0
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return 0
    return number if 0 < number < 1_000_000 else 0
