"""The loop that asks for updates: one at a time, each stored before the next is asked for.

Zalo forgets an update as soon as it has answered with it, and repeats none. So an update is never dropped
because storing it failed: it is stored again until that works, while the next ones stay with the platform.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from bot.channels.protocol import IncomingMessage, Receive, SendError, UnreadableUpdate
from bot.channels.zalo.client import ZaloClient
from bot.channels.zalo.timing import Timing, waited_out

Read = Callable[[object], IncomingMessage | None]

_log = logging.getLogger(__name__)


async def persist(call: Callable[[], Awaitable[None]], what: str, timing: Timing) -> None:
    """Call until the platform agrees."""
    failures = 0
    while True:
        try:
            return await call()
        except SendError as error:
            failures += 1
            _log.warning("zalo: %s: %s", what, waited_out(error))
            await asyncio.sleep(timing.pause(failures, error))


async def poll(client: ZaloClient, read: Read, receive: Receive, timing: Timing) -> None:
    """Ask for ever. A webhook is removed first: the platform says nothing here while one is set."""
    await persist(client.delete_webhook, "deleteWebhook", timing)
    failures = 0
    while True:
        asked = time.monotonic()
        try:
            updates = await client.updates()
        except SendError as error:
            failures += 1
            _log.warning("zalo: getUpdates: %s", waited_out(error))
            await asyncio.sleep(timing.pause(failures, error))
            continue
        failures = 0
        await _undisturbed(_hand_over_all(updates, read, receive, timing), timing.farewell)
        if not updates:
            await asyncio.sleep(max(0.0, asked + timing.rest - time.monotonic()))


async def _undisturbed(storing: Coroutine[Any, Any, None], seconds: float) -> None:
    """Store what the platform has forgotten already, even when we are told to stop meanwhile."""
    task = asyncio.create_task(storing)
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait({task}, timeout=seconds)
        task.cancel()
        raise


async def _hand_over_all(updates: list[object], read: Read, receive: Receive, timing: Timing) -> None:
    for update in updates:
        await _hand_over(update, read, receive, timing)


async def _hand_over(update: object, read: Read, receive: Receive, timing: Timing) -> None:
    try:
        message = read(update)
    except UnreadableUpdate as error:
        _log.error("zalo: an update was skipped: %s", error)
        return
    if message is not None:
        await _store(message, receive, timing)


async def _store(message: IncomingMessage, receive: Receive, timing: Timing) -> None:
    failures = 0
    while True:
        try:
            return await receive(message)
        except Exception as error:  # noqa: BLE001 - whatever storing fails with, the update exists nowhere else
            failures += 1
            # Not its text: a database driver puts the values of a statement there.
            _log.error("zalo: an update could not be stored: %s", type(error).__name__)
            await asyncio.sleep(timing.pause(failures, error))
