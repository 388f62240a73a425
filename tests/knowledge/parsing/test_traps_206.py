"""Where a parser goes wrong in Phụ lục 2 of 206/QĐ-UBND: each trap with the value read in the source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date

import pytest

from knowledge.records import Comparator, ParsedDocument, Pillar
from tests.knowledge.parsing.lookup import coordinators, indicator, leads, value, values


@pytest.fixture
def annex(parsed: Mapping[str, ParsedDocument]) -> ParsedDocument:
    return parsed["206-qd-ubnd"]


def test_147_rows_and_no_repeated_header(annex: ParsedDocument) -> None:
    assert [i.row for i in annex.indicators if i.row] == [str(n) for n in range(1, 147)]
    assert len(annex.indicators) == 147
    assert not [i for i in annex.indicators if "trọng tâm năm 2024" in i.name]
    assert annex.unplaced == ()


def test_pillars(annex: ParsedDocument) -> None:
    """The heading of the third group has no leading tab."""
    counted = Counter(i.pillar for i in annex.indicators)
    assert counted == {Pillar.GOVERNMENT: 77, Pillar.ECONOMY: 32, Pillar.SOCIETY: 38}
    assert indicator(annex, "77").pillar == Pillar.GOVERNMENT
    assert indicator(annex, "78").pillar == Pillar.ECONOMY
    assert indicator(annex, "110").pillar == Pillar.SOCIETY


def test_row_29_goes_on_behind_a_page_break(annex: ParsedDocument) -> None:
    row = indicator(annex, "29")
    assert row.target_raw == (
        "25% đơn vị, trong đó: + cấp tỉnh: Sở Văn hóa, TT&DL, Sở Công Thương,"
        " Sở NN& PTNT, Sở Nội vụ, Sở GD&ĐT"
        " + cấp huyện: UBND tp Vĩnh Long, UBND tx Bình Minh"
        " + cấp xã: mỗi huyện, thị xã, thành phố chọn 25% đơn vị"
    )
    assert leads(row) == ["so-tttt"]
    assert [t.comparator for t in row.targets] == [
        Comparator.EQUAL,
        Comparator.TEXT,
        Comparator.TEXT,
        Comparator.EQUAL,
    ]
    assert [value(row.targets[0]), value(row.targets[3])] == [
        "= 25 % đơn vị",
        "= 25 % đơn vị | cấp xã (mỗi huyện, thị xã, thành phố chọn)",
    ]


def test_the_unnumbered_row_stands_between_111_and_112(annex: ParsedDocument) -> None:
    order = [i.id.split(":")[1] for i in annex.indicators]
    assert order[order.index("111") : order.index("112") + 1] == ["111", "-", "112"]
    row = indicator(annex, "-")
    assert row.row is None
    assert row.name == "Tỷ lệ đơn vị cấp xã được phủ hạ tầng mạng băng rộng cáp quang"
    assert values(row) == ["= 100 %"]


def test_the_last_row_has_no_newline(annex: ParsedDocument) -> None:
    row = indicator(annex, "146")
    assert leads(row) == ["so-xd"]
    assert row.coordinator_raw == "Sở, ban, ngành, UBND cấp huyện, UBND cấp xã"


def test_row_133_has_a_second_lead_glued_on(annex: ParsedDocument) -> None:
    row = indicator(annex, "133")
    assert leads(row) == ["truong-thpt-gdnn", "so-gddt"]
    assert coordinators(row) == ["so-gddt"]


def test_rows_62_and_137_are_one_indicator_but_62_has_no_coordinator(annex: ParsedDocument) -> None:
    first, second = indicator(annex, "62"), indicator(annex, "137")
    assert first.name == second.name
    assert (first.coordinator_raw, coordinators(first)) == ("", [])
    assert coordinators(second) == ["so-tttt", "bao-chi"]


def test_row_1_has_one_agency_in_both_columns(annex: ParsedDocument) -> None:
    row = indicator(annex, "1")
    assert (leads(row), coordinators(row)) == (["vp-ubnd"], ["vp-ubnd"])


def test_blank_coordinators(annex: ParsedDocument) -> None:
    assert [i.row for i in annex.indicators if i.coordinator_raw == ""] == ["62", "63", "64", "97", "132"]


def test_no_column_of_legal_bases(annex: ParsedDocument) -> None:
    assert {i.basis_raw for i in annex.indicators} == {None}


def test_13_targets_are_over_their_figure(annex: ParsedDocument) -> None:
    over = [i.row for i in annex.indicators if any(t.comparator == Comparator.OVER for t in i.targets)]
    assert over == ["6", "21", "22", "41", "55", "82", "86", "92", "116", "123", "128", "131", "136"]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (
            "39",
            [
                "= 10 % đơn vị",
                "= 4 phường | tp Vĩnh Long",
                "= 1 xã | Bình Minh",
                "= 1 xã | Bình Tân",
                "= 1 xã | Long Hồ",
                "= 1 xã | Tam Bình",
                "= 1 xã | Mang Thít",
                "= 1 xã | Trà Ôn",
                "= 1 xã | Vũng Liêm",
            ],
        ),
        ("40", ["= 20 % đơn vị | UBND tp Vĩnh Long, UBND huyện Tam Bình"]),
        ("42", ["= 70 % đơn vị cấp xã | mỗi huyện, tx, tp chọn"]),
        ("43", ["= 30 % đơn vị cấp xã | mỗi huyện, tx, tp chọn"]),
        (
            "96",
            [
                "= 20 %",
                "= 40 % | có số thanh toán thực hiện qua các tổ chức cung ứng dịch vụ trung gian thanh toán",
            ],
        ),
        ("100", ["= 300 cá nhân, cơ sở, doanh nghiệp", "= 600 sản phẩm", "= 100 giao dịch"]),
        ("82", ["> 35 sản phẩm"]),
        ("92", ["> 370"]),
        ("35", ["= 2 chuyên gia"]),
    ],
)
def test_composite_targets(annex: ParsedDocument, row: str, expected: list[str]) -> None:
    assert values(indicator(annex, row)) == expected


def test_row_30_names_nine_departments(annex: ParsedDocument) -> None:
    whole, province, districts, communes = indicator(annex, "30").targets
    assert value(whole) == "= 50 % đơn vị"
    assert province.part == "cấp tỉnh"
    assert province.raw.endswith("Sở Tài nguyên và MT, Sở Y tế, Sở KHCHN")
    assert districts.raw.startswith("cấp huyện: UBND tp Vĩnh Long")
    assert value(communes) == "= 50 % đơn vị cấp xã | cấp xã (mỗi huyện, thị xã, thành phố chọn)"


@pytest.mark.parametrize(
    ("row", "target", "lead"),
    [
        ("28", "10%", ["thanh-tra"]),
        ("67", "50%", ["so-nganh", "ubnd-huyen", "ubnd-xa"]),
        ("4", "100%", ["vp-ubnd"]),
        ("50", "100%", ["ubnd-huyen", "ubnd-xa"]),
        ("11", "100%", ["so-nganh"]),
        ("12", "100%", ["ubnd-huyen"]),
        ("13", "100%", ["ubnd-xa"]),
        ("57", "100%", ["so-nganh"]),
        ("58", "100%", ["ubnd-huyen"]),
        ("59", "100%", ["ubnd-xa"]),
        ("60", "90%", ["so-nganh", "ubnd-huyen", "ubnd-xa"]),
        ("62", "80%", ["truong-dhcd"]),
        ("37", "Tiếp tục triển khai", ["so-khcn"]),
        ("82", ">35 sản phẩm", ["so-khcn", "so-nnptnt"]),
        ("84", "80%", ["ubnd-huyen"]),
        ("88", "5%", ["so-khdt"]),
        ("136", ">60%", ["truong-dhcd"]),
    ],
)
def test_near_duplicates_keep_their_own_values(
    annex: ParsedDocument, row: str, target: str, lead: list[str]
) -> None:
    assert (indicator(annex, row).target_raw, leads(indicator(annex, row))) == (target, lead)


@pytest.mark.parametrize(
    ("row", "shown", "printed"),
    [
        ("100", "Phấn đấu thu hút", "Phần đầu"),
        ("133", "dịch vụ đọc hạn chế", "độc hạn chế"),
        ("66", "Cổng/trang", "Công/trang"),
        ("76", "chuyển đổi số", "chuyên đổi số"),
    ],
)
def test_typing_errors_are_mended_for_display(
    annex: ParsedDocument, row: str, shown: str, printed: str
) -> None:
    assert shown in indicator(annex, row).name
    assert printed not in indicator(annex, row).name


def test_raw_cells_keep_their_typing_errors(annex: ParsedDocument) -> None:
    assert "Sở KHCHN" in (indicator(annex, "30").target_raw or "")
    assert (indicator(annex, "104").lead_raw or "").endswith("Sở NN&PNTN")


def test_document_is_dated_by_its_decision(annex: ParsedDocument) -> None:
    assert annex.document.signed_on == date(2024, 1, 31)
    assert [c.path for c in annex.clauses] == ["Phụ lục 2.mo-dau"]
