from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vietnamese import dates, means_future, numbers, ordinals, percents, years

TODAY = date(2026, 3, 5)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("chỉ tiêu năm 2024", [(2024, False)]),
        ("hồi 2023 so với năm ngoái", [(2023, False), (2025, True)]),
        ("nam nay va nam toi", [(2026, True), (2027, True)]),
        ("giai đoạn 2021-2025", [(2021, False), (2025, False)]),
        ("QĐ 43/2019/QH14 ngày 31/01/2024", [(2024, False)]),
        ("2000 doanh nghiệp, 2024 hộ", []),
        ("KH-2025", [(2025, False)]),
        ("năm trước đó thì sao", []),
        ("năm 24", [(2024, False)]),
        ("1.2024 và 20245", []),
    ],
)
def test_years(text: str, found: list[tuple[int, bool]]) -> None:
    assert [(year.value, year.relative) for year in years(text, TODAY)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("90%, 37,5 % và 80 phần trăm", ["90", "37.5", "80"]),
        ("tren 35 phan tram", ["35"]),
        ("năm 2024 có 50 hộ", []),
    ],
)
def test_percents(text: str, found: list[str]) -> None:
    assert [str(number.value) for number in percents(text)] == found


def test_numbers() -> None:
    found = numbers("1.000 xã, 3,5 lần, 20% và 12 sở theo 54/KH-STTTT trước ngày 15/12")
    assert [(number.value, number.unit) for number in found] == [
        (Decimal(1000), ""),
        (Decimal("3.5"), ""),
        (Decimal(20), "%"),
        (Decimal(12), ""),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ngày 31/01/2024", [(date(2024, 1, 31), True)]),
        ("trước 15/12", [(date(2026, 12, 15), False)]),
        ("ngay 15 thang 12 nam 2024", [(date(2024, 12, 15), True)]),
        ("ngày 15 tháng 12", [(date(2026, 12, 15), False)]),
        ("31/02/2024 và 206/QĐ-UBND, 4/5%", []),
    ],
)
def test_dates(text: str, found: list[tuple[date, bool]]) -> None:
    assert [(day.value, day.full) for day in dates(text, TODAY)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("cái thứ 2", [(2, False)]),
        ("số 3", [(3, True)]),
        ("thứ nhất", [(1, False)]),
        ("dong dau", [(1, False)]),
        ("chỉ tiêu số 80 và STT 110", [(80, True), (110, True)]),
        ("cái cuối cùng", [(-1, False)]),
        ("kế hoạch số 54/KH-STTTT", []),
        ("số 3 phần trăm", []),
    ],
)
def test_ordinals(text: str, found: list[tuple[int, bool]]) -> None:
    assert [(ordinal.value, ordinal.printed) for ordinal in ordinals(text)] == found


def test_means_future() -> None:
    assert means_future("sắp tới tỉnh làm gì")
    assert not means_future("năm 2024 làm gì")


@given(st.text())
def test_nothing_raises(text: str) -> None:
    found = [*years(text, TODAY), *numbers(text), *dates(text, TODAY), *ordinals(text)]
    assert all(0 <= item.start < item.end for item in found)
