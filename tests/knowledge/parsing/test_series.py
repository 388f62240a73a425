"""Twins between made-up plans of different years, and the agencies of the registry in printed cells."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from knowledge.agencies import AgencyRegistry
from knowledge.parsing.series import link
from knowledge.records import Document, Indicator, ParsedDocument, Period, Pillar, Role


def _plan(
    year: int, names: Sequence[str], target: str | None = "5%", pillar: Pillar | None = None
) -> ParsedDocument:
    period = Period(year, year)
    document = Document(str(year), "", None, "", "", "", None, None, None, period, True, "", "")
    rows = tuple(
        Indicator(
            f"{year}:{n}",
            str(year),
            "PL1",
            "",
            str(n),
            n,
            pillar,
            name,
            period,
            target,
            "",
            "",
            None,
            None,
            (),
            (),
            (),
        )
        for n, name in enumerate(names, 1)
    )
    return ParsedDocument(document, (), rows, ())


def _series(*plans: ParsedDocument) -> list[list[str | None]]:
    return [[i.series for i in plan.indicators] for plan in link(plans)]


_CAM = "Tỷ lệ hộ trong ấp trồng cây cam sành theo hướng dẫn của tổ vườn"
_AO = "Số lượng ao nuôi cá được nạo vét, khơi thông dòng chảy trong mùa mưa"
_LUA = "Năng suất lúa bình quân mỗi vụ của các thửa ruộng ven sông"


def test_twins_keep_the_id_of_the_first_year() -> None:
    assert _series(_plan(2031, [_CAM, _AO]), _plan(2032, ["Việc mới", _CAM, _AO]), _plan(2033, [_AO])) == [
        ["2031:1", "2031:2"],
        [None, "2031:1", "2031:2"],
        ["2031:2"],
    ]


def test_order_of_the_files_does_not_matter() -> None:
    assert _series(_plan(2032, [_CAM]), _plan(2031, [_CAM])) == [["2031:1"], ["2031:1"]]


def test_a_year_in_the_name_and_accents_do_not_part_twins() -> None:
    assert _series(_plan(2031, [f"{_CAM} năm 2031."]), _plan(2032, [f"{_CAM} năm 2032"])) == [
        ["2031:1"],
        ["2031:1"],
    ]


def test_goal_that_was_reworded_between_twins() -> None:
    reworded = "Xây dựng nền tảng khảo sát, " + _AO.lower()
    assert _series(_plan(2031, [_CAM, _AO, _LUA]), _plan(2032, [_CAM, reworded, _LUA])) == [
        ["2031:1", "2031:2", "2031:3"],
        ["2031:1", "2031:2", "2031:3"],
    ]


def test_different_goals_and_pillars_are_no_twins() -> None:
    assert _series(_plan(2031, [_CAM]), _plan(2032, [_LUA])) == [[None], [None]]
    assert _series(_plan(2031, [_CAM], pillar=Pillar.ECONOMY), _plan(2032, [_CAM])) == [[None], [None]]


def test_annexes_without_targets_have_no_series() -> None:
    assert _series(_plan(2031, [_CAM], target=None), _plan(2032, [_CAM])) == [[None], [None]]


def test_linking_again_changes_nothing() -> None:
    once = link([_plan(2031, [_CAM]), _plan(2032, [_CAM])])
    assert link(once) == once


@pytest.mark.parametrize(
    "cell",
    [
        "Sở Lao động - Thương binh và Xã hội",
        "Sở Lao động, Thương binh và Xã hội",
        "Sở Lao động, thương binh và xã hội",
        "Sở LĐTBXH",
    ],
)
def test_four_spellings_of_the_labour_department(agencies: AgencyRegistry, cell: str) -> None:
    reading = agencies.read(cell, Role.LEAD)
    assert [a.agency_id for a in reading.assignments] == ["so-ldtbxh"]
    assert reading.unknown == ""


def test_households_cooperatives_and_enterprises_are_two_agencies(agencies: AgencyRegistry) -> None:
    reading = agencies.read("các hộ kinh doanh, hợp tác xã, doanh nghiệp trên địa bàn tỉnh", Role.COORDINATOR)
    assert [a.agency_id for a in reading.assignments] == ["htx-hkd", "dn"]
    assert reading.unknown == ""


def test_every_printed_cell_names_known_agencies(
    parsed: dict[str, ParsedDocument], agencies: AgencyRegistry
) -> None:
    for found in parsed.values():
        for indicator in found.indicators:
            for cell in (indicator.lead_raw, indicator.coordinator_raw):
                assert agencies.read(cell or "", Role.LEAD).unknown == ""
