"""A running assistant as the runner sees it: one message in, one reply out."""

from __future__ import annotations

import time
from types import TracebackType

import httpx

from eval.judge import Reply

DEFAULT_URL = "http://127.0.0.1:8000/api/chat"


class AssistantError(Exception):
    """The assistant could not be reached, or its answer is not the contract's payload."""


class Client:
    """Talks ``POST /api/chat``; connections are kept open between messages."""

    def __init__(
        self, url: str = DEFAULT_URL, timeout: float = 60.0, transport: httpx.BaseTransport | None = None
    ) -> None:
        self._url = url
        # Not through a proxy of the environment: the assistant is usually on this machine.
        self._http = httpx.Client(timeout=timeout, transport=transport, trust_env=False)

    def __enter__(self) -> Client:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.close()

    def send(self, conversation: str, message: str) -> tuple[Reply, float]:
        """The reply and its latency in seconds. Raises `AssistantError`."""
        started = time.perf_counter()
        try:
            response = self._http.post(self._url, json={"conversation": conversation, "message": message})
            seconds = time.perf_counter() - started
            response.raise_for_status()
            payload = response.json()
        except (httpx.HTTPError, ValueError) as error:
            raise AssistantError(str(error) or type(error).__name__) from error
        try:
            return Reply.from_json(payload), seconds
        except (AttributeError, TypeError, ValueError) as error:
            raise AssistantError(f"not a reply: {error}") from error
