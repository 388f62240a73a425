"""HTTP for the SDK that tells what the SDK alone does not: whether the Bot API itself said no.

The SDK makes one `NetworkError` of a refusal by the API with status 500 and of a page by a proxy in between.
The first was surely not carried out, the second may have been.
"""

from __future__ import annotations

import json
import logging
from http import HTTPStatus
from typing import Any

from telegram import Update
from telegram.error import BadRequest, TelegramError
from telegram.request import HTTPXRequest

from bot.channels.telegram.shapes import is_update_number

_log = logging.getLogger(__name__)
_READ_BY_SDK = (
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.UNAUTHORIZED,
    HTTPStatus.FORBIDDEN,
    HTTPStatus.NOT_FOUND,
    HTTPStatus.CONFLICT,
)


class Declined(TelegramError):
    """The API answered that it did not do it; `after` is the pause it asks for, in seconds."""

    def __init__(self, status: int, after: float | None = None) -> None:
        super().__init__(f"the API declined with status {status}")
        self.after = after


class NotTheApi(TelegramError):
    """Something in between answered; `forwarded` tells whether the API may have got the call all the same."""

    def __init__(self, status: int) -> None:
        super().__init__(f"status {status} that is not of the API")
        self.forwarded = status >= HTTPStatus.INTERNAL_SERVER_ERROR or status < HTTPStatus.MULTIPLE_CHOICES


class CheckedRequest(HTTPXRequest):
    """The SDK's requests, with answers told apart before the SDK reads them."""

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """One call. Raises `Declined`, `NotTheApi`, and what the SDK raises."""
        status, payload = await super().do_request(*args, **kwargs)
        _check(status, _decoded(payload))
        return status, payload


class UpdatesRequest(CheckedRequest):
    """Requests for updates. One that the SDK cannot read comes empty, so that it holds back no others."""

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The decoded answer, whose updates can all be read."""
        answer = _decoded(payload) or {}
        updates = answer.get("result")
        if isinstance(updates, list):
            answer["result"] = [_readable(update) for update in _numbered(updates)]
        return answer


def _check(status: int, answer: dict[str, Any] | None) -> None:
    if answer is None or not isinstance(answer.get("ok"), bool):
        raise NotTheApi(status)
    if status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        raise BadRequest("request entity too large")
    if not answer["ok"] and status not in _READ_BY_SDK:
        raise Declined(status, _retry_after(answer))


def _retry_after(answer: dict[str, Any]) -> float | None:
    parameters = answer.get("parameters")
    seconds = parameters.get("retry_after") if isinstance(parameters, dict) else None
    return float(seconds) if isinstance(seconds, int | float) else None


def _decoded(payload: bytes) -> dict[str, Any] | None:
    try:
        answer = json.loads(payload)
    except (ValueError, RecursionError):
        return None
    return answer if isinstance(answer, dict) else None


def _numbered(updates: list[Any]) -> list[dict[str, Any]]:
    """Without those that can be neither read nor confirmed. Raises `NotTheApi` when they are all."""
    found = [each for each in updates if isinstance(each, dict) and is_update_number(each.get("update_id"))]
    if len(found) < len(updates):
        _log.warning("telegram: %d updates without a number were skipped", len(updates) - len(found))
        if not found:
            raise NotTheApi(HTTPStatus.OK)  # they would come again at once
    return found


def _readable(update: dict[str, Any]) -> dict[str, Any]:
    try:
        Update.de_json(update, None)
    except Exception as error:  # noqa: BLE001 - the SDK raises whatever a wrong object leads to
        _log.warning("telegram: update %d cannot be read: %s", update["update_id"], type(error).__name__)
        return {"update_id": update["update_id"]}
    return update
