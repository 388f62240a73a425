"""The outline of made-up plans: levels, paths, lost headings, bound documents."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from knowledge.parsing.outline import Node, outline
from knowledge.reading import Line


def _nodes(text: str) -> list[Node]:
    return outline(Line(line.strip(), n) for n, line in enumerate(text.strip().split("\n"), 1))


def _paths(text: str) -> list[str]:
    return [node.path for node in _nodes(text)]


def test_levels() -> None:
    text = """
    I. VƯỜN
    1. Cây
    1.1. Cam
    1.1.1. Cam sành
    a) Trồng mới
    - Mỗi hộ mười cây;
    - Mỗi ấp một vườn.
    b) Chăm sóc
    1.2. Bưởi
    2. Nước
    + Đào mương
    II. RUỘNG
    """
    assert _paths(text) == [
        "I",
        "I.1",
        "I.1.1",
        "I.1.1.1",
        "I.1.1.1.a",
        "I.1.1.1.a.1",
        "I.1.1.1.a.2",
        "I.1.1.1.b",
        "I.1.2",
        "I.2",
        "I.2.1",
        "II",
    ]


def test_labels_and_texts() -> None:
    nodes = _nodes("I. VƯỜN\n1.2 Cây cam\nđ) Tưới\nĐiều 3. Thi hành\n+ Đào mương")
    assert [(node.label, node.text) for node in nodes] == [
        ("I.", "VƯỜN"),
        ("1.2", "Cây cam"),
        ("đ)", "Tưới"),
        ("Điều 3.", "Thi hành"),
        ("+", "Đào mương"),
    ]


def test_trail_names_the_headings_above() -> None:
    last = _nodes("I. VƯỜN\n1. Cây\na) Cam\nChăm sóc cây cam.\n- Tưới;")[-1]
    assert last.trail() == ("I. VƯỜN", "1. Cây", "a) Cam")


def test_body_of_a_heading_and_paragraphs_behind_it() -> None:
    text = "I. VƯỜN\n1. Cây\nMỗi hộ trồng mười cây.\nMỗi ấp có một vườn, trồng:\n- Cam;\nViệc khác."
    nodes = _nodes(text)
    assert [(node.path, node.text) for node in nodes][1:] == [
        ("I.1", "Cây\nMỗi hộ trồng mười cây."),
        ("I.1.p2", "Mỗi ấp có một vườn, trồng:"),
        ("I.1.p2.1", "Cam;"),
        ("I.1.p3", "Việc khác."),
    ]


def test_second_paragraph_of_a_point_belongs_to_it() -> None:
    nodes = _nodes("1. Cây\na) Trồng mười cây cam.\nTrồng năm cây bưởi.\nb) Tưới cây.")
    assert [node.text for node in nodes] == ["Cây", "Trồng mười cây cam.\nTrồng năm cây bưởi.", "Tưới cây."]


def test_number_that_restarts_opens_a_new_part() -> None:
    text = "I. VƯỜN\n1. Cây\n2. Nước\n1. Kinh phí\n2. Nhân công\n2. Tổ vườn\n2.1. Việc"
    assert _paths(text) == ["I", "I.1", "I.2", "1", "2", "2-2", "2.1"]


def test_label_that_is_printed_twice() -> None:
    assert _paths("1. Tổ vườn\na) Trồng\nb) Tưới\nb) Hái") == ["1", "1.a", "1.b", "1.b-2"]


def test_decision_and_plan_in_one_file() -> None:
    text = """
    QUYẾT ĐỊNH
    VỀ VƯỜN CÂY
    QUYẾT ĐỊNH:
    Điều 1. Phê duyệt kế hoạch.
    Nơi nhận:
    - Như Điều 1;
    KT. TRƯỞNG ẤP
    Số: 5/KH-ẤP
    KẾ HOẠCH
    TRỒNG CÂY
    I. VƯỜN
    TM. BAN ẤP
    Người Ký
    """
    assert _paths(text) == [
        "QĐ.mo-dau.1",
        "QĐ.mo-dau.2",
        "QĐ.mo-dau.3",
        "QĐ.Điều 1",
        "QĐ.noi-nhan",
        "mo-dau.1",
        "mo-dau.2",
        "mo-dau.3",
        "I",
        "noi-nhan",
    ]
    assert _nodes(text)[4].text == "Nơi nhận:\n- Như Điều 1;\nKT. TRƯỞNG ẤP"
    assert _nodes(text)[-1].text == "TM. BAN ẤP\nNgười Ký"


def test_section_behind_the_recipients_is_an_annex() -> None:
    text = "KẾ HOẠCH\nI. VƯỜN\nNơi nhận:\n- Như trên;\nI. DANH MỤC\n1. Cam"
    assert _paths(text) == ["mo-dau.1", "I", "noi-nhan", "I-2", "I-2.1"]


def test_mention_of_the_annexes_is_no_part_of_the_last_point() -> None:
    text = "I. VƯỜN\n1. Cây\na) Trồng mười cây.\n(Chi tiết tại Phụ lục)\nPhụ lục 1: Cây cam."
    assert [(node.path, node.text) for node in _nodes(text)][2:] == [
        ("I.1.a", "Trồng mười cây."),
        ("I.1.p2", "(Chi tiết tại Phụ lục)"),
        ("I.1.p3", "Phụ lục 1: Cây cam."),
    ]


def test_text_without_numbers() -> None:
    text = "Ấp Một trồng cây.\nMục tiêu:\n- Mười cây;\nViệc làm:\n- Tưới."
    assert _paths(text) == ["mo-dau.1", "mo-dau.2", "mo-dau.2.1", "p3", "p3.1"]


def test_words_that_look_like_labels() -> None:
    """A range and an abbreviation begin a line without being a bullet or a point."""
    assert len(_nodes("Trồng trong\n-10, 20 cây\nv.v... và cây khác")) == 3
    assert {node.label for node in _nodes("Trồng trong\n-10, 20 cây\nv.v... và cây khác")} == {""}


_LINES = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "I. A",
                "II. B",
                "1. C",
                "2. D",
                "1.1. E",
                "1.2 F",
                "1.1.1. G",
                "a) H",
                "b) I",
                "đ) K",
                "- L",
                "+ M",
                "Điều 1. N",
                "KẾ HOẠCH",
                "QUYẾT ĐỊNH",
                "QUYẾT ĐỊNH:",
                "PHỤ LỤC 1",
                "Số: 5/KH",
                "Nơi nhận:",
                "KT. O",
                "Phụ lục 1: P",
                "(phụ lục kèm theo)",
                "Một câu.",
                "một đoạn",
                "Căn cứ Luật;",
            ]
        ),
        st.text(min_size=1, max_size=40).map(str.strip).filter(bool),
    ),
    max_size=60,
)


@given(_LINES)
def test_paths_are_unique_and_no_word_is_lost(texts: list[str]) -> None:
    nodes = outline(Line(text, number) for number, text in enumerate(texts, 1))
    paths = [node.path for node in nodes]
    assert len(set(paths)) == len(paths)
    assert all(paths)
    said = " ".join(f"{node.label} {node.text}" for node in nodes)
    assert "".join(said.split()) == "".join("".join(texts).split())


@given(_LINES)
def test_nodes_keep_the_order_of_the_text(texts: list[str]) -> None:
    lines = [node.line for node in outline(Line(text, number) for number, text in enumerate(texts, 1))]
    assert lines == sorted(lines)


def test_many_of_a_kind_are_placed_in_a_straight_line() -> None:
    lines = [Line(f"1. Mục {number}", number) for number in range(1, 3001)]
    lines += [Line("- ý", number) for number in range(3001, 9001)]
    nodes = outline(lines)
    assert len({node.path for node in nodes}) == len(nodes) == 9000
