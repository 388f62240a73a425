"""Conversation ids, and the order of the messages inside one conversation.

A browser tab gets a signed, unguessable id, so that nobody can read on in someone else's
conversation. A program may bring its own id; it lives in a namespace of its own.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import os
import re
import secrets
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from bot.errors import BusyError, TooManyTurnsError

KEY_BYTES = 32
_OWN_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
# The dots keep signed ids apart from the ids that programs bring.
_SIGNED_ID = re.compile(r"w\.([A-Za-z0-9_-]{22})\.([0-9a-f]{32})")


@dataclass(frozen=True, slots=True)
class Conversation:
    """`public` is what the caller keeps and sends next time, `sender` what Rasa knows it by."""

    public: str
    sender: str


class ConversationIds:
    """Issues and checks conversation ids with one secret key.

    Gateways that share the key accept each other's ids, so any of them may serve the next message.
    """

    def __init__(self, key: bytes) -> None:
        if len(key) < KEY_BYTES:
            raise ValueError(f"the key must have at least {KEY_BYTES} bytes, not {len(key)}")
        self._key = key

    def resolve(self, given: str | None) -> Conversation:
        """The conversation that `given` names; a new one when it is absent, forged or malformed."""
        if given is None:
            return self.issue()
        if _OWN_ID.fullmatch(given):
            return Conversation(given, f"api-{given}")
        signed = _SIGNED_ID.fullmatch(given)
        if signed and hmac.compare_digest(signed[2], self._signature(signed[1])):
            return Conversation(given, f"web-{signed[1]}")
        return self.issue()

    def issue(self) -> Conversation:
        """A new signed conversation."""
        name = secrets.token_urlsafe(16)
        return Conversation(f"w.{name}.{self._signature(name)}", f"web-{name}")

    def _signature(self, name: str) -> str:
        return hmac.new(self._key, name.encode(), hashlib.sha256).hexdigest()[:32]


def load_key(path: Path) -> bytes:
    """The secret key at `path`; made there, readable by its owner only, when there is none.

    Raises `OSError` when the folder cannot be written, `ValueError` when the file holds no key.
    """
    if not path.exists():
        _create_key(path)
    key = path.read_bytes()
    if len(key) < KEY_BYTES:
        raise ValueError(f"{path} holds no key of {KEY_BYTES} bytes; delete it to have a new one made")
    return key


def _create_key(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent)  # mkstemp makes the file with mode 0600
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(KEY_BYTES))
        # A link appears whole or not at all, and the first of two processes wins.
        with suppress(FileExistsError):
            path.hardlink_to(draft)
    finally:
        Path(draft).unlink()


class _Line:
    """The people who wait in one conversation."""

    __slots__ = ("length", "lock")

    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self.length = 0


class Turns:
    """Lets one message of a conversation through at a time, in order of arrival, within bounds."""

    def __init__(self, per_conversation: int = 8, overall: int = 256) -> None:
        self._per_conversation = per_conversation
        self._overall = overall
        self._lines: dict[str, _Line] = {}
        self._inside = 0

    @asynccontextmanager
    async def turn(self, sender: str) -> AsyncIterator[None]:
        """Wait for one's turn. Raises `TooManyTurnsError` or `BusyError` instead of queueing up."""
        line = self._enter(sender)
        try:
            async with line.lock:
                yield
        finally:
            self._leave(sender, line)

    def _enter(self, sender: str) -> _Line:
        if self._inside >= self._overall:
            raise BusyError()
        line = self._lines.setdefault(sender, _Line())
        if line.length >= self._per_conversation:
            raise TooManyTurnsError()
        line.length += 1
        self._inside += 1
        return line

    def _leave(self, sender: str, line: _Line) -> None:
        self._inside -= 1
        line.length -= 1
        if not line.length:
            del self._lines[sender]

    def __len__(self) -> int:
        """Conversations that have a message under way."""
        return len(self._lines)
