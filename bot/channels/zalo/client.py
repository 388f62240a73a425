"""Calls of Zalo's Bot API through the SDK, mended where it drops what the platform said.

The SDK (python-zalo-bot 0.1.9) never looks at `ok`, so that a refused send returns None; it takes the error
code from HTTP alone; its webhook calls start an event loop of their own; it parses what a send returned, so
that a delivered message may end in a KeyError; its InvalidToken holds the token. Here every answer is judged
before the SDK reads it, and only its `Bot` with its HTTP layer is used.
"""

from __future__ import annotations

import logging
import re
import ssl
from functools import cache
from typing import Any

import httpx
from zalo_bot import Bot
from zalo_bot.error import ZaloError
from zalo_bot.request import HTTPXRequest

from bot.channels.protocol import OutcomeUnknown, SendError
from bot.channels.zalo import answers
from bot.channels.zalo.timing import Timing

# At DEBUG the SDK logs what people wrote; these are its names for loggers.
_SDK_LOGGERS = ("zaloBot.", "zaloBaseRequest", "zaloHTTPXRequest")
_MARGIN = 10.0  # seconds beyond `hold` until a silent getUpdates counts as broken
_EMPTY = 408
_OUTCOME = re.compile(r"[a-z0-9.]{1,40}")


class _Judged(ZaloError):  # type: ignore[misc]  # the SDK has no types
    """An error that the SDK hands through untouched."""

    def __init__(self, code: int, error: SendError) -> None:
        super().__init__(str(error))
        self.code = code
        self.error = error


class _JudgingRequest(HTTPXRequest):  # type: ignore[misc]  # the SDK has no types
    """The SDK's HTTP layer, which raises what an answer means."""

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        try:
            status, payload = await super().do_request(*args, **kwargs)
        except ZaloError as error:
            raise _Judged(0, answers.broken(error.__cause__)) from None
        except Exception as error:  # noqa: BLE001 - whatever httpx makes of a wrong address
            raise _Judged(0, answers.broken(error)) from None
        if (failed := answers.failure(status, payload)) is not None:
            raise _Judged(*failed)
        return status, payload


class ZaloClient:
    """One bot. Every method raises a `SendError` unless the platform said `ok`."""

    def __init__(self, token: str, base_url: str, timing: Timing) -> None:
        self._hold = timing.hold
        self._bot = Bot(token, base_url.rstrip("/"))
        self._requests = (_request(timing, 2, timing.hold + _MARGIN), _request(timing, 64, timing.read))
        # The SDK makes its own pair and takes none.
        self._bot._request = self._requests
        for name in _SDK_LOGGERS:
            logging.getLogger(name).setLevel(logging.WARNING)

    async def me(self) -> dict[str, Any]:
        """Who the bot is: `id`, `account_name`, `account_type`, `can_join_groups`."""
        return _object(await self._call("getMe"))

    async def updates(self) -> list[object]:
        """The next update, waited for; it is gone from the platform once this returns. Often none."""
        try:
            result = await self._post("getUpdates", {"timeout": str(max(int(self._hold), 1))})
        except _Judged as judged:
            if judged.code == _EMPTY:
                return []
            error = judged.error
        else:
            return result if isinstance(result, list) else [result] if result else []
        raise error

    async def send_message(self, chat: str, text: str) -> None:
        """Send 1 to 2000 characters."""
        await self._call("sendMessage", chat_id=chat, text=text)

    async def send_photo(self, chat: str, photo: str, caption: str) -> None:
        """Send a picture by its public address, with at most 2000 characters."""
        await self._call("sendPhoto", chat_id=chat, photo=photo, caption=caption or None)

    async def send_typing(self, chat: str) -> None:
        """Show for a few seconds that the bot writes."""
        await self._call("sendChatAction", chat_id=chat, action="typing")

    async def set_webhook(self, url: str, secret: str) -> str:
        """Have updates posted to an https address, with a secret of 8 to 256 characters.

        Returns how the platform's trial call ended ("webhook.ok", "webhook.err.tls", …), empty when it made
        none. The webhook is set all the same.
        """
        result = _object(await self._call("setWebhook", url=url, secret_token=secret))
        outcome = _object(result.get("verification")).get("outcome")
        return outcome if isinstance(outcome, str) and _OUTCOME.fullmatch(outcome) else ""

    async def delete_webhook(self) -> None:
        """Go back to getUpdates."""
        await self._call("deleteWebhook")

    async def webhook(self) -> str:
        """The address to which updates are posted, empty when there is none."""
        return str(_object(await self._call("getWebhookInfo")).get("url") or "")

    async def aclose(self) -> None:
        """Close the connections."""
        for request in self._requests:
            await request.shutdown()

    async def _call(self, method: str, **parameters: object) -> Any:
        try:
            return await self._post(method, parameters)
        except _Judged as judged:
            error = judged.error
        # Raised out here so that nothing leads back to an exception that knows the address with the token.
        raise error

    async def _post(self, method: str, parameters: dict[str, object]) -> Any:
        try:
            return await self._bot._post(method, parameters)
        except _Judged:
            raise
        except ZaloError as error:
            unknown = OutcomeUnknown(f"the SDK gave up ({type(error).__name__})")
        raise _Judged(0, unknown)


def _request(timing: Timing, connections: int, read: float) -> _JudgingRequest:
    return _JudgingRequest(
        connection_pool_size=connections,
        connect_timeout=timing.connect,
        read_timeout=read,
        write_timeout=timing.read,
        pool_timeout=timing.read,
        httpx_kwargs={"verify": _trust()},
    )


@cache
def _trust() -> ssl.SSLContext:
    """The authorities to believe; reading them takes longer than all the rest."""
    return httpx.create_ssl_context()


def _object(result: object) -> dict[str, Any]:
    return result if isinstance(result, dict) else {}
