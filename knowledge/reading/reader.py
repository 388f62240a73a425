"""One entry point: `read` finds out how a text file is laid out and delivers its blocks."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from knowledge.reading.model import Block, Line, Table
from knowledge.reading.tables import split_piped, split_stacked, split_tabbed
from knowledge.reading.wrapping import unwrap

LARGEST = 2 * 1024 * 1024
"""Bytes of the largest file that is read: twenty times the longest official text that is known."""
# No script piles up more marks on a letter (Unicode's "stream-safe" text allows 30), and sorting them for NFC
# takes time that grows with the square of their number.
_MOST_MARKS = 30
_SIGNS = re.compile(rf"[^\w\s!-~]{{{_MOST_MARKS + 1},}}")
_MARKUP = re.compile(r"\*+|^#+\s+|^-{3,}$")


class UnreadableFile(Exception):
    """A file that cannot be read as text: what was expected, what was found, and where."""


def read(path: Path) -> tuple[Block, ...]:
    """Read a UTF-8 text file into lines and tables.

    Four layouts occur among official texts saved as text, and each is told by its structure: cells
    separated by tabs on one line, cells stacked one a line behind a tab, cells closed by ``|``, and
    running text, which may be hard-wrapped. Raises `UnreadableFile`.
    """
    lines = [_clean(line) for line in _decode(path).split("\n")]
    blocks: list[Block] = []
    for block in _split_tables(lines):
        if isinstance(block, Table):
            blocks.append(block)
        else:
            blocks.extend(unwrap(block))
    return tuple(block for block in blocks if isinstance(block, Table) or block.text)


def _decode(path: Path) -> str:
    try:
        text = _bytes(path).decode("utf-8-sig")
    except OSError as error:
        raise UnreadableFile(f"{path.name}: cần một tệp đọc được, gặp lỗi {error.strerror}") from error
    except UnicodeDecodeError as error:
        where = f"byte {error.start} không phải UTF-8"
        raise UnreadableFile(f"{path.name}: cần văn bản UTF-8, {where}") from error
    if "\x00" in text:
        raise UnreadableFile(f"{path.name}: cần văn bản thuần, tìm thấy byte 0 ở vị trí {text.index(chr(0))}")
    if (place := _pile(text)) is not None:
        raise UnreadableFile(
            f"{path.name}: cần văn bản thuần, hơn {_MOST_MARKS} dấu chồng nhau ở vị trí {place}"
        )
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def _bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        most = LARGEST // (1024 * 1024)
        raise UnreadableFile(f"{path.name}: cần tệp không quá {most} MB, tệp này lớn hơn")
    return content


def _pile(text: str) -> int | None:
    """Where more combining marks than any script uses stand in a row."""
    for signs in _SIGNS.finditer(text):
        marks = 0
        for place, sign in enumerate(signs[0], signs.start()):
            marks = marks + 1 if unicodedata.combining(sign) else 0
            if marks > _MOST_MARKS:
                return place - _MOST_MARKS
    return None


def _clean(line: str) -> str:
    """One raw line without markup; tabs stay, since they are structure."""
    return _MARKUP.sub("", line.replace("\xa0", " ").rstrip(" ")).rstrip(" ")


def _split_tables(lines: list[str]) -> list[list[Line] | Table]:
    """Runs of plain lines, and the tables between them."""
    numbered = [Line(text, number) for number, text in enumerate(lines, 1)]
    for split in (split_tabbed, split_stacked, split_piped):
        blocks = split(numbered)
        if any(isinstance(block, Table) for block in blocks):
            return blocks
    return [[Line(line.text.replace("|", " ").strip(), line.number) for line in numbered]]
