"""What a message gets: an answer of the assistant, or a line of the gateway's own."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Mapping
from contextlib import suppress

from bot.assistant import Assistant
from bot.channels.menu import chosen
from bot.channels.protocol import Channel, IncomingMessage, Kind, Offer, Parcel, Place
from bot.delivery import phrases
from bot.delivery.asking import Asking
from bot.delivery.outbox import Clock, Outbox, utc_now
from bot.delivery.records import recorded
from bot.errors import GatewayError
from bot.limits import Limit
from bot.mailbox import Mailbox, Menu
from bot.rendering.numbering import numbers_of
from knowledge.store import StoreError
from trolyso.answer import Answer, Status

_log = logging.getLogger(__name__)
_ID_BYTES = 9  # 12 characters of 64 kinds: not to be guessed, and short enough for a button


class Desk:
    """Works through the messages of a conversation, one at a time."""

    def __init__(
        self,
        mailbox: Mailbox,
        channels: Mapping[str, Channel],
        assistant: Assistant,
        asking: Asking,
        outbox: Outbox,
        limit: Limit,
        clock: Clock = utc_now,
    ) -> None:
        self._mailbox = mailbox
        self._channels = channels
        self._assistant = assistant
        self._asking = asking
        self._outbox = outbox
        self._limit = limit
        self._warned: set[str] = set()
        self._clock = clock

    async def work(self, conversation: str) -> None:
        """Send what waits, then answer what waits, until nothing is left."""
        await self._outbox.flush(conversation)
        while (message := await asyncio.to_thread(self._mailbox.next_message, conversation)) is not None:
            await self._handle(message)
            await self._outbox.flush(conversation)

    async def _handle(self, message: IncomingMessage) -> None:
        try:
            parcels, menu = self._rendered(message, await self._reply(message))
        except StoreError:
            raise  # nothing was asked yet: the lane tries the whole message again
        except Exception as error:  # noqa: BLE001 - one message that breaks us must not block the next ones
            _log.error("a message cannot be answered: %s", type(error).__name__)
            parcels, menu = self._rendered(message, phrases.failed(GatewayError.message))
        await recorded(lambda: self._mailbox.answer(message.key, parcels, menu, self._clock()))

    def _rendered(
        self, message: IncomingMessage, answer: Answer | None
    ) -> tuple[tuple[Parcel, ...], Menu | None]:
        if answer is None:
            return (), None
        offers = tuple(
            Offer(secrets.token_urlsafe(_ID_BYTES), number, item.title, item.message)
            for number, item in zip(numbers_of(answer), answer.suggestions, strict=True)
        )
        parcels = self._channels[message.place.channel].render(answer, offers, message)
        # A remark that offers nothing takes away nothing: behind "wait a moment" a number still picks.
        menu = None if answer.status is Status.SMALLTALK and not offers else Menu(answer.status, offers)
        return parcels, menu

    async def _reply(self, message: IncomingMessage) -> Answer | None:
        """The answer to a message, None when it needs none."""
        member = message.place.member
        if not self._limit.admit(member):
            if message.kind is Kind.TAP:
                await self._end_tap(message)
            return self._too_fast(message)
        self._warned.discard(member)
        match message.kind:
            case Kind.MEDIA:
                return phrases.media(message.text)
            case Kind.COMMAND:
                return await self._command(message)
            case Kind.TAP:
                return await self._tap(message)
            case Kind.TEXT:
                return await self._ask(message, await self._meant(message))

    def _too_fast(self, message: IncomingMessage) -> Answer | None:
        # Told once: an answer to each message would be as many as the limit is there to avoid.
        member = message.place.member
        if member in self._warned:
            return None
        self._warned.add(member)
        return phrases.too_fast(self._limit.wait(member))

    async def _command(self, message: IncomingMessage) -> Answer:
        match message.text:
            case "start":
                return phrases.WELCOME
            case "xoadulieu":
                return await self._forget(message)
            case name if name in phrases.ASKED_BY:
                return await self._ask(message, phrases.ASKED_BY[name].message)
        return phrases.HELP

    async def _forget(self, message: IncomingMessage) -> Answer:
        conversation = message.place.conversation
        sender = await asyncio.to_thread(self._mailbox.sender, conversation)
        await self._assistant.forget(sender)
        await asyncio.to_thread(self._mailbox.forget, conversation)
        return phrases.FORGOTTEN

    async def _end_tap(self, message: IncomingMessage) -> None:
        """End the wait of a button that is known but not followed: it stays as it is."""
        place = message.place
        offer = await asyncio.to_thread(self._mailbox.offer, place.conversation, message.text, self._clock())
        await self._channels[place.channel].settle(message, offer)

    async def _tap(self, message: IncomingMessage) -> Answer | None:
        place = message.place
        offer = await asyncio.to_thread(self._mailbox.offer, place.conversation, message.text, self._clock())
        if offer and offer.message.isdecimal() and offer not in await self._shown(place):
            offer = None  # its number would pick from a newer answer than the one it stands under
        await self._channels[place.channel].settle(message, offer)
        return None if offer is None else await self._ask(message, offer.message)

    async def _shown(self, place: Place) -> tuple[Offer, ...]:
        menu = await asyncio.to_thread(self._mailbox.menu, place.conversation, self._clock())
        return menu.offers if menu else ()

    async def _meant(self, message: IncomingMessage) -> str:
        """The text, or the suggestion that it picks where suggestions are shown with numbers."""
        place = message.place
        if not self._channels[place.channel].numbered:
            return message.text
        menu = await asyncio.to_thread(self._mailbox.menu, place.conversation, self._clock())
        picked = chosen(menu.offers, menu.status, message.text) if menu else None
        return picked.message if picked else message.text

    async def _ask(self, message: IncomingMessage, text: str) -> Answer:
        place = message.place
        channel = self._channels[place.channel]

        async def still_looking() -> None:
            parcels = channel.render(phrases.STILL_LOOKING, (), message)
            with suppress(StoreError):  # the answer itself does not depend on it
                await asyncio.to_thread(self._mailbox.enqueue, message.key, parcels)
                await self._outbox.flush(place.conversation)

        sender = await asyncio.to_thread(self._mailbox.sender, place.conversation)
        return await self._asking.ask(sender, text, lambda: channel.typing(place), still_looking)
