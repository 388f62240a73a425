"""Everything that can go wrong in the gateway, and the one shape in which it is told.

Each error is `{"error": {"code", "message", "detail"}}`: `code` is for programs, `message` is
Vietnamese for people, `detail` names what to change (or is null). What the caller sent is never
repeated in an error, so that no error can carry markup or a secret back.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar


class GatewayError(Exception):
    """The root of the tree. A subclass fixes the HTTP status, the code and the Vietnamese message."""

    status: ClassVar[int] = 500
    code: ClassVar[str] = "internal"
    message: ClassVar[str] = "Dạ, hệ thống gặp trục trặc. Anh chị vui lòng thử lại sau ít phút."

    def __init__(self, detail: Any = None) -> None:
        super().__init__(self.code)
        self.detail = detail

    def headers(self) -> dict[str, str]:
        """HTTP headers that go with it."""
        return {}

    def body(self) -> dict[str, Any]:
        """The canonical JSON body of this error."""
        return error_body(self.code, self.message, self.detail)


class RequestError(GatewayError):
    """The caller can mend it."""

    status = 400
    code = "bad_request"
    message = "Yêu cầu chưa đúng, anh chị vui lòng kiểm tra lại."


class BadJsonError(RequestError):
    """The body is not JSON."""

    code = "bad_json"
    message = "Nội dung gửi lên không phải JSON hợp lệ."


class InvalidRequestError(RequestError):
    """JSON, but not what the contract asks for; `detail` lists the fields."""

    status = 422
    code = "invalid_request"
    message = "Dữ liệu gửi lên thiếu hoặc sai kiểu."


class UnverifiedError(RequestError):
    """A webhook call without the platform's secret."""

    status = 401
    code = "unverified"
    message = "Yêu cầu này không mang đúng mã bí mật của kênh nhắn tin."


class NotFoundError(RequestError):
    """No such address, document or clause."""

    status = 404
    code = "not_found"
    message = "Em không tìm thấy nội dung anh chị cần."


class WrongMethodError(RequestError):
    """The address exists, but not for this HTTP method."""

    status = 405
    code = "method_not_allowed"
    message = "Địa chỉ này không nhận kiểu yêu cầu như vậy."


class SlowBodyError(RequestError):
    """The body was not there within `Settings.body_timeout` seconds."""

    status = 408
    code = "request_timeout"
    message = "Nội dung gửi lên đến quá chậm nên em không chờ được nữa."


class TooLargeError(RequestError):
    """The body is larger than `bot.guard.MAX_BODY`."""

    status = 413
    code = "too_large"
    message = "Nội dung gửi lên quá lớn."


class WrongMediaError(RequestError):
    """The body's Content-Type is not one that the address reads; `detail` names the right one."""

    status = 415
    code = "unsupported_media_type"
    message = "Kiểu nội dung gửi lên không được hỗ trợ."


class TooManyTurnsError(RequestError):
    """Messages of one conversation pile up faster than they are answered."""

    status = 429
    code = "too_many_messages"
    message = "Dạ, anh chị gửi nhanh quá nên em chưa trả lời kịp. Anh chị chờ một chút rồi gửi lại nhé."


class LimitError(RequestError):
    """More than the limit of one minute; `detail` holds the seconds to wait as `retry_after`."""

    status = 429
    code = "rate_limited"
    message = "Dạ, anh chị gửi quá số lần cho phép trong một phút. Anh chị chờ một chút rồi thử lại nhé."

    def __init__(self, retry_after: int) -> None:
        super().__init__({"retry_after": retry_after})

    def headers(self) -> dict[str, str]:
        """When to try again, in seconds."""
        return {"retry-after": str(self.detail["retry_after"])}


class ServiceError(GatewayError):
    """Something behind the gateway is missing; trying again later may help."""

    status = 503
    code = "unavailable"
    message = "Dạ, em tạm thời chưa phục vụ được. Anh chị vui lòng thử lại sau ít phút."


class BusyError(ServiceError):
    """More questions are being answered than this process takes at once."""

    code = "busy"
    message = "Dạ, đang có nhiều người hỏi cùng lúc. Anh chị vui lòng thử lại sau giây lát."


class NotReadyError(ServiceError):
    """A part that answers need is missing; `detail` maps each missing part to what is wrong."""

    code = "not_ready"
    message = "Dạ, em chưa sẵn sàng. Anh chị vui lòng thử lại sau ít phút."


class SearchUnavailableError(ServiceError):
    """The index or the encoder is missing or damaged."""

    code = "search_unavailable"
    message = "Dạ, phần tìm kiếm chưa sẵn sàng. Anh chị vui lòng thử lại sau ít phút."


class RasaError(ServiceError):
    """The dialogue service did not give an answer."""

    code = "dialogue_unavailable"


class RasaUnreachableError(RasaError):
    """Nothing listens at the dialogue service's address, or the connection broke."""

    code = "dialogue_unreachable"
    message = "Dạ, phần hội thoại đang tạm nghỉ. Anh chị vui lòng thử lại sau ít phút."


class RasaTimeoutError(RasaError):
    """No answer within `Settings.answer_timeout` seconds."""

    code = "dialogue_timeout"
    message = "Dạ, câu này em tra lâu quá nên phải dừng lại. Anh chị thử lại, hoặc hỏi ngắn hơn nhé."


class RasaSilentError(RasaError):
    """The dialogue service answered, but with no message: an action failed inside it."""

    code = "dialogue_silent"
    message = "Dạ, em gặp lỗi khi soạn câu trả lời. Anh chị vui lòng thử lại sau ít phút."


class RasaGarbledError(RasaError):
    """The dialogue service sent something that is not an answer."""

    code = "dialogue_garbled"
    message = "Dạ, câu trả lời bị lỗi nên em không dám đưa ra. Anh chị vui lòng thử lại sau ít phút."


_BY_STATUS: dict[int, type[GatewayError]] = {
    kind.status: kind
    for kind in (
        RequestError,
        NotFoundError,
        UnverifiedError,
        WrongMethodError,
        SlowBodyError,
        TooLargeError,
        WrongMediaError,
        InvalidRequestError,
        ServiceError,
    )
}


def error_body(code: str, message: str, detail: Any) -> dict[str, Any]:
    """The one JSON shape of every error."""
    return {"error": {"code": code, "message": message, "detail": detail}}


def kinds(status: int) -> tuple[type[GatewayError], ...]:
    """Every error that is told with this HTTP status."""
    return tuple(kind for kind in _tree(GatewayError) if kind.status == status)


def for_status(status: int) -> GatewayError:
    """The error that stands for an HTTP status raised by the framework.

    An unknown 4xx becomes a plain `RequestError`, anything else a `GatewayError`.
    """
    known = _BY_STATUS.get(status)
    if known is not None:
        return known()
    return RequestError() if 400 <= status < 500 else GatewayError()


def _tree(kind: type[GatewayError]) -> Iterator[type[GatewayError]]:
    yield kind
    for child in kind.__subclasses__():
        yield from _tree(child)
