"""The addresses of the public pages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qs

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse

from bot.assistant import Assistant
from bot.errors import GatewayError, NotFoundError, WrongMediaError
from bot.examples import EXAMPLES, TOPICS
from bot.incoming import tidy
from bot.pages.document_view import DocumentView, document_view
from bot.pages.guide_view import guide_view
from bot.pages.templating import render
from knowledge.parsing.guides import SLUG
from knowledge.store import IndicatorFilter, Store
from trolyso.answer import Answer

FORM = "application/x-www-form-urlencoded"
DOCUMENT_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_LONGEST_DRAFT = 500


@dataclass(frozen=True, slots=True)
class Room:
    """What the chat page shows when it is rendered on the server."""

    conversation: str = ""
    question: str = ""
    draft: str = ""
    answer: Answer | None = None
    error: GatewayError | None = None

    def page(self) -> HTMLResponse:
        """The page, with the HTTP status of the error if there is one."""
        values = {
            "here": "/",
            "examples": EXAMPLES,
            "conversation": self.conversation,
            "question": self.question,
            "draft": self.draft,
            "answer": self.answer,
            "error": self.error,
        }
        return render(
            "chat.html", values, self.error.status if self.error else 200, {"cache-control": "no-store"}
        )


def router(assistant: Assistant, store: Store) -> APIRouter:
    """All pages."""
    routes = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
    _add_chat(routes, assistant)
    _add_documents(routes, store)

    _add_guides(routes, store)

    @routes.get("/cach-hoi")
    async def asking() -> HTMLResponse:
        return render("asking.html", {"topics": TOPICS})

    return routes


def _add_chat(routes: APIRouter, assistant: Assistant) -> None:
    @routes.get("/")
    async def chat(hoi: str = "") -> HTMLResponse:
        return Room(draft=tidy(hoi)[:_LONGEST_DRAFT]).page()

    @routes.get("/chat")
    async def chat_reloaded() -> HTMLResponse:
        return Room().page()

    @routes.post("/chat")
    async def chat_without_script(request: Request) -> HTMLResponse:
        conversation, message = await _read_form(request)
        shown = tidy(message)[:_LONGEST_DRAFT]
        try:
            reply = await assistant.ask(conversation or None, message)
        except GatewayError as error:
            return Room(conversation=conversation, draft=shown, error=error).page()
        return Room(conversation=reply.conversation, question=shown, answer=reply.answer).page()


async def _read_form(request: Request) -> tuple[str, str]:
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media != FORM:
        raise WrongMediaError({"expected": FORM})
    body = await request.body()
    try:
        fields = parse_qs(body.decode("utf-8", "replace"), max_num_fields=8)
    except ValueError:
        fields = {}
    return fields.get("conversation", [""])[0], fields.get("message", [""])[0]


def _add_documents(routes: APIRouter, store: Store) -> None:
    @routes.get("/van-ban")
    def documents() -> HTMLResponse:
        return render("documents.html", {"documents": store.documents()})

    @routes.get("/van-ban/{document_id}")
    async def document(document_id: str) -> HTMLResponse:
        view = await run_in_threadpool(_view, store, document_id)
        if view is None:
            raise NotFoundError()
        return await run_in_threadpool(render, "document.html", {"view": view})


def _add_guides(routes: APIRouter, store: Store) -> None:
    @routes.get("/huong-dan")
    def guides() -> HTMLResponse:
        return render("guides.html", {"guides": store.guides()})

    @routes.get("/huong-dan/{slug}")
    def guide(slug: str) -> HTMLResponse:
        found = store.guide(slug) if SLUG.fullmatch(slug) else None
        if found is None:
            raise NotFoundError()
        return render("guide.html", {"view": guide_view(found, store)})


def _view(store: Store, document_id: str) -> DocumentView | None:
    found = store.document(document_id) if DOCUMENT_ID.fullmatch(document_id) else None
    if found is None:
        return None
    indicators = store.indicators(IndicatorFilter(document_ids=(found.id,))).items
    return document_view(found, store.clauses(found.id), indicators, store.tasks(found.id))
