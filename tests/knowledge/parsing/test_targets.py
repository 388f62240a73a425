"""Target cells and the figures inside names."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.parsing.targets import parse_named_targets, parse_targets
from knowledge.records import Comparator
from tests.knowledge.parsing.lookup import value


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("", []),
        ("5%", ["= 5 %"]),
        ("> 35 giống cây", ["> 35 giống cây"]),
        (">=20%", [">= 20 %"]),
        ("≥ 20 %", [">= 20 %"]),
        ("tối thiểu 12,5%", [">= 12.5 %"]),
        ("Trên 1.250 hộ", ["> 1250 hộ"]),
        ("03", ["= 3"]),
        ("Thường xuyên", ["text Thường xuyên"]),
        ("40 cây; 15 giếng;8 ao", ["= 40 cây", "= 15 giếng", "= 8 ao"]),
        ("90% (hộ có vườn)", ["= 90 % | (hộ có vườn)"]),
        ("chọn theo ấp: + ấp Một: 4 vườn", ["text chọn theo ấp:", "= 4 vườn | ấp Một"]),
        ("mỗi ấp chọn 15% hộ", ["= 15 % hộ | mỗi ấp chọn"]),
        (
            "10% hộ, trong đó: + ấp Một: 4 vườn + ấp Hai: Tổ ao, Tổ vườn",
            ["= 10 % hộ", "= 4 vườn | ấp Một", "text ấp Hai: Tổ ao, Tổ vườn | ấp Hai"],
        ),
    ],
)
def test_cells(cell: str, expected: list[str]) -> None:
    assert [value(target) for target in parse_targets(cell, "Tỷ lệ hộ trồng cam")] == expected


def test_second_bare_value_measures_what_the_name_says() -> None:
    first, second = parse_targets("20% 40%", "Tỷ lệ vườn có tưới; trong đó tưới nhỏ giọt")
    assert (value(first), value(second)) == ("= 20 %", "= 40 % | tưới nhỏ giọt")


def test_share_of_a_share_stands_in_the_name() -> None:
    found = parse_targets("70%", "Tỷ lệ hộ có vườn và 30% trong số này có ao")
    assert [value(target) for target in found] == ["= 70 %", "= 30 % | trong số này có ao"]


def test_raw_text_is_kept() -> None:
    assert [target.raw for target in parse_targets("> 5 cây; 7 ao", "")] == ["> 5 cây", "7 ao"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Vườn chiếm 15% đến 20% diện tích", [".. 15 %–20 | diện tích"]),
        ("Vườn chiếm 15 - 20% diện tích", [".. 15 %–20 | diện tích"]),
        ("Giai đoạn 2021 - 2025 trồng cây", []),
        ("Đạt tối thiểu 10%", [">= 10 %"]),
        ("Phủ trên 80% hộ, 100% ấp", ["> 80 % | hộ", "= 100 % | ấp"]),
        ("80% vườn mức độ 4 được tưới", ["= 80 % | vườn mức độ 4 được tưới"]),
        ("Mạng 4G/5G và 3 giếng", []),
    ],
)
def test_figures_in_names(name: str, expected: list[str]) -> None:
    assert [value(target) for target in parse_named_targets(name)] == expected


_CELLS = st.lists(
    st.sampled_from(["50%", "+ ấp", ":", "4 vườn", ">", "trong đó", ";", "chọn", "tối thiểu", "("])
)


@given(st.one_of(st.text(max_size=80), _CELLS.map(" ".join)), st.text(max_size=80))
def test_any_cell_gives_targets(cell: str, name: str) -> None:
    targets = parse_targets(cell, name)
    assert bool(targets) == bool(cell.split())
    for target in targets:
        assert (target.value is None) == (target.comparator is Comparator.TEXT)
    parse_named_targets(name)


@given(st.integers(0, 10**6), st.sampled_from(["%", " hộ", ""]), st.sampled_from(["", ">", "trên "]))
def test_every_figure_is_read(figure: int, unit: str, sign: str) -> None:
    (target,) = parse_targets(f"{sign}{figure}{unit}", "Số vườn")
    assert target.value == Decimal(figure)
    assert target.unit == unit.strip()
    assert target.comparator is (Comparator.OVER if sign else Comparator.EQUAL)
