"""Where a parser goes wrong in 67/KH-UBND: each trap with the value that a person reads in the source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import pytest

from knowledge.records import ParsedDocument, Period
from tests.knowledge.parsing.lookup import clause, coordinators, indicator, leads, task, values

_OWNERLESS = ("Tham mưu UBND tỉnh bố trí vốn đầu tư", "Tham mưu UBND tỉnh ưu tiên bố trí kinh phí")


@pytest.fixture
def plan(parsed: Mapping[str, ParsedDocument]) -> ParsedDocument:
    return parsed["67-kh-ubnd"]


def test_text_of_the_web_page_is_reported_not_parsed(plan: ParsedDocument) -> None:
    assert [u.text[:15] for u in plan.unplaced] == [
        "Ý kiến bạn đọc",
        "Nhấp vào nút tạ",
        "Màn hình hiện l",
        "Bạn cũng có thể",
        "Để tăng độ chín",
    ]
    assert [u.line for u in plan.unplaced] == [645, 646, 647, 648, 649]
    assert not any("giọng nói" in c.text or "micro" in c.text for c in plan.clauses)


def test_first_annex_restarts_at_1_for_2030(plan: ParsedDocument) -> None:
    assert [i.id.split(":")[1] for i in plan.indicators] == [
        *(f"PL1.I.{n}" for n in range(1, 13)),
        *(f"PL1.II.{n}" for n in range(1, 8)),
    ]
    assert {i.period for i in plan.indicators if ".I." in i.id} == {Period(2025, 2025)}
    assert {i.period for i in plan.indicators if ".II." in i.id} == {Period(2030, 2030)}


def test_blank_coordinators_of_the_first_annex(plan: ParsedDocument) -> None:
    blank = [i.id.split(":")[1] for i in plan.indicators if not i.coordinator_raw]
    assert blank == ["PL1.I.9", "PL1.II.5", "PL1.II.6", "PL1.II.7"]


def test_a_lead_that_coordinates_too(plan: ParsedDocument) -> None:
    row = indicator(plan, "PL1.II.1")
    assert leads(row) == ["vp-ubnd"]
    assert coordinators(row) == ["vp-ubnd", "so-nganh", "ubnd-huyen"]


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        (
            "PL1.I.2",
            [
                "= 90 % | hồ sơ công việc tại cấp tỉnh",
                "= 80 % | hồ sơ công việc tại cấp huyện",
                "= 60 % | hồ sơ công việc tại cấp xã được xử lý trên môi trường mạng",
            ],
        ),
        ("PL1.I.7", ["= 10 % | GRDP"]),
        ("PL1.I.8", [">= 10 %"]),
        ("PL1.I.10", ["> 80 % | hộ gia đình", "= 100 % | xã"]),
        ("PL1.I.12", ["> 50 %"]),
        ("PL1.II.1", ["= 100 % | dịch vụ công trực tuyến mức độ 4"]),
        ("PL1.II.5", [".. 15 %–20 | GRDP"]),
        ("PL1.I.4", []),
    ],
)
def test_values_inside_the_names(plan: ParsedDocument, key: str, expected: list[str]) -> None:
    row = indicator(plan, key)
    assert row.target_raw is None
    assert values(row) == expected


def test_lead_of_the_digital_economy_is_the_planning_department(plan: ParsedDocument) -> None:
    assert leads(indicator(plan, "PL1.I.7")) == ["so-khdt"]


def test_sixteen_documents_and_three_programmes(plan: ParsedDocument) -> None:
    planned = [t for t in plan.tasks if t.planned]
    assert Counter(t.group for t in planned) == {"I": 16, "II": 3}
    assert all(t.annex == "PL2" and t.period is None for t in planned)
    row = task(plan, "PL2.I.12")
    assert (row.form, row.coordinator_raw) == ("Quyết định", "Văn phòng UBND tỉnh, sở Nôi vụ")
    assert coordinators(row) == ["vp-ubnd", "so-nv"]


def test_third_annex_keeps_its_two_groups_v(plan: ParsedDocument) -> None:
    groups = Counter(t.group for t in plan.tasks if not t.planned)
    assert groups == {
        "A.I": 4,
        "A.II": 6,
        "A.III": 5,
        "A.V": 8,
        "A.V-2": 9,
        "A.VI": 5,
        "C": 4,
        "D": 7,
        "E": 2,
    }
    assert task(plan, "PL3.A.V.1").group_title == "Nhóm nhiệm vụ xây dựng nền tảng số"
    assert task(plan, "PL3.A.V-2.1").group_title == "Nhóm nhiệm vụ đảm bảo an toàn thông tin"


def test_years_of_the_tasks(plan: ParsedDocument) -> None:
    years = Counter(t.period for t in plan.tasks if not t.planned)
    assert years == {Period(2021, 2025): 46, Period(2021, 2030): 3, Period(2020, 2030): 1}
    assert task(plan, "PL3.A.V.6").period == Period(2020, 2030)
    assert [task(plan, f"PL3.A.II.{n}").period for n in (1, 2, 3)] == [Period(2021, 2030)] * 3


def test_years_in_a_name_are_not_the_years_of_the_task(plan: ParsedDocument) -> None:
    row = task(plan, "PL3.A.II.4")
    assert row.name.endswith("giai đoạn 2019 - 2025")
    assert row.period == Period(2021, 2025)


def test_a_task_with_two_leads(plan: ParsedDocument) -> None:
    assert leads(task(plan, "PL3.D.4")) == ["so-tttt", "dn-vt"]


def test_record_ids_are_unique(plan: ParsedDocument) -> None:
    ids = [*(i.id for i in plan.indicators), *(t.id for t in plan.tasks)]
    assert len(ids) == len(set(ids)) == 19 + 19 + 50


def test_goals_that_the_first_annex_lacks(plan: ParsedDocument) -> None:
    assert clause(plan, "2.1.a.2").text.startswith("100% chế độ báo cáo")
    assert "giảm 30% thủ tục hành chính" in clause(plan, "2.2.a.3").text
    assert clause(plan, "2.2.c.3").text == "Tỷ lệ dân số có tài khoản thanh toán điện tử trên 80%."


def test_numbers_that_restart_open_new_parts(plan: ParsedDocument) -> None:
    """The Roman headings are lost, except "VI."."""
    assert clause(plan, "1").text.startswith("Về nhận thức")
    assert clause(plan, "1-2").text == "Mục tiêu tổng quát"
    assert clause(plan, "2.1").trail == ("2. Mục tiêu cơ bản",)
    assert clause(plan, "VI").text == "NHIỆM VỤ, GIẢI PHÁP VÀ ƯU TIÊN CHUYỂN ĐỔI SỐ"
    assert clause(plan, "VI.2").trail == ("VI. NHIỆM VỤ, GIẢI PHÁP VÀ ƯU TIÊN CHUYỂN ĐỔI SỐ",)
    assert clause(plan, "1-3").trail == ()


@pytest.mark.parametrize("start", _OWNERLESS)
def test_lines_whose_agency_is_lost_are_given_to_nobody(plan: ParsedDocument, start: str) -> None:
    found = next(c for c in plan.clauses if c.text.startswith(start))
    assert found.trail == ()
    assert "mất tiêu đề cơ quan" in found.note


@pytest.mark.parametrize(
    "start",
    ["Tổ chức triển khai các chương trình hỗ trợ phát triển hệ sinh thái", "Nghiên cứu đề xuất cơ chế"],
)
def test_lines_that_may_belong_to_another_department(plan: ParsedDocument, start: str) -> None:
    found = next(c for c in plan.clauses if c.text.startswith(start))
    assert found.trail == ()
    assert "chưa chắc" in found.note


def test_the_departments_own_lines_stay_its_own(plan: ParsedDocument) -> None:
    assert clause(plan, "2-4.1").trail == ("2. Sở Thông tin và Truyền thông",)
    assert clause(plan, "2-4.1").note == ""


def test_annex_titles_are_no_part_of_the_signature(plan: ParsedDocument) -> None:
    assert clause(plan, "noi-nhan").text == "KT. CHỦ TỊCH"
    assert clause(plan, "PL2.mo-dau").text.startswith("HỆ THỐNG CÁC VĂN BẢN, CHƯƠNG TRÌNH\n")


def test_list_of_annexes_is_no_part_of_the_last_point(plan: ParsedDocument) -> None:
    assert "phụ lục" not in clause(plan, "VI.4.g").text.lower()
    assert clause(plan, "VI.4.p2").text == "(Các phụ lục kèm theo)"
