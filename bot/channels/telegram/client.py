"""The calls of the Bot API that the channel makes, each over the SDK's `Bot`."""

from __future__ import annotations

import logging
import ssl
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar
from urllib.parse import urlsplit

import httpx
from telegram import (
    Bot,
    BotCommand,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    ReplyParameters,
    Update,
    User,
    WebhookInfo,
)
from telegram.constants import ChatAction, ParseMode

from bot.channels.protocol import Blob
from bot.channels.telegram.failures import UNREADABLE
from bot.channels.telegram.request import CheckedRequest, UpdatesRequest
from bot.channels.telegram.timing import Timing

ASKED_FOR = (Update.MESSAGE, Update.EDITED_MESSAGE, Update.CALLBACK_QUERY)
_CONNECTIONS = 32
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Letter:
    """What every message has besides its content. `thread` and `reply_to` may be missing."""

    chat: str
    thread: int | None
    reply_to: int | None
    keyboard: InlineKeyboardMarkup | None

    def options(self) -> dict[str, Any]:
        """As arguments of the SDK's methods."""
        reply = None
        if self.reply_to is not None:
            # The message may have been deleted meanwhile.
            reply = ReplyParameters(self.reply_to, allow_sending_without_reply=True)
        return {
            "message_thread_id": self.thread,
            "reply_parameters": reply,
            "reply_markup": self.keyboard,
        }


class Client:
    """One bot. Methods raise `failures.FAILURES`, those that send `telegram.error.TelegramError` only.

    `Bot.initialize` is not used: it needs the API to answer, and its error names the token.
    """

    def __init__(self, token: str, base_url: str, timing: Timing) -> None:
        # A proxy from the environment would break the way to an API server beside us.
        direct = urlsplit(base_url).hostname in ("127.0.0.1", "::1", "localhost")
        self._polls = _request(UpdatesRequest, 2, timing, direct)
        self._calls = _request(CheckedRequest, _CONNECTIONS, timing, direct)
        address = f"{base_url.rstrip('/')}/bot"
        self._bot = Bot(token, address, request=self._calls, get_updates_request=self._polls)
        self._timing = timing

    async def me(self) -> User:
        """Who the bot is."""
        return await self._bot.get_me()

    async def publish_commands(self, commands: Sequence[tuple[str, str]]) -> None:
        """Set the bot's menu: names without slash, with what they do."""
        await self._bot.set_my_commands([BotCommand(name, words) for name, words in commands])

    async def commands(self) -> tuple[str, ...]:
        """The names in the bot's menu."""
        return tuple(command.command for command in await self._bot.get_my_commands())

    async def set_webhook(self, url: str, secret: str) -> None:
        """Have updates brought to `url`, with the secret in a header."""
        await self._bot.set_webhook(
            url, allowed_updates=ASKED_FOR, drop_pending_updates=False, secret_token=secret
        )

    async def drop_webhook(self) -> None:
        """Have updates kept until they are asked for."""
        await self._bot.delete_webhook(drop_pending_updates=False)

    async def webhook(self) -> WebhookInfo:
        """What the API knows of the webhook."""
        return await self._bot.get_webhook_info()

    async def updates(self, offset: int | None) -> tuple[Update, ...]:
        """The updates from `offset` on, which confirms all before it; held until there is one."""
        return await self._bot.get_updates(offset, timeout=self._timing.poll, allowed_updates=ASKED_FOR)

    async def send_text(self, letter: Letter, text: str, markup: bool = True) -> None:
        """A text, as HTML unless `markup` is off."""
        await _delivered(
            self._bot.send_message(
                letter.chat,
                text,
                parse_mode=ParseMode.HTML if markup else None,
                link_preview_options=LinkPreviewOptions(is_disabled=True),
                **letter.options(),
            )
        )

    async def send_photo(self, letter: Letter, picture: Blob, caption: str) -> None:
        """A picture with a caption in HTML."""
        await _delivered(
            self._bot.send_photo(
                letter.chat,
                picture.content,
                caption=caption,
                parse_mode=ParseMode.HTML,
                filename=picture.name,
                read_timeout=self._timing.upload,
                **letter.options(),
            )
        )

    async def send_document(self, letter: Letter, file: Blob, caption: str) -> None:
        """A file with a caption in HTML."""
        await _delivered(
            self._bot.send_document(
                letter.chat,
                file.content,
                caption=caption,
                parse_mode=ParseMode.HTML,
                filename=file.name,
                read_timeout=self._timing.upload,
                **letter.options(),
            )
        )

    async def typing(self, chat: str, thread: int | None) -> None:
        """Show for some seconds that an answer is being written."""
        await self._bot.send_chat_action(chat, ChatAction.TYPING, message_thread_id=thread)

    async def end_tap(self, receipt: str, text: str | None) -> None:
        """End the wait of a pressed button; `text` is shown until the person closes it."""
        await self._bot.answer_callback_query(receipt, text, show_alert=text is not None)

    async def change_keyboard(self, chat: str, message: int, keyboard: InlineKeyboardMarkup | None) -> None:
        """Put another keyboard under a message, or none."""
        await self._bot.edit_message_reply_markup(chat, message, reply_markup=keyboard)

    async def aclose(self) -> None:
        """Close the connections. `Bot.shutdown` would leave them open, since it was not initialised."""
        await self._polls.shutdown()
        await self._calls.shutdown()


_Request = TypeVar("_Request", bound=CheckedRequest)


def _request(kind: type[_Request], connections: int, timing: Timing, direct: bool) -> _Request:
    return kind(
        connection_pool_size=connections,
        read_timeout=timing.answer,
        write_timeout=timing.answer,
        connect_timeout=timing.connect,
        pool_timeout=timing.connect,
        media_write_timeout=timing.upload,
        httpx_kwargs={"verify": _authorities(), "trust_env": not direct},
    )


@cache
def _authorities() -> ssl.SSLContext:
    # Reading them takes a tenth of a second, for each client anew.
    return httpx.create_ssl_context()


async def _delivered(call: Awaitable[object]) -> None:
    """Await a send. The API said yes when only its description of the message cannot be read."""
    try:
        await call
    except UNREADABLE as error:
        _log.warning("telegram: a sent message comes back unreadable: %s", type(error).__name__)
