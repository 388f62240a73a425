"""The one place that speaks to Rasa: a message in, an `Answer` out, or a `RasaError`."""

from __future__ import annotations

import json
from typing import Any

import httpx

from bot.errors import RasaGarbledError, RasaSilentError, RasaTimeoutError, RasaUnreachableError
from trolyso.answer import Answer

WEBHOOK = "/webhooks/rest/webhook"


class RasaClient:
    """Asks the dialogue service over its REST channel. Connections are kept and shared."""

    def __init__(self, url: str, timeout: float, connections: int = 64) -> None:
        # The service is on the loopback or inside the cluster: a proxy from the environment would break it.
        self._http = httpx.AsyncClient(
            base_url=url,
            timeout=httpx.Timeout(timeout, connect=min(timeout, 3.0)),
            limits=httpx.Limits(max_connections=connections),
            trust_env=False,
        )

    async def ask(self, sender: str, message: str) -> Answer:
        """One message of the conversation `sender`. Raises a `RasaError`; it never returns half an answer."""
        try:
            response = await self._http.post(WEBHOOK, json={"sender": sender, "message": message})
        except httpx.TimeoutException as error:
            raise RasaTimeoutError() from error
        except httpx.HTTPError as error:
            raise RasaUnreachableError() from error
        if response.status_code != httpx.codes.OK:
            raise RasaUnreachableError({"status": response.status_code})
        return read_replies(response.content)

    async def aclose(self) -> None:
        """Close the connections."""
        await self._http.aclose()


def read_replies(body: bytes) -> Answer:
    """The answer among the messages that the REST channel returned.

    The channel hides exceptions behind an empty list, so an empty list is a failure.
    """
    try:
        messages: Any = json.loads(body)
    except ValueError as error:
        raise RasaGarbledError() from error
    if messages == []:
        raise RasaSilentError()
    custom = _custom(messages)
    try:
        answer = Answer.from_json(custom)
    except (KeyError, TypeError, ValueError) as error:
        raise RasaGarbledError() from error
    if not _whole(answer):
        raise RasaGarbledError()
    return answer


def _custom(messages: Any) -> dict[str, Any]:
    if not isinstance(messages, list):
        raise RasaGarbledError()
    for message in messages:
        if isinstance(message, dict) and isinstance(message.get("custom"), dict):
            return dict(message["custom"])
    raise RasaGarbledError()


def _whole(answer: Answer) -> bool:
    texts = [answer.text]
    texts += [text for item in answer.suggestions for text in (item.title, item.message)]
    texts += [text for item in answer.citations for text in (item.document, item.title, item.quote, item.url)]
    texts += [text for item in answer.attachments for text in (item.kind, item.url, item.caption)]
    return all(isinstance(text, str) for text in texts) and bool(answer.text.strip())
