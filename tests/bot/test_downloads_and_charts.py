"""Workbooks read back, pictures decoded, and what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

import openpyxl
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from PIL import Image

from bot import downloads, failures, pictures
from bot.charts import Side, draw, value_text
from bot.sheets import write_workbook
from knowledge.records import Agency, Comparator, Indicator, ParsedDocument, Period, Target
from knowledge.selection import Selection, select
from knowledge.store import Store
from tests.bot.samples import official

NASTY = ["=1+1", "+84", "-5", "@SUM(A1)", "\tx", '=HYPERLINK("http://x";"y")']


def target(value: int, comparator: Comparator = Comparator.EQUAL, unit: str = "%") -> Target:
    return Target(comparator, Decimal(value), None, unit, "", "")


def row(document: str, number: str, name: str, *targets: Target, series: str | None = None) -> Indicator:
    base = official().indicators[0]
    return replace(
        base, id=f"{document}:{number}", document_id=document, row=number, order=int(number), name=name,
        targets=targets, series=series, target_raw="".join(t.raw for t in targets) or "50%", bases=(),
        period=Period(2023, 2023) if document == "54-kh-stttt" else Period(2024, 2024), lead_raw=name,
    )  # fmt: skip


def older() -> ParsedDocument:
    document = replace(
        official().document, id="54-kh-stttt", cite="54/KH-STTTT", number="54/KH-STTTT",
        period=Period(2023, 2023), signed_on=date(2023, 7, 11), file="o.txt", sha256="1" * 64, approval=None,
    )  # fmt: skip
    rows = (
        row("54-kh-stttt", "1", "Tỷ lệ OCOP", target(90), series="54-kh-stttt:1"),
        row("54-kh-stttt", "2", "Số sản phẩm", target(5, unit="sản phẩm"), series="54-kh-stttt:2"),
        row("54-kh-stttt", "3", "Chỉ có trước", target(1)),
    )
    return ParsedDocument(document, (), rows, ())


def newer() -> ParsedDocument:
    nasty = [row("206-qd-ubnd", str(5 + n), text, target(10)) for n, text in enumerate(NASTY)]
    rows = (
        row("206-qd-ubnd", "1", "Tỷ lệ OCOP", target(100), series="54-kh-stttt:1"),
        row(
            "206-qd-ubnd", "2", "Số sản phẩm", target(35, Comparator.OVER, "sản phẩm"), series="54-kh-stttt:2"
        ),
        *nasty,
    )
    return replace(official(), indicators=rows)


@pytest.fixture(scope="module")
def plans(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path = tmp_path_factory.mktemp("plans") / "store.sqlite3"
    with Store.open(f"sqlite:///{path}") as opened:
        opened.replace_agencies([Agency("so-cong-thuong", "Sở Công Thương", (), "tỉnh")])
        opened.replace(older())
        opened.replace(newer())
        yield opened


@pytest.fixture(scope="module")
def http(plans: Store) -> Iterator[TestClient]:
    app = FastAPI()
    failures.install(app)
    app.include_router(downloads.router(plans))
    app.include_router(pictures.router(plans))
    with TestClient(app) as client:
        yield client


def sheet(content: bytes) -> list[tuple[object, ...]]:
    book = openpyxl.load_workbook(BytesIO(content))
    return [tuple(cell.value for cell in line) for line in book["Chỉ tiêu"].iter_rows()]


def test_a_list_has_titles_sources_and_every_row(http: TestClient) -> None:
    response = http.get("/tai-ve/chi-tieu.xlsx", params={"document": "206-qd-ubnd"})
    assert response.status_code == 200
    assert response.headers["content-type"] == downloads.MEDIA
    disposition = response.headers["content-disposition"]
    assert f"filename*=UTF-8''{quote('Danh sách chỉ tiêu 2024.xlsx')}" in disposition
    assert "filename=danh-sach-chi-tieu.xlsx" in disposition
    lines = sheet(response.content)
    assert lines[0][0] == "Danh sách chỉ tiêu, nhiệm vụ"
    assert "206/QĐ-UBND ngày 31/01/2024" in str(lines[1][0])
    assert str(lines[2][0]).startswith("Số dòng: 8 chỉ tiêu, nhiệm vụ. Lập ngày ")
    assert lines[4][:4] == ("TT", "STT trong phụ lục", "Nhóm", "Chỉ tiêu, nhiệm vụ")
    assert [line[0] for line in lines[5:]] == list(range(1, 9))
    assert lines[5][1:5] == ("1", "Kinh tế số", "Tỷ lệ OCOP", "2024")


def test_the_head_stays_and_long_cells_wrap(http: TestClient) -> None:
    content = http.get("/tai-ve/chi-tieu.xlsx", params={"document": "206-qd-ubnd"}).content
    opened = openpyxl.load_workbook(BytesIO(content))["Chỉ tiêu"]
    assert opened.freeze_panes == "A6"
    assert opened.auto_filter.ref == "A5:J13"
    assert opened.column_dimensions["D"].width == 60
    assert all(cell.alignment.wrap_text for cell in opened[6])


def test_text_never_becomes_a_formula(http: TestClient) -> None:
    content = http.get("/tai-ve/chi-tieu.xlsx", params={"document": "206-qd-ubnd"}).content
    opened = openpyxl.load_workbook(BytesIO(content))["Chỉ tiêu"]
    names = {cell.value: cell for cell in opened["D"]}
    for text in NASTY:
        assert names[text].data_type == "s"
        assert names[text].quotePrefix
    assert all(cell.data_type != "f" for line in opened.iter_rows() for cell in line)


def test_control_characters_do_not_break_the_file(plans: Store, tmp_path: Path) -> None:
    found = select(plans, Selection("206-qd-ubnd"))
    item = found.items[0]
    odd = replace(item, indicator=replace(item.indicator, name="a\x00b\x0b\ud800c" + "x" * 40_000))
    target_file = tmp_path / "x.xlsx"
    with target_file.open("wb") as file:
        write_workbook(file, replace(found, items=(odd,)), {}, date(2026, 11, 22))
    name = str(sheet(target_file.read_bytes())[5][3])
    assert name.startswith("abcxxx")
    assert len(name) == 32_000


def test_changes_have_both_sides(http: TestClient) -> None:
    query = {"document": "206-qd-ubnd", "older": "54-kh-stttt", "change": ["up", "gone"]}
    response = http.get("/tai-ve/chi-tieu.xlsx", params=query)
    assert quote("Danh sách chỉ tiêu 2024 so với 2023.xlsx") in response.headers["content-disposition"]
    lines = sheet(response.content)
    assert lines[5][:6] == ("TT", "STT mới", "STT cũ", "Nhóm", "Chỉ tiêu, nhiệm vụ", "Thay đổi")
    assert [line[1:3] + line[5:6] for line in lines[6:]] == [
        ("1", "1", "tăng"),
        ("2", "2", "tăng"),
        ("–", "3", "không còn"),
    ]


@pytest.mark.parametrize(
    "query",
    [
        "",
        "document=khong-co",
        "document=../../etc/passwd",
        "document=206-qd-ubnd&other=1",
        "document=206-qd-ubnd&bound=over:x:%25",
        "document=206-qd-ubnd&bound=over:1e999999:%25",
        "document=206-qd-ubnd&change=up",
        "document=206-qd-ubnd&change=sideways&older=54-kh-stttt",
        "document=206-qd-ubnd&agency=khong-co",
        "document=206-qd-ubnd&role=boss",
        "document=206-qd-ubnd&words=" + "x" * 300,
    ],
)
def test_a_list_that_cannot_be_made_is_refused(http: TestClient, query: str) -> None:
    response = http.get(f"/tai-ve/chi-tieu.xlsx?{query}")
    assert response.status_code == 422
    error = response.json()["error"]
    assert error["code"] == "invalid_request"
    assert error["detail"]
    assert "passwd" not in response.text


def test_a_chart_is_a_picture_that_may_be_kept(http: TestClient) -> None:
    response = http.get("/bieu-do/206-qd-ubnd:2.png?year=2023&year=2024")
    assert response.headers["content-type"] == "image/png"
    with Image.open(BytesIO(response.content)) as picture:
        picture.load()
        assert picture.size == (780, 520)
        colours = picture.convert("RGB").getcolors(picture.width * picture.height) or []
    assert (11, 107, 67) in {colour for _, colour in colours}
    again = http.get("/bieu-do/54-kh-stttt:2.png", headers={"if-none-match": response.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_higher_value_stands_higher(plans: Store) -> None:
    twins = plans.series("54-kh-stttt:1")
    picture = draw(tuple(Side(twin, "nguồn") for twin in twins))
    assert picture is not None
    with Image.open(BytesIO(picture)) as opened:
        pixels = opened.convert("RGB")
    tops = []
    for middle in (0.29, 0.73):
        column = [pixels.getpixel((int(middle * pixels.width), y)) for y in range(pixels.height)]
        tops.append(column.index((11, 107, 67)))
    assert tops[0] > tops[1]


@pytest.mark.parametrize(
    "path",
    [
        "khong-co",
        "206-qd-ubnd:5",
        "54-kh-stttt:3",
        "206-qd-ubnd:1.png?year=2024&x=",
        "x" * 500,
        "..%2F..%2Fx",
    ],
)
def test_no_chart_without_comparable_numbers(http: TestClient, path: str) -> None:
    response = http.get(f"/bieu-do/{path}.png")
    assert response.status_code in (404, 422)
    assert set(response.json()["error"]) == {"code", "message", "detail"}


def test_one_year_alone_is_no_chart(http: TestClient) -> None:
    assert http.get("/bieu-do/206-qd-ubnd:1.png?year=2024").status_code == 404
    assert http.get("/bieu-do/206-qd-ubnd:1.png?year=9999").status_code == 422
    assert http.get("/bieu-do/206-qd-ubnd:1.png?colour=red").status_code == 422


def test_values_keep_their_comparators() -> None:
    assert value_text(target(35, Comparator.OVER, "sản phẩm")) == "trên 35 sản phẩm"
    assert value_text(target(90)) == "90%"
    ranged = Target(Comparator.RANGE, Decimal(15), Decimal("20.5"), "%", "", "")
    assert value_text(ranged) == "15–20,5%"
