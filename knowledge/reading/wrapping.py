"""Hard-wrapped text made whole again: lines that one paragraph was broken into are joined."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import quantiles

from knowledge.reading.model import Line

LABEL = re.compile(
    r"(?:[IVX]{1,5}|\d{1,2}(?:\.\d{1,2}){0,3})\.\s+\S|\d{1,2}\.\d{1,2}\s+[A-ZĐÀ-Ỵ]|[a-zđ]{1,2}[).]\s+\S|[-–+•]\s*\S"
    r"|Điều\s+\d+\.|Căn cứ\s|\([A-ZĐ]"
)
_DASH = re.compile(r"[-–]\s*(?=\S)")
_UNFINISHED = re.compile(r"[^.:;!?)/]$")
_WRAP_WIDTH = 125
_FULL = 0.74


def unwrap(lines: Sequence[Line]) -> list[Line]:
    """Join the lines of each paragraph when the text is hard-wrapped; otherwise only drop blanks."""
    written = [Line(" ".join(line.text.split()), line.number) for line in lines]
    lengths = [len(line.text) for line in written if line.text]
    width = quantiles(lengths, n=20)[-1] if len(lengths) > 20 else 0.0
    if not 40 <= width <= _WRAP_WIDTH:
        return [line for line in written if line.text]
    return _join_spaced(written, width) if _blank_after_each(written) else _join_paragraphs(written)


def _blank_after_each(lines: Sequence[Line]) -> bool:
    """True when a blank line follows nearly each line, so that blanks say nothing about paragraphs."""
    followed = [not after.text for line, after in pairwise(lines) if line.text]
    return sum(followed) > 0.8 * len(followed)


def _join_spaced(lines: Sequence[Line], width: float) -> list[Line]:
    """A line goes on when the next word would not have fitted, or when it goes on in lower case."""
    joined: list[list[Line]] = []
    for line in lines:
        if not line.text:
            continue
        if joined and _goes_on(joined[-1][-1].text, line.text, width):
            joined[-1].append(line)
        else:
            joined.append([line])
    return [_joined(paragraph) for paragraph in joined]


def _goes_on(last: str, text: str, width: float) -> bool:
    full = len(last) + 1 + len(text.split()[0]) >= _FULL * width
    if LABEL.match(text):
        return full and _inner_dash(last, text)
    return text[0].islower() or (full and _UNFINISHED.search(last) is not None)


def _inner_dash(last: str, text: str) -> bool:
    """A dash inside a sentence ("05 - 10 năm", "sản xuất - tiêu thụ") that a line happens to begin with."""
    dash = _DASH.match(text)
    if not dash or not _UNFINISHED.search(last):
        return False
    after = text[dash.end()]
    return after.islower() or (after.isdigit() and last[-1].isdigit())


def _join_paragraphs(lines: Sequence[Line]) -> list[Line]:
    """Blank lines part the paragraphs; a label begins a new one even without a blank line.

    A page break leaves a blank line inside a sentence: what follows in lower case still belongs to it.
    """
    joined: list[list[Line]] = []
    blank = True
    for line in lines:
        if not line.text:
            blank = True
        elif joined and _continues(joined[-1][-1].text, line.text, blank):
            joined[-1].append(line)
            blank = False
        else:
            joined.append([line])
            blank = False
    return [_joined(paragraph) for paragraph in joined]


def _continues(above: str, text: str, blank: bool) -> bool:
    if LABEL.match(text):
        return not blank and (above.endswith(",") or _inner_dash(above, text))
    return not blank or (text[0].islower() and _UNFINISHED.search(above) is not None)


def _joined(paragraph: Sequence[Line]) -> Line:
    # Once for all its lines: line by line would copy the paragraph as often as it has lines.
    return Line(" ".join(line.text for line in paragraph), paragraph[0].number)
