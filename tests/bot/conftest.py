"""A gateway on a real socket, a scripted Rasa behind it, and a small real store."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from bot.fakes import FakeRasa, LoopbackServer, Received
from bot.finder import Finder
from bot.gateway import create_app
from knowledge.records import Agency
from knowledge.search.engine import SearchEngine
from knowledge.search.fakes import HashedEncoder
from knowledge.search.index import build_index
from knowledge.search.passages import passages_of
from knowledge.search.serving import SearchIndex
from knowledge.store import Store
from tests.bot.samples import ANSWER, NASTY, article, official
from tests.bot.site import Site
from trolyso.answer import Answer
from trolyso.settings import Settings


@pytest.fixture(scope="session")
def nasty() -> str:
    """Text that breaks a page which does not escape."""
    return NASTY


@pytest.fixture(scope="session")
def answer() -> Answer:
    """What the scripted Rasa answers unless a test says otherwise."""
    return ANSWER


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A real store with a small official document and an article."""
    path = tmp_path_factory.mktemp("store") / "store.sqlite3"
    with Store.open(f"sqlite:///{path}") as opened:
        opened.replace_agencies([Agency("so-cong-thuong", "Sở Công Thương", ("Sở CT",), "tỉnh")])
        opened.replace(official())
        opened.replace(article())
        yield opened


@pytest.fixture(scope="session")
def search(tmp_path_factory: pytest.TempPathFactory) -> Finder:
    """The real search over the small documents, with an encoder that knows no meaning."""
    folder, encoder = tmp_path_factory.mktemp("index"), HashedEncoder()
    passages = [passage for parsed in (official(), article()) for passage in passages_of(parsed)]
    build_index(passages, encoder, folder)
    return Finder(lambda: SearchEngine(SearchIndex(folder, encoder)), lambda: None)


@pytest.fixture(scope="session")
def running(store: Store, search: Finder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    home = tmp_path_factory.mktemp("home")
    rasa = FakeRasa(lambda _: ANSWER)
    with LoopbackServer(rasa) as behind:
        settings = Settings(
            home=home, rasa_port=behind.port, actions_port=behind.port, answer_timeout=15, message_limit=2000
        )
        with (
            LoopbackServer(create_app(settings, store, search)) as front,
            httpx.Client(base_url=front.url, trust_env=False, timeout=20) as http,
        ):
            yield Site(front.url, http, rasa, home)


@pytest.fixture
def site(running: Site) -> Site:
    """The running gateway with the scripted Rasa set back to its usual answer."""

    def usual(_: Received) -> Answer:
        return ANSWER

    running.rasa.script = usual
    running.rasa.received.clear()
    running.rasa.status_code = 200
    return running
