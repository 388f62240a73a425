"""POST /api/chat: the programmatic contract."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Request
from fastapi.responses import Response
from fastapi.routing import APIRoute
from pydantic import BaseModel, Field, PlainValidator, WithJsonSchema

from bot.assistant import Assistant
from bot.errors import WrongMediaError
from trolyso.answer import Status


def _text(value: Any) -> str:
    # A str with lone surrogates (which JSON can carry) is welcome: cleaning drops them.
    if not isinstance(value, str):
        raise ValueError("not a string")
    return value


def _text_or_none(value: Any) -> str | None:
    return None if value is None else _text(value)


Text = Annotated[str, PlainValidator(_text), WithJsonSchema({"type": "string"})]
OptionalText = Annotated[
    str | None,
    PlainValidator(_text_or_none),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "null"}]}),
]


class ChatRequest(BaseModel):
    """A message, and the conversation that it belongs to (absent: a new one)."""

    message: Text = Field(description="Câu hỏi, văn bản thường.", examples=["ai chủ trì chỉ tiêu OCOP 2024?"])
    conversation: OptionalText = Field(None, description="Mã hội thoại nhận được ở lần trả lời trước.")
    turn: OptionalText = Field(
        None, description="Mã riêng của câu hỏi; gửi lại cùng mã thì nhận lại câu trả lời, không hỏi lần nữa."
    )


class SuggestionOut(BaseModel):
    """A tap: send `message` as if it had been typed."""

    title: str
    message: str


class CitationOut(BaseModel):
    """Where a fact stands."""

    document: str
    title: str
    date: str | None
    row: str | None
    section: str | None
    quote: str
    url: str


class AttachmentOut(BaseModel):
    """A picture or a file beside the text."""

    kind: Literal["image", "file"] | str
    url: str
    caption: str


class ChatReply(BaseModel):
    """The answer and its evidence."""

    conversation: str
    status: Status
    text: str
    suggestions: list[SuggestionOut]
    citations: list[CitationOut]
    attachments: list[AttachmentOut]
    confidence: float


class JsonRoute(APIRoute):
    """A route that reads JSON only: anything else is told so, instead of being misread."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler of the framework behind a check of the media type."""
        handle = super().get_route_handler()

        async def checked(request: Request) -> Response:
            media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
            if media != "application/json":
                raise WrongMediaError({"expected": "application/json"})
            return await handle(request)

        return checked


def router(assistant: Assistant) -> APIRouter:
    """The routes of the contract."""
    routes = APIRouter(prefix="/api", tags=["Hỏi đáp"], route_class=JsonRoute)

    @routes.post("/chat", summary="Hỏi trợ lý một câu")
    async def chat(request: ChatRequest) -> ChatReply:
        reply = await assistant.ask(request.conversation, request.message, request.turn or "")
        return ChatReply.model_validate({"conversation": reply.conversation, **reply.answer.to_json()})

    return routes
