"""The one place that speaks to Rasa: a message in, an `Answer` out, or a `RasaError`."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from functools import reduce
from math import inf
from typing import Any

import httpx

from bot.errors import RasaGarbledError, RasaSilentError, RasaTimeoutError, RasaUnreachableError
from trolyso.answer import Answer, Trace
from trolyso.logs import HEADER, REQUEST

WEBHOOK = "/webhooks/rest/webhook"
RESTART = "/restart"  # an intent of Rasa's own; only the gateway can send it, since people's slashes go


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
        self._answered = -inf

    @property
    def silence(self) -> float:
        """Seconds since the last whole answer, which Rasa and the action server made together."""
        return time.monotonic() - self._answered

    async def ask(self, sender: str, message: str) -> tuple[Answer, Trace | None]:
        """One message of the conversation `sender`: the answer, and how it was made when that is told.

        Raises a `RasaError`; it never returns half an answer.
        """
        body = await self._post(sender, message)
        answer = read_replies(body)
        self._answered = time.monotonic()
        return answer, read_trace(body)

    async def forget(self, sender: str) -> None:
        """Start the conversation `sender` anew, without what was said. Raises a `RasaError`."""
        await self._post(sender, RESTART)

    async def _post(self, sender: str, message: str) -> bytes:
        try:
            response = await self._http.post(
                WEBHOOK, json={"sender": sender, "message": message}, headers={HEADER: REQUEST.get()}
            )
        except httpx.TimeoutException as error:
            raise RasaTimeoutError() from error
        except httpx.HTTPError as error:
            raise RasaUnreachableError() from error
        if response.status_code != httpx.codes.OK:
            raise RasaUnreachableError({"status": response.status_code})
        return response.content

    async def aclose(self) -> None:
        """Close the connections."""
        await self._http.aclose()


def read_replies(body: bytes) -> Answer:
    """The answer in the messages that the REST channel returned; those that follow it are appended.

    The channel hides exceptions behind an empty list, so an empty list is a failure.
    """
    try:
        messages: Any = json.loads(body)
    except ValueError as error:
        raise RasaGarbledError() from error
    if messages == []:
        raise RasaSilentError()
    try:
        answers = [Answer.from_json(custom) for custom in _customs(messages)]
    except (KeyError, TypeError, ValueError) as error:
        raise RasaGarbledError() from error
    if not answers or not all(map(_whole, answers)):
        raise RasaGarbledError()
    return reduce(_continued, answers)


def read_trace(body: bytes) -> Trace | None:
    """The trace beside the first answer of a body that `read_replies` could read."""
    return next((trace for custom in _customs(json.loads(body)) if (trace := Trace.from_json(custom))), None)


def _customs(messages: Any) -> list[dict[str, Any]]:
    if not isinstance(messages, list):
        raise RasaGarbledError()
    customs = [message.get("custom") for message in messages if isinstance(message, dict)]
    return [custom for custom in customs if isinstance(custom, dict)]


def _continued(first: Answer, then: Answer) -> Answer:
    """One answer of two: the first replies to the message, what follows goes on with a form.

    The taps are those of the last, since they belong to the question that is open.
    """
    return replace(
        first,
        text=f"{first.text.rstrip()}\n\n{then.text}",
        suggestions=then.suggestions,
        citations=(*first.citations, *then.citations),
        attachments=(*first.attachments, *then.attachments),
    )


def _whole(answer: Answer) -> bool:
    texts = [answer.text]
    texts += [text for item in answer.suggestions for text in (item.title, item.message)]
    texts += [text for item in answer.citations for text in (item.document, item.title, item.quote, item.url)]
    texts += [text for item in answer.attachments for text in (item.kind, item.url, item.caption)]
    return all(isinstance(text, str) for text in texts) and bool(answer.text.strip())
