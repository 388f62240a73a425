"""Legal bases, references between clauses, and what the columns of an annex hold."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.parsing.bases import parse_bases
from knowledge.parsing.columns import Column, Columns
from knowledge.parsing.references import resolve


@pytest.mark.parametrize(
    ("cell", "number", "day"),
    [
        ("Nghị quyết số 12-NQ/TU ngày 03/4/2022", "12-NQ/TU", date(2022, 4, 3)),
        ("Kế hoạch 09/KH-UBND, ngày 26/01/2021", "09/KH-UBND", date(2021, 1, 26)),
        ("Quyết định số 20/2020/QĐ-TTg", "20/2020/QĐ-TTg", None),
        ("Công văn số 1064/BTTTT-KTS&XHS, ngày 31/3/2023", "1064/BTTTT-KTS&XHS", date(2023, 3, 31)),
        ("Nghị định số 47/2020/NĐ-CP ngày 31/02/2020", "47/2020/NĐ-CP", None),
    ],
)
def test_bases(cell: str, number: str, day: date | None) -> None:
    (basis,) = parse_bases(cell)
    assert (basis.number, basis.issued_on, basis.raw) == (number, day, cell)


def test_several_bases_in_printed_order() -> None:
    found = parse_bases("Kế hoạch số 5/KH-UBND ngày 01/02/2022; Nghị quyết số 5-NQ/TU; theo đề nghị của ấp")
    assert [basis.number for basis in found] == ["5/KH-UBND", "5-NQ/TU"]


def test_no_basis() -> None:
    assert parse_bases("") == parse_bases("Theo kế hoạch của ấp") == ()


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ("việc tại điểm b nội dung 1.5 khoản 1 Mục II", ("II.1.5.b",)),
        (
            "việc tại điểm a, điểm b nội dung 1.1, nội dung 1.8 khoản 1 Mục II",
            ("II.1.1.a", "II.1.1.b", "II.1.8"),
        ),
        ("giải pháp tại điểm c,d khoản 3 Mục III", ("III.3.c", "III.3.d")),
        ("việc tại khoản 6 Mục III", ("III.6",)),
        ("việc tại khoản 1, khoản 2 Mục II", ("II.1", "II.2")),
        ("điểm 1.6, 1.7 khoản 1, khoản 2 Mục II", ("II.1.6", "II.1.7", "II.2")),
        ("việc tại diểm a nội dung 1.2 Mục II và khoản 4 mục III", ("II.1.2.a", "III.4")),
        ("việc tại khoản 2 Mục II. Việc tại khoản 2 Mục II", ("II.2",)),
        ("điểm nóng về nước; Mục tiêu", ()),
        ("nội dung của kế hoạch", ()),
    ],
)
def test_references(text: str, paths: tuple[str, ...]) -> None:
    assert resolve(text) == paths


@given(
    st.lists(
        st.sampled_from(["điểm", "a", "đ", ",", "khoản", "1", "nội dung", "1.5", "Mục", "II", "và", "."])
    )
)
def test_any_reference_text(words: list[str]) -> None:
    paths = resolve(" ".join(words))
    assert len(set(paths)) == len(paths)
    assert all(path.startswith("II.") for path in paths)


def test_columns_by_header() -> None:
    columns = Columns.of(
        ("Số TT", "Nội dung chỉ tiêu", "Chỉ tiêu năm 2031", "Đơn vị chủ trì", "Phối hợp", "Ghi chú")
    )
    assert columns.places == {
        Column.ROW: 0,
        Column.NAME: 1,
        Column.TARGET: 2,
        Column.LEAD: 3,
        Column.COORDINATOR: 4,
        Column.NOTE: 5,
    }


def test_name_column_may_say_tieu_too() -> None:
    columns = Columns.of(
        ("TT", "Chỉ tiêu, nhiệm vụ trọng tâm năm 2031", "Chỉ tiêu năm 2031", "Cơ quan chủ trì")
    )
    assert columns.places[Column.NAME] == 1
    assert columns.places[Column.TARGET] == 2


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("Năm thực hiện", Column.YEARS),
        ("Thời gian hoàn thành", Column.YEARS),
        ("Loại hình văn bản", Column.FORM),
        ("Căn cứ pháp lý", Column.BASIS),
        ("CƠ QUAN\nPHỐI HỢP", Column.COORDINATOR),
        ("STT", Column.ROW),
        ("Mục tiêu", Column.TARGET),
    ],
)
def test_kinds_of_columns(header: str, column: Column) -> None:
    assert Columns.of((header,)).places == {column: 0}


def test_unknown_column_is_left_out_and_has_no_cell() -> None:
    columns = Columns.of(("TT", "Kinh phí"))
    assert columns.cell(("1", "5 triệu"), Column.NAME) is None
    assert columns.cell(("1", "5 triệu"), Column.ROW) == "1"


def test_a_roman_number_ends_where_its_word_ends() -> None:
    assert resolve("điểm a nội dung 1.5 khoản 1 Mục và các nội dung khác") == ()
