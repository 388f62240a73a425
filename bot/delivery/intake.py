"""Messages come in: stored first, then announced. What returns from here will be answered."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from bot.channels.protocol import IncomingMessage
from bot.mailbox import Mailbox
from bot.metrics import Metrics


class Intake:
    """Takes a message once, however often the platform delivers it."""

    def __init__(self, mailbox: Mailbox, wake: Callable[[str], None], metrics: Metrics) -> None:
        self._mailbox = mailbox
        self._wake = wake
        self._metrics = metrics

    async def receive(self, message: IncomingMessage) -> None:
        """Store a message durably; only then it is acknowledged. Raises `StoreError`."""
        new = await asyncio.to_thread(self._mailbox.receive, message)
        self._metrics.update(message.place.channel, "stored" if new else "duplicate")
        # A known one too: it may have been stored by a call that then failed, or by another process. A lane
        # that finds nothing to do ends at once.
        self._wake(message.place.conversation)
