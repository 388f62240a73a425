"""What a person sees of parcels, as plain text: the transcripts of docs/kenh.md."""

from __future__ import annotations

import re
from html import unescape

from bot.channels.protocol import Parcel, ParcelKind
from bot.rendering import telegram, to_text, zalo
from tests.bot.rendering.samples import SITE, answer, offers

_KINDS = {ParcelKind.TEXT: "tin nhắn", ParcelKind.IMAGE: "hình", ParcelKind.FILE: "tệp"}


def transcript(channel: str, name: str) -> str:
    """The answer called `name` in one channel."""
    given = answer(name)
    match channel:
        case "telegram":
            return _messages(telegram.render(given, offers(given), SITE))
        case "zalo":
            return _messages(zalo.render(given, offers(given), SITE))
        case "terminal":
            return to_text(given, 100, SITE)
    raise ValueError(channel)


def _messages(parcels: tuple[Parcel, ...]) -> str:
    return "\n\n".join(_message(number, parcel) for number, parcel in enumerate(parcels, 1))


def _message(number: int, parcel: Parcel) -> str:
    head = f"── {_KINDS[parcel.kind]} {number} " + "─" * 24
    # A link is underlined on the screen; here its words stand between signs.
    shown = re.sub(r'<a href="[^"]*">(.*?)</a>', r"‹\1›", parcel.text)
    shown = shown.replace("<blockquote expandable>", "▾ ").replace("</blockquote>", "")
    keys = ["".join(f"[ {button.title} ]" for button in row) for row in parcel.rows]
    return "\n".join([head, unescape(re.sub("</?pre>", "", shown)), *keys])
