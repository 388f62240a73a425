"""An update of Telegram as an `IncomingMessage`, or None when it asks for nothing."""

from __future__ import annotations

from telegram import CallbackQuery, Chat, MaybeInaccessibleMessage, Message, Update

from bot.channels.protocol import IncomingMessage, Kind, Place, UnreadableUpdate
from bot.channels.telegram import shapes
from bot.channels.telegram.addressing import Identity, calls_us, command_of, without_mentions

CHANNEL = "telegram"
COMMANDS = (
    ("start", "Bắt đầu, xem em làm được gì"),
    ("help", "Cách hỏi và các lệnh"),
    ("huongdan", "Bài hướng dẫn cho bà con"),
    ("gopy", "Gửi góp ý, phản ánh"),
    ("xoadulieu", "Xóa nội dung đã trò chuyện"),
)
_KNOWN = frozenset(name for name, _ in COMMANDS)
# What a command with further words means; the other commands have no use for them.
_IN_WORDS = {"huongdan": "hướng dẫn", "gopy": "góp ý", "xoadulieu": "xóa dữ liệu"}
# Narrower kinds first: an animation is a document too, a venue a location, a live photo a photo.
_MEDIA = (
    "animation",
    "venue",
    "live_photo",
    "photo",
    "sticker",
    "voice",
    "video",
    "video_note",
    "audio",
    "document",
    "location",
    "contact",
    "dice",
    "poll",
    "game",
    "story",
    "paid_media",
    "checklist",
    "invoice",
)
_GROUPS = (Chat.GROUP, Chat.SUPERGROUP)
_ALBUMS = 256


class Reader:
    """Reads updates for one bot. `me` is replaced once the API has told the username."""

    def __init__(self, me: Identity) -> None:
        self.me = me
        self._albums: dict[str, int] = {}

    def read(self, update: Update) -> IncomingMessage | None:
        """The message in an update, None when it asks for nothing. Raises `UnreadableUpdate`."""
        try:
            return self._read(update)
        except Exception as error:  # noqa: BLE001 - the SDK lets wrong types through, which fail anywhere
            raise _unreadable(update.update_id, error) from None

    def _read(self, update: Update) -> IncomingMessage | None:
        if update.callback_query:
            return _tap(update.update_id, update.callback_query)
        message = update.message or update.edited_message
        if message is None or not _is_from_person(message):
            return None
        content = self._content(message)
        if content is None or (content[0] is Kind.MEDIA and not self._is_news(update, message)):
            return None
        kind, text = content
        number = update.update_id
        place = _place(message, _person(message))
        return IncomingMessage(_key(number), number, place, kind, text, _message_id(message))

    def _content(self, message: Message) -> tuple[Kind, str] | None:
        words = shapes.words(message.text, "text") or shapes.words(message.caption, "caption")
        command = command_of(message, self.me)
        if command is not None and command.elsewhere:
            return None
        group = message.chat.type in _GROUPS
        if command is not None and (command.name in _KNOWN or (group and command.ours)):
            return _commanded(command.name, command.rest)
        if group and not calls_us(message, self.me):
            return None
        if words:
            asked = without_mentions(message, self.me) if group else words
            return (Kind.TEXT, asked) if asked else (Kind.COMMAND, "help")
        media = next((kind for kind in _MEDIA if getattr(message, kind, None)), None)
        return (Kind.MEDIA, media) if media else None

    def _is_news(self, update: Update, message: Message) -> bool:
        """False for a further picture of an album, and for a change of what held no words before either."""
        if update.edited_message is not None:
            return False
        album = message.media_group_id
        if album is None:
            return True
        while len(self._albums) >= _ALBUMS and album not in self._albums:
            self._albums.pop(next(iter(self._albums)))
        # By number, so that the first picture is still the first when it is brought again.
        return self._albums.setdefault(album, update.update_id) == update.update_id


def decode(raw: object) -> Update:
    """The SDK's object of a decoded body. Raises `UnreadableUpdate`."""
    if not isinstance(raw, dict):
        raise UnreadableUpdate("an update is a JSON object")
    number = raw.get("update_id")
    if not shapes.is_update_number(number):
        raise UnreadableUpdate("an update has a whole number as update_id")
    try:
        return Update.de_json(raw, None)
    except Exception as error:  # noqa: BLE001 - the SDK raises whatever a wrong object leads to
        raise _unreadable(number, error) from None


def _unreadable(number: int, error: Exception) -> UnreadableUpdate:
    # Without the words of an original that is not ours: they may be a person's.
    why = error if isinstance(error, UnreadableUpdate) else type(error).__name__
    return UnreadableUpdate(f"update {number} is not as documented: {why}")


def _commanded(name: str, rest: str) -> tuple[Kind, str]:
    if name not in _KNOWN:
        return Kind.TEXT, f"/{name} {rest}".strip()
    if rest and name in _IN_WORDS:
        return Kind.TEXT, f"{_IN_WORDS[name]} {rest}"
    return Kind.COMMAND, name


def _tap(number: int, query: CallbackQuery) -> IncomingMessage | None:
    message = query.message
    if message is None or not query.data or message.chat.type == Chat.CHANNEL:
        return None
    return IncomingMessage(
        key=_key(number),
        order=number,
        place=_place(message, shapes.number(query.from_user.id, "from.id")),
        kind=Kind.TAP,
        text=shapes.token(query.data, "data"),
        message_id=_message_id(message),
        receipt=shapes.token(query.id, "id"),
    )


def _is_from_person(message: Message) -> bool:
    if message.chat.type not in (Chat.PRIVATE, *_GROUPS) or message.is_automatic_forward:
        return False
    # An anonymous administrator and one who writes as a channel come as a bot with a sender_chat.
    return message.sender_chat is not None or (message.from_user is not None and not message.from_user.is_bot)


def _person(message: Message) -> str:
    sender = message.sender_chat or message.from_user
    return shapes.number(sender.id, "from.id") if sender else ""


def _message_id(message: MaybeInaccessibleMessage) -> str:
    return shapes.number(message.message_id, "message_id")


def _place(message: MaybeInaccessibleMessage, person: str) -> Place:
    # In a group without topics a thread is a chain of replies, into which nothing can be sent.
    thread = message.message_thread_id if isinstance(message, Message) and message.is_topic_message else None
    topic = shapes.number(thread, "message_thread_id") if thread else ""
    chat = message.chat
    return Place(CHANNEL, shapes.number(chat.id, "chat.id"), person, topic, chat.type in _GROUPS)


def _key(number: int) -> str:
    return f"{CHANNEL}:{number}"
