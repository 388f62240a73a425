"""The same indicator in 2023 and 2024: every pair, and what changed between them."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from knowledge.records import Indicator, ParsedDocument
from tests.knowledge.parsing.lookup import coordinators, leads, values

_COUNTERPARTS = {
    **{str(n): str(n + 77) for n in range(1, 35)},
    "35": "-",
    **{str(n): str(n + 76) for n in range(36, 68)},
    **{str(n): str(n + 75) for n in range(69, 72)},
}
_NEW_TARGETS = [3, 5, 8, 9, 12, 15, 24, 37, 40, 41, 44, 46, 47, 48, 50, 51, 52, 55, 56, 60]


@pytest.fixture(scope="module")
def pairs(parsed: Mapping[str, ParsedDocument]) -> list[tuple[Indicator, Indicator]]:
    old = {i.series: i for i in parsed["54-kh-stttt"].indicators if i.series}
    return [(old[i.series], i) for i in parsed["206-qd-ubnd"].indicators if i.series]


def test_every_pair(pairs: list[tuple[Indicator, Indicator]]) -> None:
    found = {old.row: new.row or "-" for old, new in pairs}
    assert found == _COUNTERPARTS


def test_row_68_has_no_counterpart(parsed: Mapping[str, ParsedDocument]) -> None:
    assert [i.row for i in parsed["54-kh-stttt"].indicators if i.series is None] == ["68"]


def test_digital_government_has_no_series(parsed: Mapping[str, ParsedDocument]) -> None:
    assert {i.series for i in parsed["206-qd-ubnd"].indicators[:77]} == {None}
    assert {i.series for i in parsed["67-kh-ubnd"].indicators} == {None}


def test_targets_that_changed(pairs: list[tuple[Indicator, Indicator]]) -> None:
    assert [int(old.row or 0) for old, new in pairs if values(old) != values(new)] == _NEW_TARGETS


def test_leads_and_coordinators_that_changed(pairs: list[tuple[Indicator, Indicator]]) -> None:
    changed = [
        int(old.row or 0)
        for old, new in pairs
        if (leads(old), coordinators(old)) != (leads(new), coordinators(new))
    ]
    assert changed == [20, 57, 60, 64, 65]
