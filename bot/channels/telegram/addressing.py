"""Whether a message speaks to us: in a group a bot answers only when it is called."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from telegram import Message, MessageEntity

_SPACES = re.compile(r"[ \t]{2,}")
_BEFORE_MARK = re.compile(r"[ \t]+(?=[,;:.?!])")
_AROUND = " \t\r\n,;:–—-"


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the bot is; the username is empty until the API has told it."""

    id: int
    username: str = ""

    def is_called(self, name: str) -> bool:
        """True when a username, without "@", is ours."""
        if self.username:
            return name.lower() == self.username.lower()
        # Each bot's name ends so. Until ours is known, one answer too many is better than a question lost.
        return name.lower().endswith("bot")


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command at the start of a message, and the words after it.

    `ours` and `elsewhere` tell whether it names us or another bot; a bare one does neither.
    """

    name: str
    rest: str
    ours: bool
    elsewhere: bool


def command_of(message: Message, me: Identity) -> Command | None:
    """The command with which a text begins."""
    text = message.text or ""
    entity = next(
        (e for e in message.entities if e.type == MessageEntity.BOT_COMMAND and e.offset == 0), None
    )
    if entity is None or not text.startswith("/"):
        return None
    # Commands are ASCII, so that offsets are the same in any encoding.
    name, _, bot = text[1 : entity.length].partition("@")
    rest = text[entity.length :].strip()
    ours = bool(bot) and me.is_called(bot)
    return Command(name.lower(), rest, ours, elsewhere=bool(bot) and not ours)


def calls_us(message: Message, me: Identity) -> bool:
    """True when a message of a group names us or replies to us."""
    return _is_reply(message, me) or next(_mentions(message, me), None) is not None


def without_mentions(message: Message, me: Identity) -> str:
    """The words of a message, less our name."""
    raw = _utf16(_words(message))
    for entity in sorted(_mentions(message, me), key=lambda entity: -entity.offset):
        raw = raw[: 2 * entity.offset] + raw[2 * (entity.offset + entity.length) :]
    text = _BEFORE_MARK.sub("", _SPACES.sub(" ", raw.decode("utf-16-le", "surrogatepass")))
    return text.strip().lstrip(_AROUND)


def _mentions(message: Message, me: Identity) -> Iterator[MessageEntity]:
    raw = _utf16(_words(message))
    for entity in message.entities or message.caption_entities:
        if entity.type == MessageEntity.TEXT_MENTION:
            if entity.user is not None and entity.user.id == me.id:
                yield entity
        elif entity.type == MessageEntity.MENTION:
            name = raw[2 * entity.offset : 2 * (entity.offset + entity.length)]
            if me.is_called(name.decode("utf-16-le", "replace").removeprefix("@")):
                yield entity


def _is_reply(message: Message, me: Identity) -> bool:
    answered = message.reply_to_message
    # In a topic each message replies to the notice of the topic's creation, whoever made it.
    if answered is None or answered.forum_topic_created or answered.from_user is None:
        return False
    return answered.from_user.id == me.id


def _words(message: Message) -> str:
    return message.text or message.caption or ""


def _utf16(text: str) -> bytes:
    """Entities count in units of UTF-16, two bytes each."""
    return text.encode("utf-16-le", "surrogatepass")
