"""Updates as the platform documents them, one function for each event."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Any

Update = dict[str, Any]

_EPOCH = 1_750_316_131_000
_numbers = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Person:
    """Who writes, and in which chat; a private chat has the id of its person."""

    id: str = "6ede9afa66b88fe6d6a9"
    group: str = ""
    bot: bool = False


def text(words: str, person: Person = Person(), number: int = 0) -> Update:
    """Words."""
    return _update("text", person, number, text=words)


def image(person: Person = Person(), number: int = 0, caption: str = "") -> Update:
    """A picture, perhaps with words under it."""
    held = {"photo_url": "https://photos.example/1.jpg", **({"caption": caption} if caption else {})}
    return _update("image", person, number, **held)


def sticker(person: Person = Person(), number: int = 0) -> Update:
    """A sticker."""
    return _update(
        "sticker", person, number, sticker="0e078a2fb66a5f34067b", url="https://stickers.example/1.webp"
    )


def voice(person: Person = Person(), number: int = 0) -> Update:
    """A spoken message."""
    return _update("voice", person, number, voice_url="https://voices.example/1.aac")


def unsupported(person: Person = Person(), number: int = 0) -> Update:
    """A message whose content the platform keeps to itself."""
    return _update("unsupported", person, number)


def wrapped(update: Update) -> Update:
    """The body of a webhook call and of an answer to getUpdates."""
    return {"ok": True, "result": update}


def _update(kind: str, person: Person, number: int, **content: str) -> Update:
    number = number or next(_numbers)
    message: dict[str, Any] = {
        "from": {"id": person.id, "display_name": "Cô Sáu", "is_bot": person.bot},
        "chat": {"id": person.group or person.id, "chat_type": "GROUP" if person.group else "PRIVATE"},
        **content,
        "message_id": f"{number:020x}",
        "date": _EPOCH + number,
    }
    return {"event_name": f"message.{kind}.received", "message": message}
