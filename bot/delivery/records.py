"""Writing down what happened, however long the database is away."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import TypeVar

from bot.mailbox import MailboxError
from knowledge.store import StoreError

_PAUSE = 1.0  # seconds before the database is tried again
_log = logging.getLogger(__name__)

_T = TypeVar("_T")


async def recorded(step: Callable[[], _T]) -> _T:
    """Do `step`, a call of the mailbox, until the database takes it.

    For what cannot be found out again: an outcome that is not written down counts as unknown, and an answer
    that is not makes its question be asked twice. Raises a `MailboxError`, which no repetition mends.
    """
    while True:
        try:
            return await asyncio.to_thread(step)
        except MailboxError:
            raise
        except StoreError as error:
            # By kind: a database's own words may hold a value of the statement.
            _log.error("the mailbox cannot be written: %s", type(error).__name__)
        await asyncio.sleep(_PAUSE)
