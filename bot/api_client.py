"""A caller of the gateway's own HTTP API: what the terminal and scripts use."""

from __future__ import annotations

from typing import Any

import httpx

from trolyso.answer import Answer

_UNREACHABLE = "Không kết nối được với trợ lý. Dịch vụ đã chạy chưa (make run)?"
_GARBLED = "Dịch vụ trả lời không đúng định dạng."


class ApiError(Exception):
    """The gateway gave no answer; the text is Vietnamese, for people. `code` is the error's code."""

    def __init__(self, message: str, code: str) -> None:
        super().__init__(message)
        self.code = code


class ApiClient:
    """One conversation over ``POST /api/chat``. `last` is the JSON of the newest reply."""

    def __init__(self, base_url: str, conversation: str | None = None, timeout: float = 60.0) -> None:
        self._http = httpx.Client(base_url=base_url, timeout=timeout, trust_env=False)
        self.conversation = conversation
        self.last: dict[str, Any] = {}

    def ask(self, message: str) -> Answer:
        """Send one message. Raises `ApiError`."""
        body = {"message": message}
        if self.conversation:
            body["conversation"] = self.conversation
        reply = self._post(body)
        try:
            answer = Answer.from_json(reply)
            self.conversation = str(reply["conversation"])
        except (KeyError, TypeError, ValueError) as error:
            raise ApiError(_GARBLED, "garbled") from error
        self.last = reply
        return answer

    def close(self) -> None:
        """Close the connection."""
        self._http.close()

    def __enter__(self) -> ApiClient:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _post(self, body: dict[str, str]) -> dict[str, Any]:
        try:
            response = self._http.post("/api/chat", json=body)
        except httpx.HTTPError as error:
            raise ApiError(_UNREACHABLE, "unreachable") from error
        try:
            reply: Any = response.json()
        except ValueError as error:
            raise ApiError(_GARBLED, "garbled") from error
        if not isinstance(reply, dict):
            raise ApiError(_GARBLED, "garbled")
        if response.is_error:
            error_part = reply.get("error") or {}
            raise ApiError(str(error_part.get("message", _GARBLED)), str(error_part.get("code", "garbled")))
        return reply
