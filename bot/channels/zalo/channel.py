"""Zalo as a `Channel`: what a call, an update and a check-up are there."""

from __future__ import annotations

import contextlib
import hmac
import logging
from collections.abc import Mapping, Sequence

from bot.channels.pacing import Pacing
from bot.channels.protocol import (
    Finding,
    IncomingMessage,
    Offer,
    Parcel,
    ParcelKind,
    Place,
    Receive,
    Refused,
    SendError,
)
from bot.channels.zalo import inspection, updates
from bot.channels.zalo.client import ZaloClient
from bot.channels.zalo.polling import persist, poll
from bot.channels.zalo.timing import Timing
from bot.citing import full_address
from bot.rendering.zalo import render
from trolyso.answer import Answer
from trolyso.settings import Mode

SECRET_HEADER = "x-bot-api-secret-token"
_REACHABLE = ("https://", "http://127.0.0.1")  # the second is the emulated platform's way in
_SECRET_LENGTHS = range(8, 257)
_NAMES = ("display_name", "account_name", "name")
_OVERALL = (20, 1)  # twenty calls a second
_SPARE = 5  # calls that must be free before a sign of typing is given
_log = logging.getLogger(__name__)


class ZaloChannel:
    """One bot of Zalo's bot platform.

    `base_url` is the root of the API server, `site` the public address of this one ("" when it has none).
    """

    name = updates.CHANNEL
    numbered = True

    def __init__(
        self,
        token: str,
        base_url: str,
        webhook_secret: str,
        mode: Mode,
        site: str,
        timing: Timing | None = None,
    ) -> None:
        self._timing = timing or Timing()
        self._client = ZaloClient(token, base_url, self._timing)
        self._secret = webhook_secret
        self._mode = mode
        self._site = site.rstrip("/")
        self._pace = Pacing(_OVERALL)
        self._names: tuple[str, ...] = ()

    @property
    def webhook(self) -> str:
        """Where the platform is told to post updates."""
        return f"{self._site}/{self.name}/webhook"

    def verify(self, headers: Mapping[str, str]) -> bool:
        """True when the headers of a webhook call carry the secret; never when none is set."""
        sent = next((value for name, value in headers.items() if name.lower() == SECRET_HEADER), "")
        same = hmac.compare_digest(sent.encode(errors="replace"), self._secret.encode())
        return same and bool(self._secret)

    def read(self, update: object) -> IncomingMessage | None:
        """The message of an update, wrapped or not. Raises `UnreadableUpdate`."""
        return updates.read(update, self._names)

    def render(self, answer: Answer, offers: Sequence[Offer], message: IncomingMessage) -> tuple[Parcel, ...]:
        """The answer as texts with a numbered menu, and pictures."""
        return render(answer, offers, self._site)

    async def turn(self, place: Place) -> None:
        """Wait for the pace of the platform."""
        await self._pace.turn(place.chat, place.group)

    async def send(self, place: Place, parcel: Parcel) -> None:
        """Make one call; a picture that the platform does not take is told in words. Raises a `SendError`."""
        if parcel.kind is ParcelKind.TEXT:
            await self._client.send_message(place.chat, parcel.text)
        elif parcel.kind is ParcelKind.IMAGE and self._site:
            await self._picture(place, parcel)
        else:
            await self._client.send_message(place.chat, _in_words(parcel))

    async def _picture(self, place: Place, parcel: Parcel) -> None:
        address = full_address(parcel.url, self._site)
        try:
            await self._client.send_photo(place.chat, address, parcel.text)
        except Refused:
            await self.turn(place)
            await self._client.send_message(place.chat, _in_words(parcel))

    async def typing(self, place: Place) -> None:
        """Show that an answer is being written, unless answers themselves have to wait."""
        if self._pace.idle(_SPARE):
            with contextlib.suppress(SendError):
                await self._client.send_typing(place.chat)

    async def settle(self, message: IncomingMessage, picked: Offer | None) -> None:
        """Nothing waits: this platform has no buttons."""

    async def run(self, receive: Receive) -> None:
        """Register the webhook, or ask for updates for ever; failures of the platform are waited out."""
        await self._learn_names()
        if self._mode is Mode.POLLING:
            await poll(self._client, self.read, receive, self._timing)
        elif not self._site.startswith(_REACHABLE) or len(self._secret) not in _SECRET_LENGTHS:
            _log.error("zalo: no webhook without an https address of this site and a secret of 8 characters")
        else:
            await persist(self._register, "setWebhook", self._timing)

    async def inspect(self) -> tuple[Finding, ...]:
        """Ask the platform who we are and what it knows of our webhook. Never raises."""
        expected = self.webhook if self._mode is Mode.WEBHOOK else ""
        return await inspection.inspect(self._client, expected)

    async def aclose(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def _register(self) -> None:
        outcome = await self._client.set_webhook(self.webhook, self._secret)
        if outcome not in ("", "webhook.ok"):
            # It may only have come before this process listened; calls that carry messages are repeated.
            _log.warning("zalo: the platform's trial call of the webhook ended with %s", outcome)

    async def _learn_names(self) -> None:
        """By these a member of a group calls the bot; without them a question keeps the name in front."""
        with contextlib.suppress(SendError):
            me = await self._client.me()
            self._names = tuple(str(me[key]) for key in _NAMES if me.get(key))


def _in_words(parcel: Parcel) -> str:
    return parcel.instead or parcel.text
