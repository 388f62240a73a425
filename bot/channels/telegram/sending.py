"""One parcel, one message: at the pace of the platform, to where the chat is now."""

from __future__ import annotations

import logging
import re
from html import unescape

from telegram.error import BadRequest, ChatMigrated

from bot.channels.pacing import Pacing
from bot.channels.protocol import Fetch, Parcel, ParcelKind, Place, Refused
from bot.channels.telegram.client import Client, Letter
from bot.channels.telegram.failures import reason, translated
from bot.channels.telegram.keyboards import keyboard

_TAG = re.compile(r"</?[a-z][^<>]*>")
_OVERALL = (5, 0.2)  # 25 calls a second, evenly
_log = logging.getLogger(__name__)


class Sender:
    """Sends parcels. Groups that moved are followed."""

    def __init__(self, client: Client, fetch: Fetch) -> None:
        self._client = client
        self._fetch = fetch
        self._pacing = Pacing(_OVERALL)
        self._moved: dict[str, str] = {}

    def address(self, place: Place) -> tuple[str, int | None]:
        """The chat where a place is now, and the topic in it."""
        moved = self._moved.get(place.chat)
        # A group that moves has no topics yet.
        return (moved, None) if moved else (place.chat, _number(place.thread))

    async def turn(self, place: Place) -> None:
        """Wait until a message may go to a chat."""
        await self._pacing.turn(place.chat, place.group)

    async def send(self, place: Place, parcel: Parcel) -> None:
        """Make one call, or a second one where the first was surely refused. Raises a `SendError`."""
        with translated():
            try:
                await self._deliver(place, parcel)
            except ChatMigrated as moved:
                self._moved[place.chat] = str(moved.new_chat_id)
                await self._deliver(place, parcel)

    async def _deliver(self, place: Place, parcel: Parcel) -> None:
        chat, thread = self.address(place)
        letter = Letter(chat, thread, _number(parcel.reply_to), keyboard(parcel.rows))
        if parcel.kind is ParcelKind.TEXT:
            await self._text(letter, parcel.text)
        elif not await self._attachment(letter, parcel):
            if not parcel.instead:
                raise Refused("neither the file nor words in its place")
            await self._text(letter, parcel.instead)

    async def _text(self, letter: Letter, html: str) -> None:
        try:
            await self._client.send_text(letter, html)
        except BadRequest as error:
            if reason(error) != "can't parse entities":
                raise
            # A fault of our markup: the words are worth more than how they look.
            _log.error("telegram: markup was refused, the text is sent without it")
            await self._client.send_text(letter, unescape(_TAG.sub("", html)), markup=False)

    async def _attachment(self, letter: Letter, parcel: Parcel) -> bool:
        """False when there is nothing to send, or Telegram does not take it."""
        send = self._client.send_photo if parcel.kind is ParcelKind.IMAGE else self._client.send_document
        try:
            await send(letter, await self._fetch(parcel.url), parcel.text)
        except (OSError, BadRequest) as error:
            why = reason(error) if isinstance(error, BadRequest) else type(error).__name__
            _log.warning("telegram: no %s, words instead: %s", parcel.kind, why)
            return False
        return True


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() else None
