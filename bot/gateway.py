"""The gateway's application: every route, behind one guard."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from bot import api_listing, chat, downloads, failures, guides_api, pictures, probes, read_api, search_api
from bot.assistant import Assistant
from bot.conversations import ConversationIds, Turns, load_key
from bot.finder import Finder, finder
from bot.guard import Guard
from bot.metrics import Metrics
from bot.pages import routes as pages
from bot.pages.templating import STATIC
from bot.rasa_client import RasaClient
from knowledge.store import Store
from trolyso.settings import Settings

KEY_FILE = "conversation.key"


class _LongLivedFiles(StaticFiles):
    """Static files; their addresses carry a digest of the content, so a browser may keep them."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["cache-control"] = "public, max-age=604800"
        return response


def create_app(settings: Settings, store: Store, search: Finder | None = None) -> FastAPI:
    """The gateway over an open store; `search` is that of the home folder unless given.

    Raises `OSError` when the home folder cannot be written.
    """
    search = search or finder(settings)
    checks: dict[str, probes.Check] = {"store": lambda: _store_problem(store), "index": search.problem}
    metrics = Metrics()
    rasa = RasaClient(settings.rasa_url, settings.answer_timeout)
    ids = ConversationIds(load_key(settings.home / KEY_FILE))
    assistant = Assistant(rasa, ids, Turns(), metrics, settings.message_limit)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        await rasa.aclose()

    app = FastAPI(
        title="Trợ lý số Vĩnh Long",
        version="1",
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
        middleware=[Middleware(Guard, metrics=metrics)],
    )
    failures.install(app)
    app.include_router(chat.router(assistant))
    app.include_router(read_api.router(store))
    app.include_router(guides_api.router(store))
    app.include_router(search_api.router(search))
    app.include_router(downloads.router(store))
    app.include_router(pictures.router(store))
    app.include_router(probes.router(metrics, settings, checks))
    app.include_router(pages.router(assistant, store))
    api_listing.install(app)
    app.mount("/static", _LongLivedFiles(directory=STATIC), name="static")
    return app


def _store_problem(store: Store) -> str | None:
    return None if store.documents() else "kho chưa có văn bản nào"
