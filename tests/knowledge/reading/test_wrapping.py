"""Hard-wrapped text made whole: which line goes on with the one above."""

from __future__ import annotations

from knowledge.reading.model import Line
from knowledge.reading.wrapping import unwrap

_SENTENCE = (
    "Các tổ trong ấp cùng nhau chăm sóc vườn cây, dọn mương nước và ghi lại số cây đã trồng "
    "trong từng tháng để cuối năm tổng hợp"
)


def _wrapped(paragraphs: list[str], width: int, spaced: bool) -> list[Line]:
    """Paragraphs as a printer breaks them: in lines of a width, a blank line after each line or paragraph."""
    lines: list[str] = []
    for paragraph in paragraphs:
        row = ""
        for word in paragraph.split():
            if len(row) + 1 + len(word) > width:
                lines.extend([row, ""] if spaced else [row])
                row = word
            else:
                row = f"{row} {word}".strip()
        lines.extend([row, ""])
    return [Line(text, number) for number, text in enumerate(lines, 1)]


def _paragraphs() -> list[str]:
    numbered = [f"{n}. {_SENTENCE} lần thứ {n}." for n in range(1, 8)]
    return ["I. VIỆC CẦN LÀM", *numbered, f"a) {_SENTENCE}:", f"- {_SENTENCE};", f"- {_SENTENCE}."]


def test_lines_with_a_blank_after_each() -> None:
    joined = unwrap(_wrapped(_paragraphs(), 70, spaced=True))
    assert [line.text for line in joined] == _paragraphs()


def test_paragraphs_parted_by_blanks() -> None:
    joined = unwrap(_wrapped(_paragraphs(), 70, spaced=False))
    assert [line.text for line in joined] == _paragraphs()


def test_number_of_a_paragraph_is_its_first_line() -> None:
    lines = _wrapped(_paragraphs(), 70, spaced=True)
    joined = unwrap(lines)
    first_words = {line.number: line.text for line in lines}
    assert all(line.text.startswith(first_words[line.number]) for line in joined)


def test_text_that_is_not_wrapped_keeps_its_lines() -> None:
    long = [Line(f"{_SENTENCE} {_SENTENCE}", n) for n in range(1, 40)]
    assert unwrap(long) == long


def _among(filler: list[str], *lines: str) -> list[str]:
    """The joined lines that come of some lines inside a wrapped text with a blank after each line."""
    texts = [*filler, *lines]
    spaced = [piece for text in texts for piece in (text, "")]
    joined = unwrap([Line(text, number) for number, text in enumerate(spaced, 1)])
    return [line.text for line in joined][len(filler) :]


_FULL = [f"{n % 9 + 1}. Một dòng đủ dài để chiếm gần hết chiều ngang của trang giấy in." for n in range(30)]


def test_range_broken_over_two_lines_is_no_bullet() -> None:
    above = "c) Vườn ươm của ấp đặt mục tiêu cho một giai đoạn phát triển 05"
    assert _among(_FULL, above, "- 10 năm tới.") == [f"{above} - 10 năm tới."]


def test_bullet_with_a_figure_is_a_bullet() -> None:
    above = "c) Phát triển vườn ươm, nâng cao hiệu quả của việc trồng cây mới"
    assert _among(_FULL, above, "- 100% hộ có vườn.") == [above, "- 100% hộ có vườn."]


def test_page_break_inside_a_sentence() -> None:
    """What follows a page break begins with a space and in lower case, however short the line above."""
    assert _among(_FULL, "c) Tổ vườn phối hợp", " với tổ nước đào mương.") == [
        "c) Tổ vườn phối hợp với tổ nước đào mương.",
    ]


def test_page_break_inside_a_sentence_of_a_text_with_paragraphs() -> None:
    lines = _wrapped(_paragraphs(), 70, spaced=False)
    end = lines[-1].number
    lines += [Line("Tổ vườn phối hợp", end + 1), Line("", end + 2), Line("với tổ nước.", end + 3)]
    assert unwrap(lines)[-1].text == "Tổ vườn phối hợp với tổ nước."


def test_dash_inside_a_sentence_of_a_text_with_paragraphs() -> None:
    lines = _wrapped(_paragraphs(), 70, spaced=False)
    end = lines[-1].number
    lines += [Line("b) Theo dõi chuỗi trồng - tưới", end + 1), Line("- hái - bán trong ấp.", end + 2)]
    assert unwrap(lines)[-1].text == "b) Theo dõi chuỗi trồng - tưới - hái - bán trong ấp."


def test_short_line_ends_its_paragraph() -> None:
    assert _among(_FULL, "Tổ vườn", "Tổ nước") == ["Tổ vườn", "Tổ nước"]


def test_repeated_blanks_are_one() -> None:
    assert unwrap([Line("hai   dấu  cách", 1)]) == [Line("hai dấu cách", 1)]
