"""Limits of lists in messages: values, changes, kinds of target, blank cells."""

from __future__ import annotations

from pathlib import Path

import pytest

from nlu.entities import EntityReader
from nlu.lexicon import load_lexicon
from vietnamese import normalise

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ROOT / "knowledge" / "sources"


@pytest.fixture(scope="module")
def reader() -> EntityReader:
    lexicon = load_lexicon(ROOT / "data" / "lexicon.yml", SOURCES / "agencies.yml", SOURCES / "registry.yml")
    return EntityReader(lexicon)


def read(reader: EntityReader, text: str, kind: str) -> list[str]:
    return [entity.value for entity in reader.read(normalise(text).text) if entity.entity == kind]


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("chỉ tiêu nào trên 80%", ["over:80:%"]),
        ("chir tieeu naof treen 80%", ["over:80:%"]),
        ("chỉ tiêu nào > 80 %", ["over:80:%"]),
        ("từ 50% trở lên có mấy chỉ tiêu", ["at-least:50:%"]),
        ("mấy chỉ tiêu 50% đổ lên", ["at-least:50:%"]),
        ("chỉ tiêu nào đạt 100%", ["equal:100:%"]),
        ("các chỉ tiêu 37,5%", ["equal:37.5:%"]),
        ("những chỉ tiêu dưới 30 phần trăm", ["below:30:%"]),
        ("chi tieu nao duoi 30%", ["below:30:%"]),
        ("chỉ tiêu nào không quá 10%", ["at-most:10:%"]),
        ("chỉ tiêu nào từ 30 đến 50%", ["at-least:30:%", "at-most:50:%"]),
        ("chỉ tiêu nào trên 100 sản phẩm", ["over:100:sản phẩm"]),
        ("chỉ tiêu nào hơn 1.000 lượt", ["over:1000:lượt"]),
        ("chỉ tiêu nào trên 80 không", ["over:80:"]),
    ],
)
def test_values_with_their_comparator(reader: EntityReader, text: str, bounds: list[str]) -> None:
    assert read(reader, text, "bound") == bounds


@pytest.mark.parametrize(
    "text",
    [
        "nhiệm vụ từ 2021 đến 2030 gồm những gì",
        "chỉ tiêu 80 năm 2024",
        "quyết định 206/QĐ-UBND có gì",
        "kế hoạch 54 gồm bao nhiêu chỉ tiêu",
        "mục tiêu đến năm 2030",
        "hạn báo cáo là trước ngày 15/12",
        "chỉ tiêu số 12 là gì",
        "mức 4 là gì",
    ],
)
def test_years_rows_and_numbers_of_documents_limit_nothing(reader: EntityReader, text: str) -> None:
    assert read(reader, text, "bound") == []


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("chỉ tiêu nào tăng so với 2023", ["up"]),
        ("chi tieu nao tang so voi 2023", ["up"]),
        ("chỉ tiêu nào giảm", ["down"]),
        ("những chỉ tiêu giữ nguyên", ["same"]),
        ("năm 2024 mới thêm chỉ tiêu nào", ["new"]),
        ("năm 2023 có mà 2024 không có", ["gone"]),
        ("năm 2024 có mà năm 2023 không có", ["new"]),
        ("chỉ tiêu có trong kế hoạch 2023 nhưng không có trong năm 2024", ["gone"]),
        ("chỉ tiêu nào đổi cơ quan chủ trì", ["lead"]),
        ("chỉ tiêu nào thay cơ quan phối hợp", ["coordinator"]),
        ("chỉ tiêu nào đổi cách ghi", ["reworded"]),
        ("các chỉ tiêu hạ tầng số", []),
        ("các chỉ tiêu nông thôn mới nâng cao", []),
        ("tăng cường an toàn thông tin", []),
        ("bảng chỉ tiêu chuyển đổi số có mấy dòng", []),
        ("bang chi tieu chuyen doi so co may dong", []),
    ],
)
def test_what_became_of_an_indicator(reader: EntityReader, text: str, changes: list[str]) -> None:
    assert read(reader, text, "change") == changes


@pytest.mark.parametrize(
    ("text", "kind", "values"),
    [
        ("chỉ tiêu nào không có cơ quan phối hợp", "blank", ["coordinator"]),
        ("những ô nào còn trống phần phối hợp", "blank", ["coordinator"]),
        ("chỉ tiêu nào chưa ghi căn cứ pháp lý", "blank", ["basis"]),
        ("cơ quan phối hợp chỉ tiêu OCOP", "blank", []),
        ("chỉ tiêu nào để là thường xuyên", "shape", ["regular"]),
        ("chỉ tiêu nào tính bằng số lượng", "shape", ["number"]),
        ("hàng nào không có số thứ tự", "shape", ["unnumbered"]),
    ],
)
def test_blank_cells_and_kinds_of_target(
    reader: EntityReader, text: str, kind: str, values: list[str]
) -> None:
    assert read(reader, text, kind) == values
