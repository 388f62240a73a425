from pathlib import Path

import pytest

from knowledge.search.calibrate import Calibration
from knowledge.search.engine import SearchEngine
from knowledge.search.fakes import HashedEncoder
from knowledge.search.index import build_index
from knowledge.search.passages import passages_of
from knowledge.search.serving import SearchIndex
from tests.knowledge.search.corpus import plan

# The committed coefficients fit the cosines of the real encoder, which hashed vectors do not have.
CALIBRATION = Calibration(bias=-6.0, dense=4.0, accented=2.0, folded=2.0, coverage=3.0, fused=1.0, gap=4.0)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> SearchEngine:
    folder: Path = tmp_path_factory.mktemp("index")
    build_index(passages_of(plan()), HashedEncoder(), folder)
    return SearchEngine(SearchIndex(folder, HashedEncoder()), calibration=CALIBRATION)
