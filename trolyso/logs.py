"""Log lines as JSON on standard output, each with the id of the request that it belongs to.

The gateway gives each message an id (or takes that of a proxy), Rasa's channel and the action server pass it
on: ``grep`` for it finds the way of one message through all processes. What people write is never logged.
"""

from __future__ import annotations

import logging
import re
import secrets
import sys
from contextvars import ContextVar

from pythonjsonlogger.core import RESERVED_ATTRS
from pythonjsonlogger.json import JsonFormatter

HEADER = "x-request-id"
REQUEST: ContextVar[str] = ContextVar("request", default="")
"""The id of the request that is being served; empty outside of one."""
_SOUND = re.compile(r"[A-Za-z0-9-]{8,64}")
_FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s %(request)s"
_NAMES = {"asctime": "time", "levelname": "level", "name": "logger", "message": "event"}
_QUIET = ("httpx", "httpcore", "sanic.access", "matplotlib", "alembic", "bm25s")


def request_id(given: str | None = None) -> str:
    """`given` when it can be the id of a request, else a new one."""
    return given if given and _SOUND.fullmatch(given) else secrets.token_hex(8)


def configure(process: str) -> None:
    """Let this process log in JSON, with `process` as its name, unless it logs in its own way already."""
    root = logging.getLogger()
    if root.handlers:
        return
    handler = logging.StreamHandler(sys.stdout)
    formatter = JsonFormatter(
        _FORMAT,
        rename_fields=_NAMES,
        static_fields={"process": process},
        reserved_attrs=[*RESERVED_ATTRS, "color_message"],
        json_ensure_ascii=False,
    )
    handler.setFormatter(formatter)
    handler.addFilter(_with_request)
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


def _with_request(record: logging.LogRecord) -> bool:
    record.request = REQUEST.get()
    return True
