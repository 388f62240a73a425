from __future__ import annotations

from pathlib import Path

from knowledge.ingest import SourceParser
from knowledge.search.engine import Query, SearchEngine
from knowledge.search.fakes import HashedEncoder
from knowledge.search.index import build_index
from knowledge.search.passages import passages_of
from knowledge.search.serving import SearchIndex
from knowledge.search.wordings import default_wordings, read_wordings, worded
from tests.knowledge.search.conftest import CALIBRATION
from tests.knowledge.search.corpus import plan
from trolyso.settings import ROOT

STRANGE = "cái loa ngoài đầu xóm kêu sáng sớm"


def test_lines_give_each_record_its_phrases() -> None:
    lines = ['{"ids": ["a", "b"], "said": ["một", "hai"]}', "", '{"ids": ["c"], "said": []}']
    assert read_wordings(lines) == {"a": ("một", "hai"), "b": ("một", "hai"), "c": ()}


def test_a_record_is_found_by_words_that_only_people_use(tmp_path: Path) -> None:
    plain = passages_of(plan())
    meant = plain[5]
    build_index(list(worded(plain, {meant.id: (STRANGE,)})), HashedEncoder(), tmp_path)
    engine = SearchEngine(SearchIndex(tmp_path, HashedEncoder()), calibration=CALIBRATION)

    hit = engine.search(Query(STRANGE))[0]

    assert hit.passage.group == meant.group
    assert STRANGE not in hit.passage.text


def test_the_committed_phrases_are_of_records_that_exist() -> None:
    parser = SourceParser(ROOT / "knowledge" / "sources")
    files = sorted((ROOT / "knowledge" / "sources").glob("*.txt"))
    known = {passage.id for path in files for passage in passages_of(parser.parse(path))}
    assert set(default_wordings()) <= known


def test_the_committed_phrases_are_short_and_tell_records_apart() -> None:
    by_group: dict[tuple[str, ...], list[str]] = {}
    for name, said in default_wordings().items():
        by_group.setdefault(said, []).append(name)
    phrases = [phrase for said in by_group for phrase in said]
    assert all(1 < len(phrase.split()) <= 20 for phrase in phrases)
    assert len(set(phrases)) > 0.97 * len(phrases)
