"""Calls that send and change messages."""

from __future__ import annotations

from typing import Any

from bot.channels.telegram.fake import checks
from bot.channels.telegram.fake.checks import bad
from bot.channels.telegram.fake.markup import ApiFailure, Formatted
from bot.channels.telegram.fake.mishaps import Call
from bot.channels.telegram.fake.objects import Json
from bot.channels.telegram.fake.world import Sent, World

_ACTIONS = {"typing", "upload_photo", "upload_document", "choose_sticker", "find_location", "record_voice"}
_NOTICE = 200
_SAME = (
    "message is not modified: specified new message content and reply markup are exactly the same as a "
    "current content and reply markup of the message"
)


class Messages:
    """Carries out calls on a world. Raises `ApiFailure`."""

    def __init__(self, world: World) -> None:
        self._world = world

    def send_message(self, call: Call) -> Json:
        """A text."""
        text = str(call.parameters.get("text", ""))
        found = checks.formatted(text, call.parameters.get("parse_mode", ""), checks.TEXT)
        return self._send(call, _texts(found), found, text)

    def send_photo(self, call: Call) -> Json:
        """A picture with a caption."""
        upload = call.uploads.get("photo")
        width, height = checks.picture(upload)
        size = {"file_id": "photo-2", "file_unique_id": "unique-4", "width": width, "height": height}
        return self._send_file(call, "photo", {"photo": [size]})

    def send_document(self, call: Call) -> Json:
        """A file with a caption."""
        file = checks.document(call.uploads.get("document"))
        names = {"file_id": "document-2", "file_unique_id": "unique-5", "file_name": file.name}
        about = {"mime_type": file.media, "file_size": len(file.content)}
        return self._send_file(call, "document", {"document": {**names, **about}})

    def send_chat_action(self, call: Call) -> bool:
        """Show what the bot is doing."""
        self._chat(call)
        if call.parameters.get("action") not in _ACTIONS:
            raise bad("wrong parameter action in request")
        return True

    def answer_callback_query(self, call: Call) -> bool:
        """End the wait of a pressed button, once."""
        query = str(call.parameters.get("callback_query_id", ""))
        if query not in self._world.taps:
            raise bad("query is too old and response timeout expired or query ID is invalid")
        if len(str(call.parameters.get("text", ""))) > _NOTICE:
            raise bad("MESSAGE_TOO_LONG")
        self._world.taps.discard(query)
        return True

    def edit_message_reply_markup(self, call: Call) -> Json:
        """Other keys under a message."""
        message = self._own(call)
        return self._changed(message, call, {})

    def edit_message_text(self, call: Call) -> Json:
        """Another text and other keys."""
        text = str(call.parameters.get("text", ""))
        found = checks.formatted(text, call.parameters.get("parse_mode", ""), checks.TEXT)
        return self._changed(self._own(call), call, _texts(found))

    def _send_file(self, call: Call, kind: str, content: Json) -> Json:
        caption = str(call.parameters.get("caption", ""))
        found = checks.formatted(caption, call.parameters.get("parse_mode", ""), checks.CAPTION)
        if found.text:
            content |= {"caption": found.text}
        if found.entities:
            content |= {"caption_entities": found.entities}
        return self._send(call, content, found, caption, kind)

    def _send(self, call: Call, content: Json, found: Formatted, raw: str, kind: str = "text") -> Json:
        chat = self._chat(call)
        rows = checks.keyboard(call.parameters.get("reply_markup"))
        thread = call.parameters.get("message_thread_id")
        if thread and not chat.get("is_forum"):
            raise bad("message thread not found")
        place: Json = {"message_thread_id": int(thread), "is_topic_message": True} if thread else {}
        answered = self._answered(call, chat)
        if answered:
            place["reply_to_message"] = answered
        if rows:
            place["reply_markup"] = {"inline_keyboard": rows}
        message = self._world.message(self._world.me, chat, **content, **place)
        sent = Sent(
            chat=chat["id"],
            message_id=message["message_id"],
            text=found.text,
            html=raw,
            entities=tuple(found.entities),
            buttons=tuple((key["text"], key.get("callback_data", "")) for row in rows for key in row),
            kind=kind,
            file=call.uploads.get(kind),
            reply_to=answered["message_id"] if answered else None,
            thread=int(thread) if thread else None,
        )
        self._world.sent.append(sent)
        return message

    def _chat(self, call: Call) -> Json:
        number = _whole(call.parameters.get("chat_id"))
        if number in self._world.moved:
            new = self._world.moved[number]
            text = "Bad Request: group chat was upgraded to a supergroup chat"
            raise ApiFailure(400, text, {"migrate_to_chat_id": new})
        if number in self._world.blocked:
            raise ApiFailure(403, "Forbidden: bot was blocked by the user")
        if number not in self._world.chats:
            raise bad("chat not found")
        return self._world.chats[number]

    def _answered(self, call: Call, chat: Json) -> Json | None:
        reply = call.parameters.get("reply_parameters")
        if not reply:
            return None
        message = self._world.messages.get((chat["id"], reply["message_id"]))
        if message is None and not reply.get("allow_sending_without_reply"):
            raise bad("message to be replied not found")
        # A message that is answered is shown without what it answers itself.
        return (
            {name: value for name, value in message.items() if name != "reply_to_message"}
            if message
            else None
        )

    def _own(self, call: Call) -> Json:
        chat = self._chat(call)
        message = self._world.messages.get((chat["id"], _whole(call.parameters.get("message_id"))))
        if message is None:
            raise bad("message to edit not found")
        if message["from"]["id"] != self._world.me["id"]:
            raise bad("message can't be edited")
        return message

    def _changed(self, message: Json, call: Call, content: Json) -> Json:
        rows = checks.keyboard(call.parameters.get("reply_markup"))
        changed = {**message, **content}
        changed.pop("reply_markup", None)
        if "text" in content and "entities" not in content:
            changed.pop("entities", None)
        if rows:
            changed["reply_markup"] = {"inline_keyboard": rows}
        if changed == message:
            raise bad(_SAME)
        self._world.messages[message["chat"]["id"], message["message_id"]] = changed
        return changed


def _texts(found: Formatted) -> Json:
    return {"text": found.text} | ({"entities": found.entities} if found.entities else {})


def _whole(value: Any) -> int:
    try:
        return int(value)
    except (TypeError, ValueError):
        raise bad("chat not found") from None
