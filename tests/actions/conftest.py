"""The corpus of the official texts, indexed with an encoder that needs no model, and talks over it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import knowledge
from actions.assistant import Assistant
from actions.corpus import Corpus
from actions.ranking import DOUBTS, FEATURES, Ranking
from knowledge.ingest import ingest_folder
from knowledge.search.engine import SearchEngine
from knowledge.search.fakes import HashedEncoder
from knowledge.search.index import build_index
from knowledge.search.passages import passages_of
from knowledge.search.serving import SearchIndex
from knowledge.store import RememberingStore
from nlu.entities import EntityReader
from nlu.lexicon import load_lexicon
from tests.actions.talking import Reader, Talk
from trolyso.settings import ROOT

SOURCES = Path(knowledge.__file__).parent / "sources"
TODAY = date(2026, 11, 22)
# The committed ranking is fitted to the real encoder, and anew whenever something is learnt. What the
# tests show must hang on neither, so they have one of their own that goes with the hashed encoder.
RANKING = Ranking(
    dict.fromkeys(FEATURES, 0.0)
    | {
        "dense": 3.0, "accented": 1.8, "folded": 1.3, "fused": 4.0,
        "said_of_name": 1.0, "name_of_said": 3.1, "pairs": 0.9,
        "row": 0.4, "row_by_intent": 1.7, "row_by_field": 2.1, "clause_by_intent": 4.0,
        "task": 1.8, "task_by_years": 1.7, "heading": 0.4, "depth": -0.5,
        "agency": 1.6, "own_section": 1.1, "value": 0.4, "counted": 0.9, "older": -2.1,
        "near_name": 0.3, "near_plan": 0.4, "near_row": 0.8, "near_path": 0.2,
    },
    dict.fromkeys(DOUBTS, 0.0)
    | {
        "bias": 2.0, "best_coverage": 0.7, "best_dense": 3.1, "best_name": 1.4, "out_of_scope": 3.8,
        "words": 1.4, "restored": -0.3, "narrow": 1.3,
    },
)  # fmt: skip


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    """Every official text, in a store and an index of its own. Today is 22/11/2026."""
    home = tmp_path_factory.mktemp("corpus")
    encoder = HashedEncoder()
    with RememberingStore.open(f"sqlite:///{home / 'store.db'}") as store:
        assert not ingest_folder(SOURCES, store).failed
        parsed = [store.parsed(document.id) for document in store.documents()]
        build_index([p for one in parsed if one for p in passages_of(one)], encoder, home / "index")
        yield Corpus(store, SearchEngine(SearchIndex(home / "index", encoder)), TODAY, RANKING)


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
