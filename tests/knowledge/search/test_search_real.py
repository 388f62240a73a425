"""The whole search with the real encoder, over the annex rows of the documents."""

from pathlib import Path

import pytest

from knowledge.agencies import AgencyRegistry
from knowledge.parsing import parse_file
from knowledge.registry import Registry
from knowledge.search.calibrate import default_calibration
from knowledge.search.encoder import load_encoder
from knowledge.search.encoder_build import build_encoder
from knowledge.search.engine import Query, SearchEngine
from knowledge.search.index import build_index
from knowledge.search.passages import Kind, Passage, passages_of
from knowledge.search.serving import SearchIndex
from knowledge.search.tuning import Outcome, ask, precision, read_questions

pytestmark = pytest.mark.integration

SOURCES = Path(__file__).resolve().parents[3] / "knowledge" / "sources"
LABELLED = Path(__file__).parent / "data" / "labelled.jsonl"


def rows() -> list[Passage]:
    """The indicators of the documents: enough for a test, and encoded in seconds."""
    registry = Registry.load(SOURCES)
    agencies = AgencyRegistry.load(SOURCES / "agencies.yml")
    parsed = [parse_file(path, registry, agencies) for path in sorted(SOURCES.glob("*.txt"))]
    return [item for one in parsed for item in passages_of(one) if item.kind is Kind.INDICATOR]


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> SearchEngine:
    folder = tmp_path_factory.mktemp("real")
    build_encoder(folder / "encoder")
    encoder = load_encoder(str(folder / "encoder"))
    build_index(rows(), encoder, folder / "index")
    return SearchEngine(SearchIndex(folder / "index", encoder))


@pytest.fixture(scope="module")
def outcomes(real: SearchEngine) -> list[Outcome]:
    held = {passage.id for passage in real.index.generation.passages}
    questions = (question for question in read_questions(LABELLED) if question.right <= held)
    return ask(real, questions)


@pytest.mark.parametrize(("accented", "least"), [(True, 0.92), (False, 0.9)])
def test_the_right_row_comes_first(outcomes: list[Outcome], accented: bool, least: float) -> None:
    chosen = [outcome for outcome in outcomes if outcome.question.query.accented is accented]
    assert sum(bool(outcome.question.right) for outcome in chosen) > 100
    assert precision(chosen, 1) >= least
    assert precision(chosen, 3) >= 0.97


def test_what_the_documents_lack_is_mostly_refused(outcomes: list[Outcome]) -> None:
    tops = [outcome.hits[0] for outcome in outcomes if not outcome.question.right and outcome.hits]
    refused = [hit for hit in tops if default_calibration().probability(hit.parts) < 0.5]
    assert len(refused) >= 0.8 * len(tops)


@pytest.mark.parametrize(
    ("text", "row"),
    [("OCOP", "80"), ("dân số mua sắm trực tuyến", "95"), ("bệnh án điện tử đơn thuốc điện tử", "120")],
)
def test_short_subjects_find_their_row(real: SearchEngine, text: str, row: str) -> None:
    hit = real.search(Query(text, years=frozenset({2024})))[0]
    assert hit.passage.id == f"206-qd-ubnd:{row}"
    assert hit.score > 0.5
