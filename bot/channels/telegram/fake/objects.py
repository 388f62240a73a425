"""Objects of the Bot API as it documents them."""

from __future__ import annotations

import re
from typing import Any, TypeAlias

from bot.channels.telegram.fake.markup import units

Json: TypeAlias = dict[str, Any]
_ENTITIES = re.compile(
    r"(?P<bot_command>(?<![\w/])/[A-Za-z0-9_]{1,32}(?:@[A-Za-z0-9_]{3,32})?)"
    r"|(?P<mention>(?<![\w@])@[A-Za-z0-9_]{4,32})"
    r"|(?P<url>https?://[^\s]+)"
)


def user(number: int, first_name: str, username: str | None = None, is_bot: bool = False) -> Json:
    """A `User`."""
    found: Json = {"id": number, "is_bot": is_bot, "first_name": first_name}
    if username:
        found["username"] = username
    if not is_bot:
        found["language_code"] = "vi"
    return found


def private(person: Json) -> Json:
    """The `Chat` of a person with the bot."""
    names: Json = {name: person[name] for name in ("first_name", "username") if name in person}
    return {"id": person["id"], "type": "private", **names}


def group(number: int, title: str, forum: bool = False) -> Json:
    """A `Chat` of several people: a supergroup when its number says so."""
    found: Json = {"id": number, "type": "supergroup" if number < -(10**12) else "group", "title": title}
    if forum:
        found["is_forum"] = True
    return found


def entities(text: str) -> list[Json]:
    """The `MessageEntity` list that a person's app makes of a text."""
    return [
        {"type": match.lastgroup, "offset": units(text[: match.start()]), "length": units(match[0])}
        for match in _ENTITIES.finditer(text)
    ]


def text_of(text: str) -> Json:
    """The part of a `Message` that holds a text."""
    found = entities(text)
    return {"text": text, "entities": found} if found else {"text": text}


def photo_of(caption: str = "") -> Json:
    """The part of a `Message` that holds a picture."""
    size = {"file_id": "photo-1", "file_unique_id": "unique-1", "width": 1280, "height": 720}
    if not caption:
        return {"photo": [size]}
    found = entities(caption)
    return {"photo": [size], "caption": caption, **({"caption_entities": found} if found else {})}


def sticker() -> Json:
    """The part of a `Message` that holds a sticker."""
    names = {"file_id": "sticker-1", "file_unique_id": "unique-2", "type": "regular", "emoji": "👍"}
    return {"sticker": {**names, "width": 512, "height": 512, "is_animated": False, "is_video": False}}


def voice() -> Json:
    """The part of a `Message` that holds a voice message."""
    names = {"file_id": "voice-1", "file_unique_id": "unique-3"}
    return {"voice": {**names, "duration": 4, "mime_type": "audio/ogg", "file_size": 9000}}
