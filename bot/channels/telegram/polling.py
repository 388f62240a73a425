"""Asks for updates for ever; each is stored before the API hears that it may forget it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from telegram import Update
from telegram.error import BadRequest, Conflict, Forbidden

from bot.channels.protocol import IncomingMessage, Receive, TryLater, UnreadableUpdate
from bot.channels.telegram.client import Client
from bot.channels.telegram.failures import FAILURES, send_error
from bot.channels.telegram.timing import Backoff, Timing

_log = logging.getLogger(__name__)

ReadUpdate = Callable[[Update], IncomingMessage | None]


async def poll(client: Client, read: ReadUpdate, receive: Receive, timing: Timing) -> None:
    """Take updates in their order until cancelled. Failures, of the API and of `receive`, are waited out."""
    backoff = Backoff(timing)
    offset: int | None = None
    while True:
        try:
            updates = await client.updates(offset)
        except Conflict:
            _log.warning("telegram: getUpdates: another process asks for updates, or a webhook is set")
            await asyncio.sleep(backoff.pause(None))
            continue
        except FAILURES as error:
            await asyncio.sleep(backoff.pause(_told("getUpdates", error)))
            continue
        try:
            for update in updates:
                await _take(update, read, receive)
                offset = update.update_id + 1
        except Exception as error:  # noqa: BLE001 - what is not stored is asked for again
            _log.error("telegram: an update cannot be stored: %s", type(error).__name__)
            await asyncio.sleep(backoff.pause(None))
            continue
        backoff.reset()
        if not updates:
            # All is confirmed, and after a quiet week the numbers may start anew below the last one.
            offset = None


async def patiently(what: str, step: Callable[[], Awaitable[None]], timing: Timing) -> None:
    """Do `step` once, as often as it takes; given up only when the API refuses it for good."""
    backoff = Backoff(timing)
    while True:
        try:
            return await step()
        except (BadRequest, Forbidden) as error:
            _told(what, error)
            return None
        except FAILURES as error:
            await asyncio.sleep(backoff.pause(_told(what, error)))


def _told(what: str, error: Exception) -> float | None:
    """Log a failure; the pause that it asks for."""
    failure = send_error(error)
    _log.warning("telegram: %s: %s", what, failure)
    return failure.after if isinstance(failure, TryLater) else None


async def _take(update: Update, read: ReadUpdate, receive: Receive) -> None:
    try:
        message = read(update)
    except UnreadableUpdate as error:
        # It must not come back for ever.
        _log.warning("telegram: %s", error)
        return
    if message is not None:
        await receive(message)
