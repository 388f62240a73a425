"""Annex rows and the records made of them, from made-up tables."""

from __future__ import annotations

from dataclasses import replace

import pytest

from knowledge.agencies import AgencyRegistry
from knowledge.parsing.annexes import AnnexParser
from knowledge.parsing.columns import Columns
from knowledge.parsing.rows import annex_rows
from knowledge.reading import Row, Table
from knowledge.records import Agency, Document, Period, Pillar, Role
from knowledge.registry import Correction, Errata
from tests.knowledge.parsing.lookup import coordinators, leads

_DOCUMENT = Document(
    "kh-ap",
    "5/KH-ẤP",
    "5/KH-ẤP",
    "Kế hoạch trồng cây",
    "Kế hoạch",
    "Ấp Một",
    None,
    None,
    None,
    Period(2031, 2031),
    True,
    "kh-ap.txt",
    "",
)
_AGENCIES = AgencyRegistry(
    (
        Agency("to-vuon", "Tổ vườn", ("Tổ cây",), "commune"),
        Agency("to-nuoc", "Tổ nước, mương và ao", (), "commune"),
        Agency("cac-to", "Các tổ, nhóm", (), "group"),
        Agency("nha-vuon", "Các nhà vườn", (), "enterprise"),
    ),
    {"nha-vuon": ("Nhà vườn",)},
)
_HEADER = ("TT", "Nội dung", "Mục tiêu", "Chủ trì", "Phối hợp")


def _table(*rows: tuple[str, ...], header: tuple[str, ...] = _HEADER) -> Table:
    padded = [(*row, *[""] * (len(header) - len(row))) for row in rows]
    return Table(header, tuple(Row(row, number) for number, row in enumerate(padded, 2)), 1)


def _parsed(*tables: Table, errata: Errata | None = None) -> AnnexParser:
    parser = AnnexParser(_DOCUMENT, _AGENCIES, errata or Errata())
    for number, table in enumerate(tables, 1):
        parser.parse(table, f"PL{number}", alone=len(tables) == 1)
    return parser


def test_groups_of_letters_and_numerals() -> None:
    table = _table(
        ("A", "Cây"),
        ("I", "Cam"),
        ("1", "Trồng"),
        ("II.", "Bưởi"),
        ("1", "Tưới"),
        ("II", "Quýt"),
        ("1", "Hái"),
        ("C", "Nước"),
        ("1.", "Đào"),
        ("", "III. LÚA"),
        ("9", "Cấy"),
        ("IV. AO",),
        ("2", "Thả"),
    )
    rows = annex_rows(table, Columns.of(_HEADER))
    assert [(row.group, row.group_title, row.number) for row in rows] == [
        ("A.I", "Cam", "1"),
        ("A.II", "Bưởi", "1"),
        ("A.II-2", "Quýt", "1"),
        ("C", "Nước", "1"),
        ("C.III", "LÚA", "9"),
        ("C.IV", "AO", "2"),
    ]


def test_row_that_goes_on_behind_a_page_break() -> None:
    table = _table(
        ("1", "Trồng", "10% hộ, gồm", "Tổ vườn"), ("", "", "ấp Một", "", "Tổ cây"), ("2", "Tưới", "5%")
    )
    rows = annex_rows(table, Columns.of(_HEADER))
    assert [row.cells for row in rows] == [
        ("1", "Trồng", "10% hộ, gồm ấp Một", "Tổ vườn", "Tổ cây"),
        ("2", "Tưới", "5%", "", ""),
    ]
    assert [row.line for row in rows] == [2, 4]


def test_unnumbered_row_is_a_row() -> None:
    parser = _parsed(_table(("1", "Trồng", "5%"), ("", "Tưới", "6%"), ("2", "Hái", "7%")))
    assert [i.id for i in parser.indicators] == ["kh-ap:1", "kh-ap:-", "kh-ap:2"]
    assert [i.row for i in parser.indicators] == ["1", None, "2"]


def test_two_unnumbered_rows_have_different_ids() -> None:
    parser = _parsed(_table(("1", "Trồng", "5%"), ("", "Tưới", "6%"), ("", "Hái", "7%")))
    assert [i.id for i in parser.indicators] == ["kh-ap:1", "kh-ap:-", "kh-ap:--2"]


def test_rows_that_restart_are_named_by_annex_and_group() -> None:
    parser = _parsed(_table(("I", "Đến năm 2033"), ("1", "Trồng"), ("II", "Đến hết năm 2035"), ("1", "Tưới")))
    assert [(i.id, i.period) for i in parser.indicators] == [
        ("kh-ap:PL1.I.1", Period(2033, 2033)),
        ("kh-ap:PL1.II.1", Period(2035, 2035)),
    ]


@pytest.mark.parametrize(
    ("title", "pillar"),
    [
        ("KINH TẾ SỐ", Pillar.ECONOMY),
        ("Phát triển xã hội số", Pillar.SOCIETY),
        ("Chính quyền số", Pillar.GOVERNMENT),
        ("Vườn", None),
    ],
)
def test_pillar_by_group(title: str, pillar: Pillar | None) -> None:
    assert _parsed(_table(("I", title), ("1", "Trồng", "5%"))).indicators[0].pillar is pillar


def test_blank_cell_and_absent_column() -> None:
    (row,) = _parsed(_table(("1", "Trồng", "", "", ""))).indicators
    assert (row.target_raw, row.lead_raw, row.coordinator_raw) == ("", "", "")
    assert (row.basis_raw, row.note_raw) == (None, None)
    assert (row.targets, row.assignments, row.bases) == ((), (), ())


def test_agencies_with_commas_in_their_names() -> None:
    (row,) = _parsed(
        _table(("1", "Trồng", "5%", "tổ nước, mương và ao; Nhà vườn", "Các tổ, nhóm, Tổ cây"))
    ).indicators
    assert leads(row) == ["to-nuoc", "nha-vuon"]
    assert coordinators(row) == ["cac-to", "to-vuon"]
    assert [a.raw for a in row.assignments][:2] == ["tổ nước, mương và ao", "Nhà vườn"]


def test_unknown_agency_is_reported() -> None:
    parser = _parsed(_table(("7", "Trồng", "5%", "Tổ vườn và Ban quản lý chợ")))
    assert leads(parser.indicators[0]) == ["to-vuon"]
    assert [(u.line, u.text) for u in parser.unplaced] == [(2, "Ban quản lý chợ")]


def test_agency_named_twice_counts_once() -> None:
    reading = _AGENCIES.read("Tổ vườn, tổ cây", Role.LEAD)
    assert [(a.agency_id, a.raw) for a in reading.assignments] == [("to-vuon", "Tổ vườn")]
    assert reading.unknown == ""


def test_tasks_and_planned_documents() -> None:
    years = ("TT", "Nhiệm vụ", "Chủ trì", "Thời gian thực hiện")
    form = ("TT", "Nội dung", "Loại hình văn bản", "Chủ trì")
    parser = _parsed(
        _table(
            ("1", "Trồng cây giai đoạn 2019 - 2020", "Tổ vườn", "2031 - 2035"),
            ("2", "Tưới", "", "Thường xuyên"),
            ("3", "Hái", "", "Quý IV/2031 - Quý I/2032"),
            header=years,
        ),
        _table(("1", "Nội quy vườn", "Quy chế", "Tổ vườn"), header=form),
    )
    assert [(t.id, t.period, t.planned) for t in parser.tasks] == [
        ("kh-ap:PL1.1", Period(2031, 2035), False),
        ("kh-ap:PL1.2", None, False),
        ("kh-ap:PL1.3", Period(2031, 2032), False),
        ("kh-ap:PL2.1", None, True),
    ]
    assert parser.tasks[1].period_raw == "Thường xuyên"
    assert [t.order for t in parser.tasks] == [1, 2, 3, 4]


def test_errata_mend_the_name_and_leave_the_cells() -> None:
    errata = Errata((Correction("kh-ap", "Trông", "Trồng"),))
    (row,) = _parsed(_table(("1", "Trông cây", "Trông 5 cây")), errata=errata).indicators
    assert (row.name, row.target_raw) == ("Trồng cây", "Trông 5 cây")


def test_table_without_a_name_column_is_reported_whole() -> None:
    parser = _parsed(_table(("1", "5 triệu"), ("2", "6 triệu"), header=("TT", "Kinh phí")))
    assert [u.text for u in parser.unplaced] == ["TT · Kinh phí", "1 · 5 triệu", "2 · 6 triệu"]


def test_row_without_a_name_is_reported() -> None:
    parser = _parsed(_table(("1", "Trồng", "5%"), ("2", "", "6%"), ("3", "Hái", "7%")))
    assert [i.row for i in parser.indicators] == ["1", "3"]
    assert [(u.line, u.text) for u in parser.unplaced] == [(3, "2 · 6%")]


def test_column_of_an_unknown_kind_is_reported_when_it_is_filled() -> None:
    header = (*_HEADER, "Kinh phí", "Nguồn")
    parser = _parsed(_table(("1", "Trồng", "5%", "Tổ vườn", "", "5 triệu", ""), header=header))
    assert [(u.line, u.text) for u in parser.unplaced] == [(1, "Kinh phí")]


def test_document_id_is_part_of_each_id() -> None:
    parser = AnnexParser(replace(_DOCUMENT, id="khac"), _AGENCIES, Errata())
    parser.parse(_table(("1", "Trồng", "5%")), "PL1", alone=True)
    assert parser.indicators[0].id == "khac:1"
