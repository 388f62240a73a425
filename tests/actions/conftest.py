"""The corpus of the official texts, indexed with an encoder that needs no model, and talks over it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import knowledge
from actions.assistant import Assistant
from actions.corpus import Corpus
from knowledge.ingest import ingest_folder
from knowledge.search.engine import SearchEngine
from knowledge.search.fakes import HashedEncoder
from knowledge.search.index import build_index, load_index
from knowledge.search.passages import passages_of
from knowledge.store import Store
from nlu.entities import EntityReader
from nlu.lexicon import load_lexicon
from tests.actions.talking import Reader, Talk
from trolyso.settings import ROOT

SOURCES = Path(knowledge.__file__).parent / "sources"
TODAY = date(2026, 11, 22)


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    """Every official text, in a store and an index of its own. Today is 22/11/2026."""
    home = tmp_path_factory.mktemp("corpus")
    encoder = HashedEncoder()
    with Store.open(f"sqlite:///{home / 'store.db'}") as store:
        assert not ingest_folder(SOURCES, store).failed
        parsed = [store.parsed(document.id) for document in store.documents()]
        build_index([p for one in parsed if one for p in passages_of(one)], encoder, home / "index")
        yield Corpus(store, SearchEngine(load_index(home / "index", encoder)), TODAY)


@pytest.fixture(scope="session")
def reader() -> Reader:
    lexicon = load_lexicon(ROOT / "data" / "lexicon.yml", SOURCES / "agencies.yml", SOURCES / "registry.yml")
    return Reader(EntityReader(lexicon))


@pytest.fixture(scope="session")
def assistant(corpus: Corpus) -> Assistant:
    return Assistant(corpus)


@pytest.fixture
def talk(assistant: Assistant, reader: Reader) -> Talk:
    """A conversation that starts afresh."""
    return Talk(assistant, reader)
