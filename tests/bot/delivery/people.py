"""Messages of a person, and an assistant that answers by script."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from bot.channels.protocol import IncomingMessage, Kind, Place
from trolyso.answer import Answer, Status, Suggestion

HOME = Place("fake", "chat-1", "anna")


def message(number: int, text: str, kind: Kind = Kind.TEXT, place: Place = HOME) -> IncomingMessage:
    return IncomingMessage(f"fake:{number}", number, place, kind, text, f"m{number}", f"r{number}")


def echo(text: str) -> Answer:
    return Answer(Status.ANSWERED, f"về {text}", (Suggestion("Xem tiếp", "xem tiếp trang 2"),))


class ScriptedAssistant:
    """What `bot.assistant.Assistant` is to the delivery: answers by `script`, keeps what it was asked."""

    def __init__(self, script: Callable[[str], Answer] = echo, seconds: float = 0.0) -> None:
        self.script = script
        self.seconds = seconds
        self.asked: list[tuple[str, str]] = []
        self.forgotten: list[str] = []

    async def answer(self, sender: str, message: str) -> Answer:
        self.asked.append((sender, message))
        await asyncio.sleep(self.seconds)
        return self.script(message)

    async def forget(self, sender: str) -> None:
        self.forgotten.append(sender)
