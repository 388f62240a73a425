"""What went wrong with a call, in the words of the `Channel` protocol.

The reasons are ours: what the API and the HTTP library write may hold the token or words of an answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import httpx
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.channels.protocol import OutcomeUnknown, Refused, SendError, TryLater
from bot.channels.telegram.request import Declined, NotTheApi

# What a call may raise: the last four when the API says yes in a form that the SDK cannot read.
UNREADABLE = (AttributeError, KeyError, TypeError, ValueError)
FAILURES = (TelegramError, *UNREADABLE)
_SET_UP_WRONG = 60.0  # seconds until a wrong token or a second bot process may have been put right
_NEVER_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
    httpx.InvalidURL,
)
_REASONS = (
    "bot was blocked by the user",
    "bot was kicked",
    "bot is not a member",
    "bot can't initiate conversation",
    "user is deactivated",
    "chat not found",
    "message thread not found",
    "topic_closed",
    "not enough rights",
    "have no rights",
    "can't parse entities",
    "message is too long",
    "caption is too long",
    "message text is empty",
    "button_data_invalid",
    "photo_invalid_dimensions",
    "image_process_failed",
    "request entity too large",
    "query is too old",
    "message is not modified",
    "message to edit not found",
    "bad webhook",
)


@contextmanager
def translated() -> Iterator[None]:
    """Errors of the SDK leave as a `SendError`, without the original, which may hold the token."""
    try:
        yield
    except TelegramError as error:
        raise send_error(error) from None


def send_error(error: Exception) -> SendError:
    """The `SendError` that one of the `FAILURES` amounts to."""
    match error:
        case Declined():
            return TryLater(str(error), error.after)
        case NotTheApi():
            return OutcomeUnknown(str(error)) if error.forwarded else TryLater(str(error), _SET_UP_WRONG)
        case RetryAfter() | ChatMigrated():
            return TryLater(type(error).__name__)
        case InvalidToken():
            return TryLater("the token is not valid", _SET_UP_WRONG)
        case Conflict():
            return TryLater("another process asks for updates, or a webhook is set", _SET_UP_WRONG)
        case BadRequest() | Forbidden() | EndPointNotFound():
            return Refused(reason(error))
        case NetworkError():
            return _broken(error)
    return OutcomeUnknown(type(error).__name__)


def reason(error: TelegramError) -> str:
    """Why the API refused a call, as far as it says so in one of the known sentences."""
    said = error.message.lower()
    return next((known for known in _REASONS if known in said), "refused without a known reason")


def _broken(error: NetworkError) -> SendError:
    cause = error.__cause__
    name = type(cause or error).__name__
    # Only a call that never left is surely not carried out.
    return TryLater(name) if isinstance(cause, _NEVER_SENT) else OutcomeUnknown(name)
