from pathlib import Path

import pytest

from knowledge.search.engine import SearchEngine
from knowledge.search.fakes import HashedEncoder
from knowledge.search.index import build_index, load_index
from knowledge.search.passages import passages_of
from tests.knowledge.search.corpus import plan


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> SearchEngine:
    folder: Path = tmp_path_factory.mktemp("index")
    build_index(passages_of(plan()), HashedEncoder(), folder)
    return SearchEngine(load_index(folder, HashedEncoder()))
