"""Anchors and the layout of a document."""

from __future__ import annotations

import pytest

from bot.pages.document_view import document_view
from bot.pages.templating import safe_link
from bot.pages.text import TextBlock, blocks
from knowledge.anchors import document_url, row_anchor
from knowledge.store import IndicatorFilter, Store


@pytest.mark.parametrize(
    ("record", "anchor"),
    [
        ("206-qd-ubnd:80", "stt-80"),
        ("206-qd-ubnd:-", "stt-khong-so"),
        ("67-kh-ubnd:PL1.I.10", "PL1.I.10"),
        ("67-kh-ubnd:PL3.D.4", "PL3.D.4"),
    ],
)
def test_row_anchors(record: str, anchor: str) -> None:
    assert row_anchor(record) == anchor


def test_addresses_are_ready_to_stand_in_a_link() -> None:
    assert document_url("kh-2025", "II.1.6.c") == "/van-ban/kh-2025#II.1.6.c"
    assert document_url("kh-2025") == "/van-ban/kh-2025"
    assert " " not in document_url("54-kh-stttt", "QĐ.Điều 1")


def test_headings_points_and_notes_are_told_apart(store: Store) -> None:
    document = store.document("206-qd-ubnd")
    assert document is not None
    rows = store.indicators(IndicatorFilter(document_ids=(document.id,))).items
    view = document_view(document, store.clauses(document.id), rows, store.tasks(document.id))
    assert [(piece.heading, piece.level) for piece in view.pieces] == [
        (True, 2), (True, 3), (False, 2), (False, 2), (False, 0),
    ]  # fmt: skip
    assert view.pieces[1].body == ("Đoạn dưới tiêu đề.",)
    assert [link.anchor for link in view.pieces[2].references] == ["II.1.b"]
    assert [entry.text for entry in view.contents] == ["II. NHIỆM VỤ", "Phụ lục 2", "Phụ lục 3"]
    indicators, tasks = view.tables
    assert indicators.columns == (
        "STT",
        "Chỉ tiêu, nhiệm vụ",
        "Mức đề ra",
        "Chủ trì",
        "Phối hợp",
    )
    assert [group.title for group in indicators.groups] == ["II. Kinh tế số", "III. Xã hội số"]
    assert indicators.groups[1].rows[1].cells[0] == "không đánh số"
    assert "Hình thức" not in tasks.columns


def test_bullets_become_one_list() -> None:
    assert blocks("Đầu\n\n- một\n• hai\nGiữa\n- ba\n-không") == [
        TextBlock("Đầu"),
        TextBlock(entries=("một", "hai")),
        TextBlock("Giữa"),
        TextBlock(entries=("ba",)),
        TextBlock("-không"),
    ]


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("/van-ban/x#y", True),
        ("https://dichvucong.gov.vn", True),
        ("//evil.example", False),
        ("/\\evil.example", False),
        ("javascript:alert(1)", False),
        ("http://plain.example", False),
        ("data:text/html,x", False),
        ("", False),
    ],
)
def test_only_this_site_and_https_are_linked(url: str, kept: bool) -> None:
    assert bool(safe_link(url)) is kept
