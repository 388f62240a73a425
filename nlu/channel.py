"""Rasa's REST channel with the id of each request: taken from a header, passed on to actions, and logged."""

import json
import logging
import re
import sys
import time
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import UserMessage
from rasa.core.channels.rest import RestInput
from sanic import Blueprint
from sanic.request import Request

_HEADER = "x-request-id"
_SOUND = re.compile(r"[A-Za-z0-9-]{8,64}")
_log = logging.getLogger(__name__)


def _log_in_json() -> None:
    """Let the lines of this channel stand alone, without what Rasa puts before each of its own."""
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(logging.Formatter("%(message)s"))
    _log.handlers, _log.propagate = [handler], False
    _log.setLevel(logging.INFO)


class TracedRest(RestInput):
    """The REST channel under its own name and address."""

    @classmethod
    def name(cls) -> str:
        """See `InputChannel`."""
        return str(RestInput.name())

    def get_metadata(self, request: Request) -> dict[str, Any]:
        """What actions are told of the request: its id."""
        given = str(request.headers.get(_HEADER, ""))
        return {"request": given if _SOUND.fullmatch(given) else ""}

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[None]]) -> Blueprint:
        """The same routes, with a line in the log for each message."""

        _log_in_json()

        async def timed(message: UserMessage) -> None:
            began = time.perf_counter()
            try:
                await on_new_message(message)
            finally:
                told = {
                    "time": time.strftime("%Y-%m-%d %H:%M:%S"),
                    "event": "turn",
                    "process": "rasa",
                    "request": (message.metadata or {}).get("request", ""),
                    "ms": round(1000 * (time.perf_counter() - began), 1),
                }
                _log.info(json.dumps(told))

        return super().blueprint(timed)
