"""Zalo's updates as messages.

An update is `{"event_name", "message"}`, in webhook calls wrapped as `{"ok": true, "result": {…}}`. A message
holds `message_id`, `date` (milliseconds), `from` (`id`, `display_name`, `is_bot`), `chat` (`id`, `chat_type`
PRIVATE or GROUP) and, by event, `text`, `photo` or `photo_url` with `caption`, `sticker`, `voice_url`.
In a group the platform delivers only what answers the bot or names it with "@".
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from bot.channels.protocol import IncomingMessage, Kind, Place, UnreadableUpdate
from vietnamese import fold

CHANNEL = "zalo"
COMMANDS = frozenset({"start", "help", "huongdan", "gopy", "xoadulieu"})
_EVENT = re.compile(r"message\.([a-z_]{1,32})\.received")
_LONGEST_ID = 128
_LATEST = 2**53


def read(update: object, names: Collection[str] = ()) -> IncomingMessage | None:
    """The message of an update, None when it asks for nothing.

    `names` are those of the bot, left out where a message begins by naming it. Raises `UnreadableUpdate`.
    """
    event, message = _parts(update)
    kind = _EVENT.fullmatch(event)
    if kind is None or message is None:
        return None
    sender = _section(message, "from")
    if sender.get("is_bot") is True:
        return None
    message_id = _id(message, "message_id", "message")
    what, text = _content(kind.group(1), message, names)
    return IncomingMessage(
        key=f"{CHANNEL}:{event}:{message_id}",
        order=_order(message.get("date")),
        place=_place(_section(message, "chat"), sender),
        kind=what,
        text=text,
        message_id=message_id,
    )


def _parts(update: object) -> tuple[str, dict[str, Any] | None]:
    if not isinstance(update, dict):
        raise UnreadableUpdate("an object was expected")
    inner = update.get("result", update)
    if not isinstance(inner, dict):
        raise UnreadableUpdate("an object was expected in result")
    event, message = inner.get("event_name"), inner.get("message")
    if not isinstance(event, str):
        raise UnreadableUpdate("a text was expected in event_name")
    if message is not None and not isinstance(message, dict):
        raise UnreadableUpdate("an object was expected in message")
    return event, message or None


def _content(event: str, message: dict[str, Any], names: Collection[str]) -> tuple[Kind, str]:
    words = {"text": "text", "image": "caption"}.get(event)
    text = _plain(message.get(words), words) if words else ""
    if not text and event != "text":
        return Kind.MEDIA, event
    text = _without_name(text, names)
    command = _command(text)
    return (Kind.COMMAND, command) if command else (Kind.TEXT, text)


def _command(text: str) -> str:
    """The command that a message is, accents and blanks or not ("/hướng dẫn"); empty when it is none."""
    name = "".join(fold(text.removeprefix("/")).split())
    return name if text.startswith("/") and name in COMMANDS else ""


def _without_name(text: str, names: Collection[str]) -> str:
    if not text.startswith("@"):
        return text
    for name in sorted(filter(None, names), key=len, reverse=True):
        if text[1 : len(name) + 1].casefold() == name.casefold():
            return text[len(name) + 1 :].lstrip(" \t\n,:;-")
    return text


def _place(chat: dict[str, Any], sender: dict[str, Any]) -> Place:
    chat_id = _id(chat, "id", "message.chat")
    kind = chat.get("chat_type", "")
    if not isinstance(kind, str):
        raise UnreadableUpdate("a text was expected in message.chat.chat_type")
    group = kind.upper() == "GROUP"
    person = chat_id if not group and sender.get("id") is None else _id(sender, "id", "message.from")
    return Place(CHANNEL, chat_id, person, group=group)


def _section(message: dict[str, Any], name: str) -> dict[str, Any]:
    section = message.get(name, {})
    if not isinstance(section, dict):
        raise UnreadableUpdate(f"an object was expected in message.{name}")
    return section


def _id(section: dict[str, Any], name: str, where: str) -> str:
    value = section.get(name)
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if not isinstance(text, str) or not 0 < len(text) <= _LONGEST_ID or not text.isprintable():
        raise UnreadableUpdate(f"an id was expected in {where}.{name}")
    return text


def _order(date: object) -> int:
    """An update without a readable date comes first: it is answered at once rather than lost."""
    if isinstance(date, str) and date.isascii() and date.isdigit():
        date = int(date[:20])
    return int(date) if isinstance(date, (int, float)) and 0 < date < _LATEST else 0


def _plain(value: object, name: str) -> str:
    """Text that every database and encoder takes: half surrogate pairs and NUL are left out.

    Raises `UnreadableUpdate` for what is no text.
    """
    if value is None:
        return ""
    if not isinstance(value, str):
        raise UnreadableUpdate(f"a text was expected in message.{name}")
    return value.encode("utf-16", "surrogatepass").decode("utf-16", "ignore").replace("\0", "").strip()
