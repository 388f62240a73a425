"""Telegram as a `Channel`."""

from __future__ import annotations

import asyncio
import hmac
import logging
from collections import deque
from collections.abc import Awaitable, Mapping, Sequence
from contextlib import suppress
from urllib.parse import urlsplit

from telegram import CallbackQuery, Message, Update

from bot.channels.protocol import Fetch, Finding, IncomingMessage, Offer, Parcel, Place, Receive
from bot.channels.telegram.addressing import Identity
from bot.channels.telegram.client import Client
from bot.channels.telegram.failures import FAILURES
from bot.channels.telegram.inspecting import findings
from bot.channels.telegram.keyboards import Keyboards, ticked
from bot.channels.telegram.polling import patiently, poll
from bot.channels.telegram.sending import Sender
from bot.channels.telegram.timing import Timing
from bot.channels.telegram.updates import CHANNEL, COMMANDS, Reader, decode
from bot.rendering import telegram as rendering
from trolyso.answer import Answer
from trolyso.settings import Mode

SECRET_HEADER = "x-telegram-bot-api-secret-token"
OLD_BUTTON = "Nút này đã cũ, anh chị gõ lại câu hỏi giúp em nhé."
STRANGERS_BUTTON = "Nút này dành cho người đã hỏi. Anh chị nhắc tên em kèm câu hỏi, em trả lời riêng nhé."
_TAPS = 1024
_log = logging.getLogger(__name__)


class TelegramChannel:
    """One bot. `base_url` is the root of the Bot API server, `site` the public address of this service.

    `fetch` reads the pictures and files of this site.
    """

    name = CHANNEL
    numbered = False

    def __init__(
        self,
        token: str,
        base_url: str,
        webhook_secret: str,
        mode: Mode,
        *,
        site: str,
        fetch: Fetch,
        timing: Timing | None = None,
    ) -> None:
        number = token.partition(":")[0]
        self._reader = Reader(Identity(int(number) if number.isdecimal() else 0))
        self._keyboards = Keyboards()
        self._own_taps: deque[str] = deque(maxlen=_TAPS)
        self._secret = webhook_secret.encode()
        self._mode = mode
        self._site = site.rstrip("/")
        self._timing = timing or Timing()
        self._client = Client(token, base_url, self._timing)
        self._sender = Sender(self._client, fetch)

    def verify(self, headers: Mapping[str, str]) -> bool:
        """True when the headers carry the secret; without a secret of ours nothing is let in."""
        given = next((value for name, value in headers.items() if name.lower() == SECRET_HEADER), "")
        return bool(self._secret) and hmac.compare_digest(given.encode(), self._secret)

    def read(self, update: object) -> IncomingMessage | None:
        """The message in an update as it came over HTTP. Raises `UnreadableUpdate`."""
        return self._read(decode(update))

    def render(self, answer: Answer, offers: Sequence[Offer], message: IncomingMessage) -> tuple[Parcel, ...]:
        """An answer as messages; in a group it replies to the message, so that all see whose it is."""
        reply_to = message.message_id if message.place.group else ""
        return rendering.render(answer, offers, self._site, reply_to)

    async def turn(self, place: Place) -> None:
        """Wait for the pace of the platform."""
        await self._sender.turn(place)

    async def send(self, place: Place, parcel: Parcel) -> None:
        """Make one call. Raises a `SendError`."""
        await self._sender.send(place, parcel)

    async def typing(self, place: Place) -> None:
        """Show that an answer is being written. Never raises."""
        await _quietly(self._client.typing(*self._sender.address(place)))

    async def settle(self, message: IncomingMessage, picked: Offer | None) -> None:
        """End the wait of the button and tick it; an old one is told, and its keys go. Never raises."""
        shown = self._keyboards.take(message.receipt)
        calls = [self._client.end_tap(message.receipt, None if picked else self._useless(message))]
        changed = ticked(shown, picked.id) if shown and picked else None
        # In a group the keys are old only for the one who pressed: they belong to whoever asked.
        useless = picked is None and not message.place.group
        if (changed or useless) and message.message_id.isdecimal():
            chat, _ = self._sender.address(message.place)
            calls.append(self._client.change_keyboard(chat, int(message.message_id), changed))
        await asyncio.gather(*map(_quietly, calls))

    async def run(self, receive: Receive) -> None:
        """Register the webhook, or ask for updates until cancelled. Failures are waited out."""
        await patiently("getMe", self._learn_name, self._timing)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(patiently("setMyCommands", self._publish_commands, self._timing))
            if self._mode is Mode.POLLING:
                tasks.create_task(self._poll(receive))
            elif self._can_register():
                tasks.create_task(patiently("setWebhook", self._register, self._timing))

    async def inspect(self) -> tuple[Finding, ...]:
        """What Telegram says of the bot and its webhook. Never raises."""
        return tuple([finding async for finding in findings(self._client, self._mode, self._webhook)])

    async def aclose(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    @property
    def _webhook(self) -> str:
        return f"{self._site}/{CHANNEL}/webhook"

    def _read(self, update: Update) -> IncomingMessage | None:
        message = self._reader.read(update)
        if message and update.callback_query:
            self._keyboards.remember(update.callback_query)
            if _is_own(update.callback_query):
                self._own_taps.append(message.receipt)
        return message

    def _useless(self, message: IncomingMessage) -> str:
        """Why a button does nothing. In a group most are pressed by someone other than who asked."""
        is_own = not message.place.group or message.receipt in self._own_taps
        return OLD_BUTTON if is_own else STRANGERS_BUTTON

    async def _learn_name(self) -> None:
        me = await self._client.me()
        self._reader.me = Identity(me.id, me.username or "")

    async def _publish_commands(self) -> None:
        await self._client.publish_commands(COMMANDS)

    async def _poll(self, receive: Receive) -> None:
        # Updates are not given out while a webhook is set.
        await patiently("deleteWebhook", self._client.drop_webhook, self._timing)
        await poll(self._client, self._read, receive, self._timing)

    async def _register(self) -> None:
        await self._client.set_webhook(self._webhook, self._secret.decode())

    def _can_register(self) -> bool:
        if not self._secret:
            _log.error("telegram: no webhook without TROLYSO_TELEGRAM_WEBHOOK_SECRET: all calls are refused")
        elif not _is_reachable(self._site):
            _log.error("telegram: no webhook without an https:// address in TROLYSO_PUBLIC_URL")
        else:
            return True
        return False


def _is_reachable(site: str) -> bool:
    """True for https, and for http on this machine, which an API server beside us may use."""
    parts = urlsplit(site)
    return parts.scheme == "https" or (
        parts.scheme == "http" and parts.hostname in ("127.0.0.1", "localhost")
    )


def _is_own(query: CallbackQuery) -> bool:
    """True when the button is under an answer to a message of the one who pressed it."""
    answered = query.message.reply_to_message if isinstance(query.message, Message) else None
    # In a topic what answers nobody replies to the notice of the topic's creation, whoever made it.
    if answered is None or answered.forum_topic_created or answered.from_user is None:
        return False
    return answered.from_user.id == query.from_user.id


async def _quietly(call: Awaitable[None]) -> None:
    with suppress(*FAILURES):
        await call
