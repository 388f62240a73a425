"""Keeps tokens, secrets and passwords out of everything that a process says of itself.

Both bot interfaces carry the token in the address of each call, and libraries log addresses and put them
into their errors. So what is secret is taken out where all of it passes: when a log record is made, before
any handler or formatter sees it, and where an error that nobody caught is printed.
"""

from __future__ import annotations

import logging
import re
import sys
import threading
import traceback
from collections.abc import Callable, Iterable, Iterator
from types import TracebackType
from typing import Any, TextIO
from urllib.parse import quote, unquote, urlsplit

from pydantic import SecretStr

from trolyso.settings import Settings

HIDDEN = "***"
# Shorter values would blot out ordinary words; `trolyso channels` says when a secret is that short.
SHORTEST = 6
# The part of a token behind its colon is a secret of its own once it is this long.
_LONG = 16
_COLON = r"(?::|%3[Aa])"
_SHAPES = (
    # The address of a call, whatever the token looks like.
    (re.compile(rf"(/bot)\d+{_COLON}[^/\s\"'\\?#]+"), rf"\g<1>{HIDDEN}"),
    # A token by its looks: the bot's number and what was made by chance.
    (re.compile(rf"(?<!\d)\d{{6,}}{_COLON}[A-Za-z0-9_-]{{30,}}"), HIDDEN),
    # The password in the address of a database or a proxy; it may hold "@" itself, unescaped.
    (re.compile(r"(://[^\s:/@\"']*:)[^\s/\"']+(?=@)"), rf"\g<1>{HIDDEN}"),
)


class Redactor:
    """Takes secrets out of texts: the given ones wherever they stand, and whatever has the shape of one."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        spellings = {spelling for secret in secrets for spelling in _spellings(secret)}
        longest_first = sorted(spellings, key=lambda spelling: (-len(spelling), spelling))
        self._known = re.compile("|".join(map(re.escape, longest_first))) if longest_first else None

    def __call__(self, text: str) -> str:
        """The same text with `HIDDEN` in place of each secret."""
        if self._known is not None:
            text = self._known.sub(HIDDEN, text)
        for shape, instead in _SHAPES:
            text = shape.sub(instead, text)
        return text


def secrets_of(settings: Settings) -> tuple[str, ...]:
    """All that is secret in the settings: the fields of that kind, and passwords in addresses."""
    found = [value.get_secret_value() for _, value in settings if isinstance(value, SecretStr)]
    found += [password for _, value in settings for password in _passwords(value)]
    return tuple(value for value in found if value)


def shown(settings: Settings) -> Iterator[tuple[str, str]]:
    """Each variable with its value as it may be printed: a secret shows only that it is set."""
    redact = Redactor(secrets_of(settings))
    for name, value in settings:
        text = (HIDDEN if value.get_secret_value() else "") if isinstance(value, SecretStr) else str(value)
        yield f"TROLYSO_{name.upper()}", redact(text)


def install(settings: Settings) -> Redactor:
    """Make this process say nothing that is secret in `settings`; gives what does it.

    It concerns every logger and handler, those that exist and those to come, warnings, and errors that
    nobody caught, in any thread. What asyncio and the servers find out goes through their loggers.
    """
    redact = Redactor(secrets_of(settings))
    logging.setLogRecordFactory(_RecordFactory(redact))
    logging.captureWarnings(True)
    sys.excepthook = lambda kind, error, trace: _print(redact, sys.stderr, kind, error, trace)
    threading.excepthook = lambda args: _print_of_thread(redact, args)
    sys.unraisablehook = lambda args: _print_of_nobody(redact, args)
    return redact


class _RecordFactory:
    """Makes log records that hold no secret: not in the message, its arguments, or the error's text."""

    def __init__(self, redact: Callable[[str], str]) -> None:
        self._redact = redact

    def __call__(self, *args: Any, **kwargs: Any) -> logging.LogRecord:
        record = logging.LogRecord(*args, **kwargs)
        self._clean_message(record)
        if record.exc_info and record.exc_info[0] is not None:
            # Kept as text only: a handler that formats the error itself would bring the secret back.
            record.exc_text = self._redact(_told(*record.exc_info)).rstrip("\n")
            record.exc_info = None
        if record.stack_info:
            record.stack_info = self._redact(record.stack_info)
        return record

    def _clean_message(self, record: logging.LogRecord) -> None:
        try:
            message = record.getMessage()
        except Exception:  # noqa: BLE001 - a wrong format is told by its handler, which prints both parts
            message = f"{record.msg} {record.args}"
        clean = self._redact(message)
        # Else untouched: some formatters put the arguments into a text of their own.
        if clean != message:
            record.msg, record.args = clean, ()


def _told(kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> str:
    return "".join(traceback.format_exception(kind, error, trace))


def _print(
    redact: Redactor,
    to: TextIO | None,
    kind: type[BaseException] | None,
    error: BaseException | None,
    trace: TracebackType | None,
) -> None:
    # A process without a console has no stderr.
    if to is not None:
        to.write(redact(_told(kind, error, trace)))
        to.flush()


def _print_of_thread(redact: Redactor, args: threading.ExceptHookArgs) -> None:
    if args.exc_type is not SystemExit:
        _print(redact, sys.stderr, args.exc_type, args.exc_value, args.exc_traceback)


def _print_of_nobody(redact: Redactor, args: sys.UnraisableHookArgs) -> None:
    """Errors in finalizers; the object is left out, since its description may hold anything."""
    _print(redact, sys.stderr, args.exc_type, args.exc_value, args.exc_traceback)


def _spellings(secret: str) -> frozenset[str]:
    """The ways in which a secret may be written: as it is, in an address, in the literal of a string."""
    parts = [secret]
    number, colon, rest = secret.partition(":")
    if colon and number.isdecimal() and len(rest) >= _LONG:
        parts.append(rest)
    written = {way for part in parts for way in (part, quote(part), quote(part, safe=""), repr(part)[1:-1])}
    return frozenset(way for way in written if len(way) >= SHORTEST)


def _passwords(value: object) -> tuple[str, ...]:
    """The password in an address, as it is written there and as it is meant."""
    if not isinstance(value, str) or "://" not in value:
        return ()
    try:
        password = urlsplit(value).password or ""
    except ValueError:
        return ()
    return (password, unquote(password))
