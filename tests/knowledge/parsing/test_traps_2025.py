"""Where a parser goes wrong in KH-2025 and the article: each trap with the value read in the source."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from knowledge.records import ParsedDocument
from tests.knowledge.parsing.lookup import clause


@pytest.fixture
def plan(parsed: Mapping[str, ParsedDocument]) -> ParsedDocument:
    return parsed["kh-2025"]


@pytest.fixture
def article(parsed: Mapping[str, ParsedDocument]) -> ParsedDocument:
    return parsed["article-001"]


def test_no_annex_no_indicator(plan: ParsedDocument) -> None:
    assert (plan.indicators, plan.tasks, plan.unplaced) == ((), (), ())
    assert (plan.document.number, plan.document.signed_on) == (None, None)


def test_goals_name_the_absent_annex(plan: ParsedDocument) -> None:
    assert "từ số thứ tự 90 đến 121" in clause(plan, "I.1").text
    assert "từ số thứ tự 122 đến 159" in clause(plan, "I.2").text
    assert "2808/QĐ-UBND" in clause(plan, "I.1").text


def test_two_points_c(plan: ParsedDocument) -> None:
    labels = [(c.path, c.label) for c in plan.clauses if c.path.startswith("IV.1.")]
    assert labels == [("IV.1.a", "a)"), ("IV.1.b", "b)"), ("IV.1.c", "c)"), ("IV.1.c-2", "c)")]
    assert clause(plan, "IV.1.c").text.startswith("Tham mưu cho UBND tỉnh phê duyệt danh mục")
    assert clause(plan, "IV.1.c-2").text.startswith("Phối hợp Sở Văn hóa, Thể thao và Du lịch hướng dẫn")


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("II.2.4", "Thương mại, công nghiệp"),
        ("II.2.5", "Du lịch"),
        ("IV.8", "Sở Văn hóa, Thể thao và Du lịch"),
        ("IV.12", "Đề nghị Chi cục Thuế khu vực XVII – Bộ phận một cửa Vĩnh Long"),
        ("IV.14", "Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh và các tổ chức chính trị - xã hội tỉnh"),
        ("IV.17", "Các doanh nghiệp Bưu chính, Viễn thông - Công nghệ thông tin trên địa bàn tỉnh"),
    ],
)
def test_headings_are_whole_and_renumbered(plan: ParsedDocument, path: str, text: str) -> None:
    assert clause(plan, path).text == text


def test_point_with_a_second_unlettered_paragraph(plan: ParsedDocument) -> None:
    first, second = clause(plan, "II.1.5.b").text.split("\n")
    assert first.endswith("thị trường lao động.")
    assert second.startswith("Tổ chức triển khai Chương trình “Học từ làm việc thực tế”")
    assert second.endswith("đặt hàng của doanh nghiệp.")


def test_hard_wrapped_text_is_whole(plan: ParsedDocument) -> None:
    points = [c for c in plan.clauses if c.label.endswith(")")]
    assert len(points) > 80
    assert [c.path for c in points if c.text[-1] not in ".:;"] == ["II.2.4.a", "II.2.4.b"]
    assert not [c.path for c in points if c.text[0].islower()]


def test_range_broken_over_lines_is_no_bullet(plan: ParsedDocument) -> None:
    assert not [c.path for c in plan.clauses if c.text.startswith("10 năm")]
    assert any("05 - 10 năm tới." in c.text for c in plan.clauses)


@pytest.mark.parametrize(
    ("path", "references"),
    [
        ("IV.1.b", ("II.1.1.a", "II.1.1.b")),
        ("IV.2.b", ("II.1.7.a", "III.3.c", "III.3.d")),
        ("IV.3.a", ("II.1.5.c", "II.2.3")),
        ("IV.3.c", ("II.1.8.a",)),
        ("IV.4.a", ("II.1.5.b",)),
        ("IV.5.b", ("II.2.1",)),
        ("IV.7.b", ("II.2.4",)),
        ("IV.8.a", ("II.1.1.b", "II.1.6.d")),
        ("IV.8.b", ("II.2.5",)),
        ("IV.9.a", ("II.1.4.c", "II.1.9")),
        ("IV.13.b", ("II.1.6", "II.1.7", "II.1.8", "II.2")),
        ("IV.16.e", ("II.1.5.b",)),
    ],
)
def test_references_of_section_four(plan: ParsedDocument, path: str, references: tuple[str, ...]) -> None:
    assert clause(plan, path).references == references


def test_typing_errors_are_mended_for_display(plan: ParsedDocument) -> None:
    text = " ".join(c.text for c in plan.clauses)
    for printed in ("nhiệm vụ xã số", "tại diểm", "Chù trì", "nước ngoài đế tạo"):
        assert printed not in text


def test_yearly_report_is_due_on_15_december(plan: ParsedDocument) -> None:
    assert "15/12" in clause(plan, "IV.1.a").text


def test_article_is_nobodys_official_text(article: ParsedDocument) -> None:
    document = article.document
    assert (document.province, document.number, document.signed_on) == (None, None, None)
    assert not document.official
    assert "không phải chỉ tiêu chính thức của Vĩnh Long" in document.note


def test_article_has_22_goals_and_no_indicator(article: ParsedDocument) -> None:
    goals = [c for c in article.clauses if c.label == "-"]
    assert len(goals) == 22
    assert goals[0].text == "Tỷ trọng kinh tế số đạt 20% GRDP."
    assert article.indicators == ()


def test_reading_errors_of_the_article_are_mended(article: ParsedDocument) -> None:
    text = " ".join(c.text for c in article.clauses)
    for printed in ("ỌĐ", "họp đồng", "gia đỉnh", "tiêu học", "chừa bệnh", "tư vân", "tối thiếu"):
        assert printed not in text
