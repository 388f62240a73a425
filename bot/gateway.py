"""The gateway's application: every route, behind one guard."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send

from bot import (
    api_listing,
    chat,
    downloads,
    failures,
    guides_api,
    pictures,
    probes,
    read_api,
    search_api,
    webhooks,
)
from bot.assistant import Assistant
from bot.channels.configured import configured
from bot.channels.protocol import Channel, Fetch
from bot.conversations import ConversationIds, Turns, load_key
from bot.delivery.service import Delivery
from bot.finder import Finder, finder
from bot.guard import Guard
from bot.inside import fetcher
from bot.limits import Limit
from bot.mailbox import Mailbox
from bot.metrics import Metrics
from bot.openapi import DescribedApp
from bot.pages import routes as pages
from bot.pages.templating import STATIC
from bot.rasa_client import RasaClient
from knowledge.store import Store
from trolyso.settings import Settings

KEY_FILE = "conversation.key"
Connect = Callable[[Settings, Fetch], Iterable[Channel]]


class _LongLivedFiles(StaticFiles):
    """Static files; their addresses carry a digest of the content, so a browser may keep them.

    They are small and sent whole: a `Range`, which a server may ignore, would be refused in another shape
    when it is malformed.
    """

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = [header for header in scope["headers"] if header[0] != b"range"]
        await super().__call__({**scope, "headers": headers}, receive, send)

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["cache-control"] = "public, max-age=604800"
        return response


def create_app(
    settings: Settings, store: Store, search: Finder | None = None, connect: Connect = configured
) -> FastAPI:
    """The gateway over an open store; `search` is that of the home folder unless given.

    `connect` makes the messaging channels. Raises `OSError` when the home folder cannot be written,
    `StoreError` when a channel is on and its mailbox cannot be opened.
    """
    search = search or finder(settings)
    checks: dict[str, probes.Check] = {"store": lambda: _store_problem(store), "index": search.problem}
    metrics = Metrics()
    rasa = RasaClient(settings.rasa_url, settings.answer_timeout)
    ids = ConversationIds(load_key(settings.home / KEY_FILE))
    per_person = Limit(settings.limit_person)
    assistant = Assistant(rasa, ids, Turns(), metrics, settings.message_limit, per_person)
    app = DescribedApp(
        title="Trợ lý số Vĩnh Long",
        version="1",
        docs_url=None,
        redoc_url=None,
        lifespan=_lifespan(rasa),
        middleware=[_guard(settings, metrics)],
    )
    failures.install(app)
    app.include_router(chat.router(assistant))
    app.include_router(read_api.router(store))
    app.include_router(guides_api.router(store))
    app.include_router(search_api.router(search))
    app.include_router(downloads.router(store))
    app.include_router(pictures.router(store))
    app.include_router(probes.router(metrics, settings, checks, lambda: rasa.silence))
    app.include_router(pages.router(assistant, store))
    if channels := {channel.name: channel for channel in connect(settings, fetcher(app))}:
        mailbox = Mailbox.open(settings.people_url)
        app.state.mailbox = mailbox
        app.state.delivery = Delivery(mailbox, channels, assistant, metrics, per_person)
        app.include_router(webhooks.router(channels, app.state.delivery.intake, metrics))
    api_listing.install(app)
    app.mount("/static", _LongLivedFiles(directory=STATIC), name="static")
    return app


def _guard(settings: Settings, metrics: Metrics) -> Middleware:
    per_address = Limit(settings.limit_address)
    return Middleware(Guard, metrics=metrics, per_address=per_address, body_timeout=settings.body_timeout)


def _lifespan(rasa: RasaClient) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        delivery: Delivery | None = getattr(app.state, "delivery", None)
        try:
            if delivery:
                await delivery.start()
            yield
        finally:
            if delivery:
                await delivery.aclose()
                app.state.mailbox.close()
            await rasa.aclose()

    return lifespan


def _store_problem(store: Store) -> str | None:
    return None if store.documents() else "kho chưa có văn bản nào"
