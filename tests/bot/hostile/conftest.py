"""A gateway on a real socket that limits nobody, both bot platforms, and a Rasa that repeats all it hears."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace

import httpx
import pytest

from bot.fakes import FakeRasa, LoopbackServer, Received
from bot.finder import Finder
from bot.gateway import create_app
from bot.hostile.calls import client
from bot.hostile.judging import Judge
from bot.hostile.platforms import Platforms
from bot.hostile.surface import Surface, read_surface
from bot.secrecy import secrets_of
from knowledge.store import Store
from tests.bot.samples import ANSWER
from trolyso.answer import Answer, Suggestion
from trolyso.settings import Settings


@dataclass(frozen=True, slots=True)
class Attacked:
    """A running gateway, what is known of its addresses, and who judges its responses."""

    url: str
    http: httpx.Client
    surface: Surface
    judge: Judge
    platforms: Platforms


def _repeated(received: Received) -> Answer:
    """The worst that an answer could hold: all that was typed, and as much of it in a button."""
    return replace(
        ANSWER, text=received.message, suggestions=(Suggestion(received.message, received.message),)
    )


@pytest.fixture(scope="session")
def attacked(store: Store, search: Finder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Attacked]:
    home = tmp_path_factory.mktemp("attacked")
    platforms = Platforms()
    with ExitStack() as stack:
        rasa = stack.enter_context(LoopbackServer(FakeRasa(_repeated)))
        settings = Settings(
            home=home,
            rasa_port=rasa.port,
            actions_port=rasa.port,
            public_url="http://127.0.0.1",
            limit_person=0,
            limit_address=0,
            **stack.enter_context(platforms.serving()),
        )
        front = stack.enter_context(LoopbackServer(create_app(settings, store, search)))
        http = stack.enter_context(client(front.url, 4))
        judge = Judge(secrets_of(settings), (home,))
        yield Attacked(front.url, http, read_surface(front.url), judge, platforms)
