"""Guides in the store and the index; and the guides of the project, each resting on the plans."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.anchors import passage_url
from knowledge.guides import basis_of, ingest_guides
from knowledge.ingest import ingest_folder
from knowledge.parsing.guides import read_guide
from knowledge.records import Guide, ParsedDocument
from knowledge.search.engine import Query, SearchEngine
from knowledge.search.fakes import HashedEncoder
from knowledge.search.index import build_index
from knowledge.search.passages import Kind, guide_passage, passages_of
from knowledge.search.serving import SearchIndex
from knowledge.stats import stats
from knowledge.status import Status
from knowledge.store import Store
from tests.knowledge.guide_samples import TEXT, guide
from tests.knowledge.store.samples import clause, document, parsed
from vietnamese import fold, syllables

GUIDES = Path(__file__).resolve().parents[2] / "knowledge" / "sources" / "guides"
SLUGS = sorted(path.stem for path in GUIDES.glob("*.md"))
# A price, a telephone number, or a day of the year: such things change, so the guides link to them instead.
CHANGES = re.compile(r"\d[\d .]*(?:đồng|đ\b|nghìn|triệu|tỷ)|\d[\d .]{5,}\d|ngày \d|\d+/\d+", re.IGNORECASE)


@pytest.fixture
def store() -> Iterator[Store]:
    """A store that holds the clause which the sample guide rests on."""
    with Store.open("sqlite://") as opened:
        opened.replace(parsed(document("a"), clause("a", "I.1", 0)))
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "tien-dien.md").write_text(TEXT, encoding="utf-8")
    return tmp_path


@pytest.fixture(scope="module")
def ours() -> dict[str, Guide]:
    return {slug: read_guide(GUIDES / f"{slug}.md") for slug in SLUGS}


def statuses(folder: Path, store: Store, *, dry_run: bool = False) -> dict[str, Status]:
    return {report.file: report.status for report in ingest_guides(folder, store, dry_run=dry_run)}


def test_a_guide_comes_back_equal_and_is_forgotten(store: Store) -> None:
    other = guide("khac", related=("tien-dien",), title="Khác")
    for written in (guide(), other, guide(title="Mới")):
        store.replace_guide(written)
    assert store.guides() == (other, guide(title="Mới"))
    assert store.guide("khac") == other
    store.delete_guide("khac")
    store.delete_guide("never held")
    assert store.guides() == (guide(title="Mới"),)
    assert store.guide("khac") is None


def test_ingestion_adds_rewrites_and_removes(folder: Path, store: Store) -> None:
    path = folder / "tien-dien.md"
    assert statuses(folder, store) == {"tien-dien.md": Status.ADDED}
    assert statuses(folder, store) == {"tien-dien.md": Status.UNCHANGED}
    path.write_text(TEXT.replace("title: Trả tiền điện", "title: Đóng tiền điện"), encoding="utf-8")
    assert statuses(folder, store) == {"tien-dien.md": Status.REPLACED}
    assert store.guides() == (guide(title="Đóng tiền điện"),)
    assert stats(store).to_json()["guides"] == 1
    path.unlink()
    assert statuses(folder, store) == {"tien-dien.md": Status.REMOVED}
    assert store.guides() == ()


def test_a_dry_run_writes_nothing(folder: Path, store: Store) -> None:
    assert statuses(folder, store, dry_run=True) == {"tien-dien.md": Status.ADDED}
    assert store.guides() == ()
    store.replace_guide(guide("bo"))
    assert statuses(folder, store, dry_run=True)["bo.md"] is Status.REMOVED
    assert store.guide("bo") is not None


def test_a_file_that_fails_keeps_the_guide_that_is_held(folder: Path, store: Store) -> None:
    ingest_guides(folder, store)
    (folder / "tien-dien.md").write_text("no guide", encoding="utf-8")
    (report,) = ingest_guides(folder, store)
    assert report.status is Status.FAILED
    assert "tien-dien.md" in report.error
    assert store.guides() == (guide(),)


def test_a_guide_that_rests_on_nothing_held_is_refused(folder: Path, store: Store) -> None:
    (folder / "tien-dien.md").write_text(TEXT.replace("a#I.1", "a#IX"), encoding="utf-8")
    (report,) = ingest_guides(folder, store)
    assert (report.status, store.guides()) == (Status.FAILED, ())
    assert "a#IX" in report.error


def test_a_folder_without_guides_leaves_them_alone(tmp_path: Path, store: Store) -> None:
    store.replace_guide(guide())
    assert ingest_guides(tmp_path / "guides", store) == ()
    assert store.guides() == (guide(),)


def test_guides_are_a_kind_of_their_own_in_the_index(
    tmp_path: Path, parsed: dict[str, ParsedDocument]
) -> None:
    records = [passage for one in parsed.values() for passage in passages_of(one)]
    guides = [guide_passage(read_guide(GUIDES / f"{slug}.md")) for slug in SLUGS]
    build_index([*records, *guides], HashedEncoder(), tmp_path)
    engine = SearchEngine(SearchIndex(tmp_path, HashedEncoder()))
    asked = "bị lừa tiền trên mạng"
    found = engine.search(Query(asked, kinds=frozenset({Kind.GUIDE})))
    assert {hit.passage.kind for hit in found} == {Kind.GUIDE}
    assert passage_url(found[0].passage) == "/huong-dan/lua-dao-tren-mang"
    others = engine.search(Query(asked, kinds=frozenset(Kind) - {Kind.GUIDE}))
    assert others
    assert all(hit.passage.document_id for hit in others)
    # A search in a plan never meets a guide, since a guide belongs to none.
    assert Kind.GUIDE not in {
        hit.passage.kind for hit in engine.search(Query(asked, document_ids=frozenset(parsed)))
    }


def test_the_guides_of_the_project_are_ingested_with_the_sources() -> None:
    with Store.open("sqlite://") as opened:
        report = ingest_folder(GUIDES.parent, opened)
        assert not report.failed
        assert [guide.status for guide in report.guides] == [Status.ADDED] * len(SLUGS)
        assert [guide.slug for guide in opened.guides()] == SLUGS
        assert len(report.to_json()["guides"]) == len(SLUGS) >= 11
        for held in opened.guides():
            assert all(basis_of(record_id, opened) for record_id in held.plan), held.slug


@pytest.mark.parametrize("slug", SLUGS)
def test_a_guide_is_short_and_says_nothing_that_changes(ours: dict[str, Guide], slug: str) -> None:
    one = ours[slug]
    assert 2 <= len(re.findall(r"[.!?](?:\s|$)", one.summary)) <= 3
    assert 5 <= len(one.steps) <= 8
    assert len(one.topics) >= 7
    said = [one.summary, *one.when, *one.steps, *one.prepare, *one.check, *one.avoid]
    assert [text for text in said if CHANGES.search(text)] == []
    assert set(one.related) <= set(ours) - {slug}


# For each guide, words of its subject that the first clause behind it must hold.
SUBJECT = {
    "ban-hang-tren-mang": "sàn thương mại điện tử",
    "chu-ky-so-ca-nhan": "chữ ký số cá nhân cho người dân",
    "dich-vu-cong-truc-tuyen": "dịch vụ công trực tuyến",
    "gop-y-phan-anh": "ý kiến phản ánh của người dân",
    "hoa-don-dien-tu": "hóa đơn điện tử",
    "hoc-ky-nang-so": "người dân sử dụng công nghệ số",
    "lua-dao-tren-mang": "người dân phòng, tránh và tự bảo vệ",
    "smart-vinh-long": "Smart Vĩnh Long",
    "so-suc-khoe-dien-tu": "hồ sơ sức khỏe",
    "thanh-toan-khong-tien-mat": "thanh toán không dùng tiền mặt",
    "vneid": "định danh điện tử",
}


def test_each_guide_rests_on_words_of_the_plans_about_its_subject(
    ours: dict[str, Guide], parsed: dict[str, ParsedDocument]
) -> None:
    texts = {clause.id: clause.text for one in parsed.values() for clause in one.clauses}
    texts |= {row.id: row.name for one in parsed.values() for row in (*one.indicators, *one.tasks)}
    assert set(SUBJECT) == set(ours)
    for slug, words in SUBJECT.items():
        assert " ".join(syllables(fold(words))) in " ".join(syllables(fold(texts[ours[slug].plan[0]])))
