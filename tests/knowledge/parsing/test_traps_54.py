"""Where a parser goes wrong in 54/KH-STTTT: each trap with the value that a person reads in the source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date

import pytest

from knowledge.records import Comparator, ParsedDocument, Pillar
from tests.knowledge.parsing.lookup import clause, coordinators, indicator, leads, values


@pytest.fixture
def plan(parsed: Mapping[str, ParsedDocument]) -> ParsedDocument:
    return parsed["54-kh-stttt"]


def test_71_rows_without_the_filler_rows(plan: ParsedDocument) -> None:
    assert [i.row for i in plan.indicators] == [str(n) for n in range(1, 72)]
    pillars = [i.pillar for i in plan.indicators]
    assert pillars == [Pillar.ECONOMY] * 32 + [Pillar.SOCIETY] * 39
    assert plan.unplaced == ()


def test_approval_and_signature(plan: ParsedDocument) -> None:
    document = plan.document
    assert (document.signed_on, document.signer) == (date(2023, 7, 11), "Đoàn Hồng Hạnh")
    assert document.approval is not None
    assert document.approval.signed_on == date(2023, 7, 19)
    assert document.approval.signer == "Phó Chủ tịch Nguyễn Thị Quyên Thanh"


def test_rows_around_filler_rows(plan: ParsedDocument) -> None:
    rows = {"24": "30%", "25": "30%", "26": "03", "53": "10%", "54": "30%", "55": "20%", "56": "200 lượt"}
    assert {row: indicator(plan, row).target_raw for row in rows} == rows


def test_row_19_holds_a_total_and_a_share_of_it(plan: ParsedDocument) -> None:
    row = indicator(plan, "19")
    assert row.target_raw == "20% 40%"
    part = "có số thanh toán thực hiện qua các tổ chức cung ứng dịch vụ trung gian thanh toán"
    assert values(row) == ["= 20 %", f"= 40 % | {part}"]


def test_row_23_holds_three_values_on_lines_of_their_own(plan: ParsedDocument) -> None:
    assert values(indicator(plan, "23")) == [
        "= 300 cá nhân, cơ sở, doanh nghiệp",
        "= 600 sản phẩm",
        "= 100 giao dịch",
    ]


def test_row_12_has_its_second_value_in_the_name(plan: ParsedDocument) -> None:
    row = indicator(plan, "12")
    assert row.target_raw == "70%"
    assert values(row) == ["= 70 %", "= 30 % | trong số này phát sinh giao dịch và chia sẻ thông tin"]


def test_row_45_says_for_whom(plan: ParsedDocument) -> None:
    row = indicator(plan, "45")
    assert row.target_raw == "100% (hộ gia đình xã nông thôn mới nâng cao)"
    assert values(row) == ["= 100 % | (hộ gia đình xã nông thôn mới nâng cao)"]


@pytest.mark.parametrize(("row", "figure"), [("13", "= 50"), ("15", "= 100"), ("26", "= 3")])
def test_plain_numbers_are_no_percentages(plan: ParsedDocument, row: str, figure: str) -> None:
    assert values(indicator(plan, row)) == [figure]
    assert indicator(plan, row).targets[0].unit == ""


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("Thường xuyên", [29, 30, 31, 32, 62]),
        ("Hoàn thành các mục tiêu của Kế hoạch", [17, 27, 28, 63, 64, 65, 66, 67, 68, 69, 70, 71]),
        ("Đề ra giải pháp thực hiện", [46]),
    ],
)
def test_targets_in_words(plan: ParsedDocument, text: str, rows: list[int]) -> None:
    found = [i for i in plan.indicators if i.target_raw == text]
    assert [int(i.row or 0) for i in found] == rows
    assert all([t.comparator for t in i.targets] == [Comparator.TEXT] for i in found)


def test_blank_cells_stay_blank(plan: ParsedDocument) -> None:
    assert [i.row for i in plan.indicators if i.basis_raw == ""] == ["43"]
    assert indicator(plan, "43").bases == ()
    assert [i.row for i in plan.indicators if i.coordinator_raw == ""] == ["56"]
    assert coordinators(indicator(plan, "56")) == []


def test_row_3_omits_the_second_so(plan: ParsedDocument) -> None:
    row = indicator(plan, "3")
    assert row.lead_raw == "Sở Công Thương, Nông nghiệp và PTNT"
    assert leads(row) == ["so-ct", "so-nnptnt"]


@pytest.mark.parametrize("row", ["27", "28", "29"])
def test_misspelt_agriculture_department(plan: ParsedDocument, row: str) -> None:
    assert leads(indicator(plan, row)) == ["so-khdt", "so-ct", "so-nnptnt"]
    assert (indicator(plan, row).lead_raw or "").endswith("Sở NN&PNTN")


def test_state_bank_in_short(plan: ParsedDocument) -> None:
    assert leads(indicator(plan, "19")) == ["nhnn", "ngan-hang"]


def test_spellings_of_the_labour_department(plan: ParsedDocument) -> None:
    rows = [i for i in plan.indicators if leads(i) == ["so-ldtbxh"]]
    assert [i.row for i in rows] == ["46", "62", "64", "65"]
    assert {i.lead_raw for i in rows} == {
        "Sở Lao động, Thương binh và Xã hội",
        "Sở Lao động, Thương binh và xã hội",
        "Sở Lao động, thương binh và xã hội",
    }


def test_names_with_commas_stay_whole(plan: ParsedDocument) -> None:
    row = indicator(plan, "1")
    assert row.coordinator_raw == "Các sở, ban, ngành, UBND cấp huyện, UBND cấp xã"
    assert coordinators(row) == ["so-nganh", "ubnd-huyen", "ubnd-xa"]
    assert leads(indicator(plan, "57")) == ["truong-thpt-gdnn"]


def test_number_07_is_two_documents(plan: ParsedDocument) -> None:
    numbers = Counter(basis.number for i in plan.indicators for basis in i.bases)
    assert numbers["07-NQ/TU"] == 27
    plans = [i for i in plan.indicators if any(b.number == "07/KH-UBND" for b in i.bases)]
    assert [i.row for i in plans] == ["8", "9", "10", "11"]
    assert plans[0].bases[0].issued_on == date(2022, 2, 17)


def test_the_bullets_of_part_one_are_the_71_rows(plan: ParsedDocument) -> None:
    bullets = [c for c in plan.clauses if c.path.startswith(("I.1.", "I.2.")) and c.label == "-"]
    assert len(bullets) == 71
    for bullet, row in zip(bullets, plan.indicators, strict=True):
        assert bullet.text.startswith(row.name[:28])


def test_bullet_paths_and_trails(plan: ParsedDocument) -> None:
    assert clause(plan, "I.1.3").trail == ("I. MỤC TIÊU", "1. Phát triển kinh tế số")
    assert clause(plan, "I.1.3").text.endswith("nội địa: 90%")
    assert clause(plan, "I.2.39").trail == ("I. MỤC TIÊU", "2. Phát triển xã hội số")


def test_point_with_a_second_unlettered_paragraph(plan: ParsedDocument) -> None:
    text = clause(plan, "II.1.5.b").text
    first, second = text.split("\n")
    assert first.startswith("Tổ chức triển khai nền tảng số kết nối các cơ sở đào tạo")
    assert second.startswith("Tổ chức triển khai Chương trình “Học từ làm việc thực tế”")


@pytest.mark.parametrize(
    ("path", "references"),
    [
        ("IV.1.b", ("II.1.1.a", "II.1.1.b", "II.1.8", "II.1.9")),
        ("IV.2.b", ("II.1.7.a", "III.3.c", "III.3.d")),
        ("IV.2.c", ("III.6",)),
        ("IV.3.b", ("III.6",)),
        ("IV.4", ("II.1.5.b",)),
        ("IV.5.a", ("II.1.5.c",)),
        ("IV.11.a", ("II.1.4.c",)),
        ("IV.15.b", ("II.1.6", "II.1.7", "II.1.8", "II.2")),
        ("IV.18.e", ("II.1.5.b",)),
    ],
)
def test_references_of_section_four(plan: ParsedDocument, path: str, references: tuple[str, ...]) -> None:
    assert clause(plan, path).references == references


def test_no_other_clause_refers(plan: ParsedDocument) -> None:
    assert sum(bool(c.references) for c in plan.clauses) == 9


def test_decision_and_plan_keep_apart(plan: ParsedDocument) -> None:
    assert clause(plan, "QĐ.Điều 1").text.startswith("Phê duyệt Kế hoạch")
    assert clause(plan, "QĐ.noi-nhan").text.endswith("Nguyễn Thị Quyên Thanh")
    assert clause(plan, "noi-nhan").text.endswith("Đoàn Hồng Hạnh")


def test_points_skip_f_and_use_d_with_stroke(plan: ParsedDocument) -> None:
    assert [c.label for c in plan.clauses if c.path.startswith("II.2.2.")] == [
        "a)",
        "b)",
        "c)",
        "d)",
        "đ)",
        "e)",
        "g)",
        "h)",
    ]
