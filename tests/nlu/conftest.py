from pathlib import Path

import pytest

from nlu.entities import EntityReader
from nlu.lexicon import load_lexicon

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def reader() -> EntityReader:
    sources = ROOT / "knowledge" / "sources"
    return EntityReader(
        load_lexicon(ROOT / "data/lexicon.yml", sources / "agencies.yml", sources / "registry.yml")
    )
