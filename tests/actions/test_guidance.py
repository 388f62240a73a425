"""Guides: the one that is meant is found, and its answer is short, ordered and rests on the plan."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from actions.corpus import Corpus
from actions.dialogue import Dialogue
from actions.guidance import answer_guide, find_guide
from actions.question import Question
from actions.reply import Reply
from actions.understanding import understand
from knowledge.ingest import ingest_folder
from knowledge.records import Guide
from knowledge.search.encoder import Encoder, load_encoder
from knowledge.search.engine import SearchEngine
from knowledge.search.fakes import HashedEncoder
from knowledge.search.index import build_index
from knowledge.search.passages import guide_passage, passages_of
from knowledge.search.serving import SearchIndex
from knowledge.store import RememberingStore
from tests.actions.conftest import SOURCES, TODAY
from tests.actions.talking import Reader
from trolyso.settings import Settings

# Worded apart from data/nlu/ask_guide.yml and from the names in the guides.
ASKED = {
    "lua-dao-tren-mang": (
        "em lỡ chuyển tiền cho đứa lừa đảo rồi, bây giờ em phải làm gì",
        "co nguoi gia danh ngan hang goi lay ma otp, phai lam sao",
        "tui bị tụi lừa đảo nó lấy hết tiền trong thẻ",
    ),
    "vneid": (
        "cài ứng dụng VNeID trên máy iPhone ra sao",
        "muon kich hoat tai khoan dinh danh thi lam the nao",
        "mất mật khẩu VNeID lấy lại sao",
    ),
    "dich-vu-cong-truc-tuyen": (
        "gửi hồ sơ qua cổng dịch vụ công thì làm theo thứ tự nào",
        "lam giay khai sinh cho be tren mang",
        "kiểm tra hồ sơ đã nộp trực tuyến đang ở đâu",
    ),
    "thanh-toan-khong-tien-mat": (
        "muốn trả tiền điện tiền nước bằng mã QR",
        "cách mở tài khoản ngân hàng rồi chuyển khoản",
    ),
    "ban-hang-tren-mang": (
        "nhà trồng cam muốn đưa nông sản lên sàn thương mại điện tử",
        "ban san pham ocop tren mang bat dau sao",
    ),
    "hoa-don-dien-tu": (
        "mở quán nhỏ thì xuất hóa đơn điện tử bằng cách nào",
        "ho kinh doanh dang ky hoa don voi thue",
    ),
    "so-suc-khoe-dien-tu": (
        "xem hồ sơ sức khỏe điện tử của mình ở chỗ nào",
        "kham benh tu xa can lam gi truoc",
    ),
    "chu-ky-so-ca-nhan": ("muốn đăng ký chữ ký số để ký hồ sơ", "lam chu ky so ca nhan o cho nao"),
    "smart-vinh-long": ("cách tải ứng dụng Smart Vĩnh Long về máy", "cai app smart vinh long cho ba con"),
    "hoc-ky-nang-so": (
        "người lớn tuổi học xài điện thoại thông minh ra sao",
        "cho nao day ky nang so mien phi",
    ),
    "gop-y-phan-anh": ("gửi phản ánh kiến nghị lên chính quyền bằng cách nào",),
}
ELSEWHERE = (
    "cách nấu canh chua cá lóc",
    "làm sao trị bệnh cho heo",
    "hướng dẫn cài windows",
    "cách làm bánh xèo giòn",
    "sửa xe máy không đề được",
)


@dataclass(frozen=True)
class Guided:
    """A corpus with guides, and the reading of messages."""

    corpus: Corpus
    reader: Reader

    def question(self, typed: str) -> Question:
        return understand(self.reader.read(typed, "ask_guide"), Dialogue(), TODAY)

    def find(self, typed: str) -> tuple[Guide, float] | None:
        return find_guide(self.question(typed), self.corpus)

    def answer(self, typed: str) -> Reply:
        found = self.find(typed)
        assert found is not None
        return answer_guide(self.question(typed), found[0], self.corpus, found[1])


def _guided(home: Path, encoder: Encoder, reader: Reader) -> Iterator[Guided]:
    with RememberingStore.open(f"sqlite:///{home / 'store.db'}") as store:
        assert not ingest_folder(SOURCES, store).failed
        passages = [
            passage
            for document in store.documents()
            if (parsed := store.parsed(document.id))
            for passage in passages_of(parsed)
        ]
        guides = store.guides()
        points = [point for guide in guides for point in guide.points]
        build_index([*passages, *map(guide_passage, guides)], encoder, home / "index", points)
        yield Guided(Corpus(store, SearchEngine(SearchIndex(home / "index", encoder)), TODAY), reader)


@pytest.fixture(scope="module")
def guided(tmp_path_factory: pytest.TempPathFactory, reader: Reader) -> Iterator[Guided]:
    yield from _guided(tmp_path_factory.mktemp("guided"), HashedEncoder(), reader)


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory, reader: Reader, built_home: Path) -> Iterator[Guided]:
    encoder = load_encoder(Settings(home=built_home).encoder_path)
    home = tmp_path_factory.mktemp("real")
    # Vectors of texts that are indexed already are taken over.
    shutil.copytree(built_home / "index", home / "index")
    yield from _guided(home, encoder, reader)


@pytest.mark.parametrize(("slug", "typed"), [(slug, typed) for slug in ASKED for typed in ASKED[slug]])
def test_the_guide_that_is_meant_is_found(guided: Guided, slug: str, typed: str) -> None:
    found = guided.find(typed)
    assert found is not None
    assert found[0].slug == slug


@pytest.mark.integration
def test_with_the_real_encoder_the_score_tells_a_guide_from_what_no_guide_is_about(real: Guided) -> None:
    meant = [(slug, real.find(typed)) for slug, asked in ASKED.items() for typed in asked]
    right = [found[1] for slug, found in meant if found and found[0].slug == slug]
    assert len(right) == len(meant)
    assert sum(score >= 0.3 for score in right) >= 0.9 * len(right)
    strays = [found[1] for typed in ELSEWHERE if (found := real.find(typed))]
    assert max(strays, default=0.0) < 0.3


def test_an_empty_question_finds_nothing(guided: Guided) -> None:
    assert guided.find("") is None


def test_nothing_is_found_where_no_guide_is_held(corpus: Corpus, guided: Guided) -> None:
    assert find_guide(guided.question("cài VNeID kiểu gì"), corpus) is None


def test_the_essential_comes_first_then_numbered_steps_then_the_plan(guided: Guided) -> None:
    reply = guided.answer("tui bị lừa tiền trên mạng giờ làm sao")
    guide = guided.corpus.store.guide("lua-dao-tren-mang")
    assert guide is not None
    lines = reply.answer.text.split("\n")
    assert lines[:2] == [guide.summary, "Các bước:"]
    steps = lines[2 : 2 + len(guide.steps)]
    assert [line.split(". ", 1)[0] for line in steps] == [str(n + 1) for n in range(len(guide.steps))]
    assert all(step.startswith(line.split(". ", 1)[1]) for line, step in zip(steps, guide.steps, strict=True))
    assert "https" not in steps[-1]
    remember, prepare, plan, more = lines[2 + len(guide.steps) :]
    assert remember.startswith("Xin nhớ: Đừng ")
    assert prepare.startswith("Cần chuẩn bị: ")
    clause = guided.corpus.store.clause("kh-2025", "II.1.9.b")
    assert clause is not None
    assert clause.text[:60] in plan
    assert "mục II.1.9.b" in plan
    assert guide.title in more
    assert len(reply.answer.text) < 2000


@pytest.mark.parametrize("slug", sorted(ASKED))
def test_an_answer_cites_the_plan_and_the_guide(guided: Guided, slug: str) -> None:
    guide = guided.corpus.store.guide(slug)
    assert guide is not None
    reply = answer_guide(guided.question(guide.title), guide, guided.corpus, 0.8)
    *plan, last = reply.answer.citations
    assert len(plan) == len(guide.plan)
    assert all(citation.url.startswith("/van-ban/") and citation.quote for citation in plan)
    assert (last.document, last.title, last.date) == ("Hướng dẫn", guide.title, "2026-11-22")
    assert last.url == f"/huong-dan/{slug}"
    assert reply.answer.confidence == 0.8
    assert reply.dialogue.record == guide.id
    assert "Theo kế hoạch: “" in reply.answer.text
    assert len(reply.answer.text) < 2000
    assert not any(tap.message.startswith("/") for tap in reply.answer.suggestions)
    assert reply.answer.suggestions[0].message == guide.plan_question


def test_a_suggested_guide_is_found_by_its_message(guided: Guided) -> None:
    for guide in guided.corpus.store.guides():
        reply = answer_guide(guided.question(guide.title), guide, guided.corpus, 1.0)
        for tap, slug in zip(reply.answer.suggestions[1:], guide.related, strict=True):
            found = guided.find(tap.message)
            assert found is not None
            assert found[0].slug == slug


def test_what_the_store_no_longer_holds_is_left_out(guided: Guided) -> None:
    guide = guided.corpus.store.guide("chu-ky-so-ca-nhan")
    assert guide is not None
    gone = type(guide)(**{**{f: getattr(guide, f) for f in guide.__slots__}, "plan": ("kh-2025#IX",)})
    reply = answer_guide(guided.question("chữ ký số"), gone, guided.corpus, 1.0)
    assert [citation.document for citation in reply.answer.citations] == ["Hướng dẫn"]
    assert "Theo kế hoạch" not in reply.answer.text
