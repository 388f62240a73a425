"""The rules of the Bot API for what is sent; each breach is answered as the real one answers it."""

from __future__ import annotations

import struct
from typing import Any

from bot.channels.telegram.fake.forms import Upload
from bot.channels.telegram.fake.markup import ApiFailure, Formatted, parse_html, units

TEXT, CAPTION = 4096, 1024
_DATA = 64
_BUTTONS = 100
_PICTURE_BYTES = 10 * 1024 * 1024
_PICTURE_SIDES = 10_000
_PICTURE_RATIO = 20
_FILE_BYTES = 50 * 1024 * 1024


def bad(what: str) -> ApiFailure:
    """A refusal with status 400."""
    return ApiFailure(400, f"Bad Request: {what}")


def formatted(text: str, mode: str, longest: int) -> Formatted:
    """The text as it will be shown."""
    if mode.lower() not in ("", "html"):
        raise bad("unsupported parse_mode")
    found = parse_html(text) if mode else Formatted(text, [])
    if units(found.text) > longest:
        raise bad("message is too long" if longest == TEXT else "message caption is too long")
    if longest == TEXT and not found.text.strip():
        raise bad("message text is empty")
    return found


def keyboard(markup: Any) -> list[list[dict[str, Any]]]:
    """The rows of an inline keyboard."""
    if not markup:
        return []
    rows = markup.get("inline_keyboard") if isinstance(markup, dict) else None
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad("object expected as reply markup")
    keys = [key for row in rows for key in row]
    if len(keys) > _BUTTONS:
        raise bad("reply markup is too long")
    for key in keys:
        _key(key)
    return [row for row in rows if row]


def _key(key: Any) -> None:
    if not isinstance(key, dict) or not isinstance(key.get("text"), str) or not key["text"].strip():
        raise bad('can\'t parse inline keyboard button: Field "text" must be of type String')
    data = key.get("callback_data")
    if data is None and "url" not in key:
        raise bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if data is not None and not 1 <= len(str(data).encode()) <= _DATA:
        raise bad("BUTTON_DATA_INVALID")


def picture(upload: Upload | None) -> tuple[int, int]:
    """Width and height of a picture that Telegram would take."""
    if upload is None:
        raise bad("there is no photo in the request")
    if len(upload.content) > _PICTURE_BYTES:
        raise ApiFailure(413, "Request Entity Too Large")
    width, height = _size(upload.content)
    if not width or not height:
        raise bad("IMAGE_PROCESS_FAILED")
    if width + height > _PICTURE_SIDES or max(width, height) > _PICTURE_RATIO * min(width, height):
        raise bad("PHOTO_INVALID_DIMENSIONS")
    return width, height


def document(upload: Upload | None) -> Upload:
    """A file that Telegram would take."""
    if upload is None:
        raise bad("there is no document in the request")
    if not upload.content:
        raise bad("file must be non-empty")
    if len(upload.content) > _FILE_BYTES:
        raise ApiFailure(413, "Request Entity Too Large")
    return upload


def _size(content: bytes) -> tuple[int, int]:
    if content.startswith(b"\x89PNG\r\n\x1a\n") and len(content) >= 24:
        width, height = struct.unpack(">II", content[16:24])
        return width, height
    # Only pictures that are drawn here are measured; others are taken by their first bytes.
    return (1280, 720) if content.startswith((b"\xff\xd8\xff", b"RIFF")) else (0, 0)
