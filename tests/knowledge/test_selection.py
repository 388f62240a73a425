"""Bounds, changes and addresses of selections, on small records without a store."""

from __future__ import annotations

from decimal import Decimal
from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.records import Comparator, Indicator, Period, Pillar, Role, Target
from knowledge.selection import (
    Bound,
    Cell,
    Fit,
    Movement,
    Relation,
    Selection,
    Wanted,
    change_of,
    changes_between,
    comparable_lines,
    fit,
    query_of,
)
from knowledge.selection.selecting import side_by_side


def target(comparator: str, value: int | None, unit: str = "%", part: str = "", raw: str = "") -> Target:
    return Target(
        Comparator(comparator), Decimal(value) if value is not None else None, None, unit, part, raw
    )


def indicator(row: str, *targets: Target, series: str | None = None, order: int = 0) -> Indicator:
    return Indicator(
        row, "d", "PL", "I", row, order, Pillar.ECONOMY, f"Chỉ tiêu {row}", Period(2024, 2024),
        "x", "", "", None, "", targets, (), (), series,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("bound", "printed", "expected"),
    [
        ("over:80:%", ("=", 90), Fit.HOLDS),
        ("over:80:%", ("=", 80), Fit.FAILS),
        ("over:80:%", (">", 80), Fit.HOLDS),
        ("over:80:%", (">=", 80), Fit.FAILS),
        ("over:80:%", (">", 70), Fit.FAILS),
        ("at-least:50:%", ("=", 50), Fit.HOLDS),
        ("at-least:50:%", (">", 50), Fit.HOLDS),
        ("at-least:50:%", ("=", 49), Fit.FAILS),
        ("equal:50:%", ("=", 50), Fit.HOLDS),
        ("equal:50:%", (">", 50), Fit.OPEN),
        ("below:30:%", ("=", 29), Fit.HOLDS),
        ("below:30:%", ("=", 30), Fit.FAILS),
        ("below:30:%", (">", 10), Fit.OPEN),
        ("below:30:%", (">", 30), Fit.FAILS),
        ("at-most:10:%", ("=", 10), Fit.HOLDS),
        ("at-most:10:%", (">", 10), Fit.FAILS),
    ],
)
def test_a_target_holds_a_bound_only_when_the_text_says_so(
    bound: str, printed: tuple[str, int], expected: Fit
) -> None:
    assert fit(target(*printed), Bound.read(bound), "") is expected


def test_values_of_different_units_are_not_compared() -> None:
    products = target(">", 35, "sản phẩm")
    assert fit(products, Bound.read("over:5:%"), "") is Fit.FAILS
    assert fit(products, Bound.read("over:5:sản phẩm"), "") is Fit.HOLDS
    assert fit(target("=", 90), Bound.read("over:5:sản phẩm"), "Tỷ lệ sản phẩm") is Fit.FAILS
    bare = target("=", 50, "")
    assert fit(bare, Bound.read("over:5:cơ sở"), "Số lượng cơ sở") is Fit.HOLDS
    assert fit(bare, Bound.read("over:5:xã"), "Số lượng cơ sở") is Fit.FAILS


def test_a_bare_number_up_to_a_hundred_is_a_share() -> None:
    assert fit(target("=", 90), Bound.read("over:80:"), "") is Fit.HOLDS
    assert fit(target("=", 90), Bound.read("over:300:"), "") is Fit.FAILS
    assert fit(target("=", 800, "lượt"), Bound.read("over:300:"), "") is Fit.HOLDS


@pytest.mark.parametrize("text", ["", "over", "over:80", "more:80:%", "over:x:%", "over:-1:%", "over:NaN:%",
                                  "over:1e999999:%", "over:80:" + "x" * 60])  # fmt: skip
def test_what_is_no_bound_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        Bound.read(text)


@given(
    st.sampled_from(Relation),
    st.decimals(0, 10**6, allow_nan=False, places=2),
    st.sampled_from(["%", "", "sản phẩm"]),
)
def test_a_bound_survives_its_text(relation: Relation, value: Decimal, unit: str) -> None:
    bound = Bound(relation, value, unit)
    assert Bound.read(str(bound)) == bound


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ([("=", 30)], [("=", 50)], Movement.UP),
        ([("=", 30)], [(">", 30)], Movement.UP),
        ([("=", 50)], [("=", 30)], Movement.DOWN),
        ([(">", 30)], [("=", 30)], Movement.DOWN),
        ([(">", 30)], [("=", 35)], Movement.REWORDED),
        ([(">", 30)], [(">", 60)], Movement.UP),
        ([("=", 5, "sản phẩm")], [("=", 5)], Movement.REWORDED),
        ([("=", 20), ("=", 40)], [("=", 30), ("=", 40)], Movement.UP),
        ([("=", 20), ("=", 40)], [("=", 30), ("=", 10)], Movement.MIXED),
        ([("=", 20)], [("=", 20), ("=", 40)], Movement.REWORDED),
        ([("text", None, "", "", "Thường xuyên")], [("text", None, "", "", "thường xuyên")], Movement.SAME),
        ([("text", None, "", "", "Đề ra")], [("text", None, "", "", "Tiếp tục đề ra")], Movement.REWORDED),
        ([("=", 50)], [("text", None, "", "", "Thường xuyên")], Movement.REWORDED),
    ],
)  # fmt: skip
def test_how_a_target_moved(before: list[tuple], after: list[tuple], expected: Movement) -> None:  # type: ignore[type-arg]
    old, new = (indicator("1", *(target(*one) for one in side)) for side in (before, after))
    assert change_of(old, new).movement is expected


@given(st.integers(0, 100), st.integers(0, 100), st.sampled_from("=>"), st.sampled_from("=>"))
def test_a_step_back_is_the_opposite_of_the_step(one: int, other: int, a: str, b: str) -> None:
    left, right = indicator("1", target(a, one)), indicator("1", target(b, other))
    opposite = {Movement.UP: Movement.DOWN, Movement.DOWN: Movement.UP}
    there, back = change_of(left, right).movement, change_of(right, left).movement
    assert back is opposite.get(there, there)


def test_new_rows_stand_in_the_newer_annex_and_gone_ones_behind() -> None:
    older = [indicator("1", series="a"), indicator("2"), indicator("3", series="c")]
    newer = [indicator("7"), indicator("8", series="c"), indicator("9", series="a")]
    found = [(c.record.row, c.movement) for c in changes_between(older, newer)]
    expected = [("7", Movement.NEW), ("8", Movement.SAME), ("9", Movement.SAME), ("2", Movement.GONE)]
    assert found == expected


def test_only_numbers_of_the_same_thing_make_a_chart() -> None:
    share, count = target("=", 30), target(">", 35, "sản phẩm")
    assert [line.values for line in comparable_lines([indicator("1", share), indicator("2", share)])] == [
        (share, share)
    ]
    assert comparable_lines([indicator("1", share)]) == ()
    assert comparable_lines([indicator("1", share), indicator("2", count)]) == ()
    words = target("text", None, "", "", "Thường xuyên")
    assert comparable_lines([indicator("1", words), indicator("2", words)]) == ()


def test_a_selection_is_written_into_an_address() -> None:
    selection = Selection(
        "206-qd-ubnd", "54-kh-stttt", ("so-yt",), Role.LEAD, True, Pillar.SOCIETY, 2025,
        (Bound.read("over:80:%"),), (), (Cell.BASIS,), (Wanted.UP, Wanted.LEAD), "07/KH", "y tế & dân số",
    )  # fmt: skip
    assert parse_qs(query_of(selection)) == {
        "document": ["206-qd-ubnd"], "older": ["54-kh-stttt"], "agency": ["so-yt"], "role": ["lead"],
        "joint": ["1"], "pillar": ["society"], "horizon": ["2025"], "bound": ["over:80:%"],
        "blank": ["basis"], "change": ["up", "lead"], "basis": ["07/KH"], "words": ["y tế & dân số"],
    }  # fmt: skip
    assert query_of(Selection("x")) == "document=x"


@pytest.mark.parametrize(
    ("words", "name", "held"),
    [
        ("trí tuệ nhân tạo", "công nghệ trí tuệ nhân tạo (AI)", True),
        ("tri tue nhan tao", "công nghệ trí tuệ nhân tạo", True),
        ("thú", "thủ tục hành chính", False),
        ("y tế", "kinh tế số", False),
        ("hóa đơn", "Hoá đơn điện tử", True),
        ("trí nhân", "trí tuệ nhân tạo", False),
    ],
)
def test_words_stand_side_by_side(words: str, name: str, held: bool) -> None:
    assert side_by_side(words, name) is held
