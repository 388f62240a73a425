"""What the emulated platform knows: the bot, chats, messages, updates that wait, and the webhook."""

from __future__ import annotations

import itertools
import threading
import time
from dataclasses import dataclass, field
from typing import Any

from bot.channels.telegram.fake.forms import Upload
from bot.channels.telegram.fake.objects import Json, private, text_of, user

FIRST_UPDATE = 100_000_001
LAN = user(7001, "Lan", "lan_vinhlong")


@dataclass(frozen=True, slots=True)
class Sent:
    """A message of the bot as people see it; `text` is a text or a caption without markup, `html` with it."""

    chat: int
    message_id: int
    text: str
    html: str
    entities: tuple[Json, ...] = ()
    buttons: tuple[tuple[str, str], ...] = ()
    kind: str = "text"
    file: Upload | None = None
    reply_to: int | None = None
    thread: int | None = None

    @property
    def links(self) -> tuple[str, ...]:
        """The addresses behind the words."""
        return tuple(entity["url"] for entity in self.entities if "url" in entity)


@dataclass(slots=True)
class Webhook:
    """Where updates are brought."""

    url: str = ""
    secret: str = ""
    allowed: tuple[str, ...] | None = None
    error: str = ""
    error_date: int = 0


@dataclass(slots=True)
class World:
    """Everything that lasts. Tests write from their thread while the server reads in its own."""

    token: str
    me: Json
    webhook: Webhook = field(default_factory=Webhook)
    commands: list[Json] = field(default_factory=list)
    chats: dict[int, Json] = field(default_factory=dict)
    blocked: set[int] = field(default_factory=set)
    moved: dict[int, int] = field(default_factory=dict)
    messages: dict[tuple[int, int], Json] = field(default_factory=dict)
    sent: list[Sent] = field(default_factory=list)
    taps: set[str] = field(default_factory=set)
    allowed: tuple[str, ...] | None = None
    _waiting: dict[int, Json] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _numbers: Any = field(default_factory=lambda: itertools.count(11))
    _updates: Any = field(default_factory=lambda: itertools.count(FIRST_UPDATE))

    def write(self, text: str, sender: Json = LAN, chat: Json | None = None, **more: Any) -> Json:
        """A person sends a text; the update that tells of it. `more` are further fields of the message."""
        return self.post(text_of(text), sender, chat, **more)

    def post(self, content: Json, sender: Json = LAN, chat: Json | None = None, **more: Any) -> Json:
        """A person sends something; `content` are the fields that hold it."""
        message = self.message(sender, chat or private(sender), **content, **more)
        return self.tell("message", message)

    def tap(self, title: str, sender: Json = LAN, sent: Sent | None = None) -> Json:
        """A person presses the key of that title, under the last message that has it or under `sent`."""
        found = sent or next(message for message in reversed(self.sent) if _data(self, message, title))
        query = f"40000{next(self._numbers)}"
        self.taps.add(query)
        message = self.messages[found.chat, found.message_id]
        tapped = {"id": query, "from": sender, "message": message, "chat_instance": "-5", "data": None}
        return self.tell("callback_query", {**tapped, "data": _data(self, found, title)})

    def tell(self, kind: str, content: Json) -> Json:
        """Make an update; it waits when updates of its kind are wanted."""
        update = {"update_id": next(self._updates), kind: content}
        if self.allowed is None or kind in self.allowed:
            with self._lock:
                self._waiting[update["update_id"]] = update
        return update

    def message(self, sender: Json, chat: Json, **content: Any) -> Json:
        """A new `Message`, which the world then knows."""
        number = next(self._numbers)
        self.chats.setdefault(chat["id"], chat)
        message = {"message_id": number, "from": sender, "chat": chat, "date": int(time.time()), **content}
        self.messages[chat["id"], number] = message
        return message

    def restart_numbers(self, number: int) -> None:
        """The next update has this number, as after a week without any."""
        self._updates = itertools.count(number)

    def waiting(self) -> list[Json]:
        """The updates that were neither confirmed nor acknowledged, in their order."""
        with self._lock:
            return sorted(self._waiting.values(), key=lambda update: update["update_id"])

    def forget(self, *numbers: int) -> None:
        """These updates are done with."""
        with self._lock:
            for number in numbers:
                self._waiting.pop(number, None)

    def keys(self, sent: Sent) -> list[list[Json]]:
        """The keys that are under a message now."""
        markup = self.messages[sent.chat, sent.message_id].get("reply_markup", {})
        rows: list[list[Json]] = markup.get("inline_keyboard", [])
        return rows


def _data(world: World, sent: Sent, title: str) -> str | None:
    keys = (key for row in world.keys(sent) for key in row)
    return next((key["callback_data"] for key in keys if key["text"] == title), None)
