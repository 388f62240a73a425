"""Whole files: unregistered ones, and the official sources with their lines shuffled about."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.agencies import AgencyRegistry
from knowledge.parsing import parse_file
from knowledge.parsing.series import link
from knowledge.reading import UnreadableFile
from knowledge.records import ParsedDocument, Period
from knowledge.registry import Registry
from tests.knowledge.parsing.lookup import clause, leads, value

PLAN = """**ỦY BAN NHÂN DÂN
TỈNH VƯỜN CAM**
-------
|
**CỘNG HÒA XÃ HỘI
CHỦ NGHĨA VIỆT NAM**
|
|
Số: 12/KH-UBND
|
*Vườn Cam, ngày
05 tháng 02 năm 2031*
|

**KẾ HOẠCH**

TRỒNG CÂY VÀ DÙNG IoT Ở TỈNH VƯỜN CAM ĐẾN NĂM 2035

Căn cứ tình hình của tỉnh, các ấp tổ chức trồng cây
và tưới nước bằng thiết bị IoT như sau:

**I. MỤC TIÊU**

1. Mỗi ấp trồng mười cây cam và năm cây bưởi trong
một năm, tưới bằng thiết bị IoT.

2. Mỗi hộ có một vườn nhỏ, được hướng dẫn trồng - tưới
- hái đúng cách.

**II. TỔ CHỨC THỰC HIỆN**

Sở Nông nghiệp và Môi trường thực hiện khoản 1 Mục I.

Nơi nhận:

- Các ấp;

TM. ỦY BAN NHÂN DÂN

PHỤ LỤC

CHỈ TIÊU TRỒNG CÂY

(Kèm theo Kế hoạch số 12/KH-UBND)
|
TT
|
Nội dung
|
Chỉ tiêu năm 2031
|
Cơ quan chủ trì
|
Ghi chú
|
|
1
|
Tỷ lệ ấp có vườn
|
>80%
|
Sở Nông nghiệp và
Môi trường
|
|
|
2
|
Số cây cam
|
500 cây
|
Hội Nông dân
|
"""


def _parse(
    tmp_path: Path, text: str, registry: Registry, agencies: AgencyRegistry, name: str
) -> ParsedDocument:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return parse_file(path, registry, agencies)


@pytest.fixture
def plan(tmp_path: Path, registry: Registry, agencies: AgencyRegistry) -> ParsedDocument:
    return _parse(tmp_path, PLAN, registry, agencies, "ke-hoach.txt")


def test_unregistered_document_is_described_by_its_head(plan: ParsedDocument) -> None:
    document = plan.document
    assert (document.id, document.number, document.cite) == ("12-kh-ubnd", "12/KH-UBND", "12/KH-UBND")
    assert document.title == "Kế hoạch trồng cây và dùng IoT ở tỉnh Vườn Cam đến năm 2035"
    assert (document.issuer, document.province) == ("Ủy ban nhân dân tỉnh Vườn Cam", "Vườn Cam")
    assert document.signed_on == date(2031, 2, 5)
    assert document.period == Period(2031, 2035)
    assert document.official
    assert document.file == "ke-hoach.txt"
    assert len(document.sha256) == 64


def test_unregistered_clauses(plan: ParsedDocument) -> None:
    assert clause(plan, "I.2").text.endswith("trồng - tưới - hái đúng cách.")
    assert clause(plan, "II").references == ("I.1",)
    title = clause(plan, "PL1.mo-dau").text.split("\n")
    assert title == ["PHỤ LỤC", "CHỈ TIÊU TRỒNG CÂY", "(Kèm theo Kế hoạch số 12/KH-UBND)"]
    assert clause(plan, "noi-nhan").text.endswith("TM. ỦY BAN NHÂN DÂN")


def test_unregistered_rows(plan: ParsedDocument) -> None:
    assert [(i.row, [value(t) for t in i.targets], leads(i)) for i in plan.indicators] == [
        ("1", ["> 80 %"], ["so-nnmt"]),
        ("2", ["= 500 cây"], ["hoi-nd"]),
    ]
    assert plan.unplaced == ()


@pytest.mark.parametrize(
    ("head", "period", "official"),
    [
        ("Kế hoạch", Period(0, 0), False),
        ("Số: 7/KH-UBND\nKẾ HOẠCH\nTrồng cây giai đoạn 2031 - 2033", Period(2031, 2033), True),
        ("Vườn Cam, ngày 31 tháng 02 năm 2031\nKẾ HOẠCH", Period(0, 0), False),
    ],
)
def test_what_is_not_printed_stays_unknown(
    tmp_path: Path, registry: Registry, agencies: AgencyRegistry, head: str, period: Period, official: bool
) -> None:
    document = _parse(tmp_path, head, registry, agencies, "Vườn của tôi.txt").document
    assert (document.period, document.official, document.signed_on) == (period, official, None)
    assert document.id == ("7-kh-ubnd" if official else "vuon-cua-toi")


def test_file_name_without_a_letter_still_gives_an_id(
    tmp_path: Path, registry: Registry, agencies: AgencyRegistry
) -> None:
    assert _parse(tmp_path, "Cam", registry, agencies, "「」.txt").document.id


def test_unreadable_file(tmp_path: Path, registry: Registry, agencies: AgencyRegistry) -> None:
    path = tmp_path / "thu.txt"
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(UnreadableFile):
        parse_file(path, registry, agencies)


def test_registered_documents_say_where_they_come_from(parsed: dict[str, ParsedDocument]) -> None:
    for found in parsed.values():
        assert found.clauses
        assert [c.order for c in found.clauses] == list(range(1, len(found.clauses) + 1))
        assert len({c.path for c in found.clauses}) == len(found.clauses)
        paths = {c.path for c in found.clauses}
        assert all(set(c.references) <= paths for c in found.clauses)


_CHANGES = st.lists(
    st.tuples(st.sampled_from(["drop", "repeat", "cut", "swap"]), st.floats(0, 1)), max_size=12
)


@pytest.mark.parametrize("place", range(5))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=6)
@given(changes=_CHANGES, keep=st.floats(0, 1))
def test_damaged_sources_are_parsed_or_reported(
    place: int,
    changes: list[tuple[str, float]],
    keep: float,
    registry: Registry,
    agencies: AgencyRegistry,
    tmp_path: Path,
) -> None:
    """Whatever lines are lost or doubled: no failure, unique ids, whole records."""
    source = registry.folder / registry.entries[place].document.file
    lines = source.read_text(encoding="utf-8").split("\n")
    damaged = "\n".join(_changed(lines[: int(len(lines) * (0.3 + keep))], changes))
    found = _parse(tmp_path, damaged, registry, agencies, source.name)
    ids = [*(i.id for i in found.indicators), *(t.id for t in found.tasks), *(c.path for c in found.clauses)]
    assert len(set(ids)) == len(ids)
    assert all([*(i.name for i in found.indicators), *(t.name for t in found.tasks)])
    link([found])


def _changed(lines: list[str], changes: list[tuple[str, float]]) -> list[str]:
    for change, where in changes:
        place = min(int(where * len(lines)), len(lines) - 1)
        if change == "drop":
            del lines[place]
        elif change == "repeat":
            lines.insert(place, lines[place])
        elif change == "cut":
            lines[place] = lines[place][: len(lines[place]) // 2]
        else:
            lines[place], lines[-1] = lines[-1], lines[place]
    return lines
