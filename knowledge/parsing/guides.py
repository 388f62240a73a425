"""Guides: from a Markdown file with front matter to a `Guide`.

The front matter is YAML and says everything about the guide; the body is its first paragraph (the
essential) and five sections with fixed headings, in order, each of them a list.
"""

from __future__ import annotations

import re
import reprlib
import unicodedata
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from knowledge.errors import ParseError
from knowledge.plain_yaml import PlainLoader
from knowledge.records import Guide, GuideLink

SECTIONS = {
    "Khi nào dùng": "when",
    "Các bước": "steps",
    "Cần chuẩn bị": "prepare",
    "Kiểm tra lần cuối": "check",
    "Đừng làm": "avoid",
}
"""The headings of a guide in their order, and the fields that they fill."""
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_FENCED = re.compile(r"---\n(.*?)\n---\n(.*)", re.DOTALL)
_HEADING = re.compile(r"^## (.+)$", re.MULTILINE)
_BULLET = re.compile(r"-\s+(\S.*)")
_NUMBERED = re.compile(r"(\d+)\.\s+(\S.*)")
_KEYS = {"title", "topics", "reviewed_on", "official_links", "plan", "plan_question", "related"}


def read_guide(path: Path) -> Guide:
    """Read one guide; its slug is the name of the file.

    Raises `ParseError`: it names the file, what was expected and what was found.
    """
    try:
        return _Reader(path).guide()
    except _NotAGuideError as problem:
        raise ParseError(f"{path.name}: {problem}") from problem


class _NotAGuideError(Exception):
    """What is wrong with a file, without its name."""


class _Reader:
    def __init__(self, path: Path) -> None:
        self._slug = path.stem
        parts = _FENCED.fullmatch(_text(path))
        if parts is None:
            raise _NotAGuideError("cần phần đầu YAML giữa hai dòng ---")
        self._head = _front_matter(parts[1])
        self._lead, self._sections = _split(parts[2])

    def guide(self) -> Guide:
        if not SLUG.fullmatch(self._slug):
            raise _NotAGuideError("tên tệp chỉ gồm chữ thường không dấu, số và gạch nối")
        lists = {
            field: _entries(heading, body)
            for (heading, field), body in zip(SECTIONS.items(), self._sections, strict=True)
        }
        return Guide(
            slug=self._slug,
            title=self._line("title"),
            summary=self._lead,
            topics=self._lines("topics"),
            reviewed_on=self._day("reviewed_on"),
            links=self._links(),
            plan=self._lines("plan"),
            plan_question=self._line("plan_question"),
            related=self._lines("related", least=0),
            **lists,
        )

    def _line(self, key: str) -> str:
        value = self._head[key]
        if not isinstance(value, str) or not value.strip():
            raise _NotAGuideError(f"{key}: cần một dòng chữ, gặp {reprlib.repr(value)}")
        return " ".join(value.split())

    def _lines(self, key: str, least: int = 1) -> tuple[str, ...]:
        value = self._head[key]
        if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
            raise _NotAGuideError(f"{key}: cần danh sách các dòng chữ, gặp {reprlib.repr(value)}")
        if len(value) < least or len(set(value)) < len(value):
            raise _NotAGuideError(f"{key}: cần ít nhất {least} mục, không mục nào lặp lại")
        return tuple(" ".join(item.split()) for item in value)

    def _day(self, key: str) -> date:
        value = self._head[key]
        if type(value) is not date:
            raise _NotAGuideError(f"{key}: cần ngày dạng 2026-01-31, gặp {reprlib.repr(value)}")
        return value

    def _links(self) -> tuple[GuideLink, ...]:
        value = self._head["official_links"]
        if not isinstance(value, list) or not value or not all(map(_is_link, value)):
            raise _NotAGuideError("official_links: mỗi mục cần name và url bắt đầu bằng https://")
        return tuple(GuideLink(item["name"], item["url"]) for item in value)


def _text(path: Path) -> str:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise _NotAGuideError(f"không đọc được tệp: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise _NotAGuideError(f"cần văn bản UTF-8, byte {error.start} không phải") from error
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n"))


def _front_matter(text: str) -> Mapping[str, Any]:
    try:
        head = yaml.load(text, PlainLoader)
    except RecursionError as error:
        raise _NotAGuideError("phần đầu lồng nhau quá sâu") from error
    except (yaml.YAMLError, ValueError) as error:  # ValueError: a date such as 2026-02-31
        raise _NotAGuideError(f"phần đầu không phải YAML: {' '.join(str(error).split())}") from error
    if not isinstance(head, dict):
        raise _NotAGuideError("phần đầu cần các dòng dạng tên: giá trị")
    missing, unheard = sorted(_KEYS - head.keys()), sorted(str(key) for key in head.keys() - _KEYS)
    if missing or unheard:
        raise _NotAGuideError(f"phần đầu thiếu {missing}, dư {unheard}")
    return head


def _split(body: str) -> tuple[str, list[str]]:
    """The lead paragraph, and the text of each section in the order of `SECTIONS`."""
    lead, *pieces = _HEADING.split(body)
    headings = [heading.strip() for heading in pieces[::2]]
    if headings != list(SECTIONS):
        raise _NotAGuideError(f"cần đúng các mục {list(SECTIONS)} theo thứ tự, gặp {headings}")
    if not lead.strip():
        raise _NotAGuideError("cần một đoạn tóm tắt trước mục đầu tiên")
    return " ".join(lead.split()), pieces[1::2]


def _entries(heading: str, body: str) -> tuple[str, ...]:
    lines = [line.strip() for line in body.splitlines() if line.strip()]
    if not lines:
        raise _NotAGuideError(f"mục “{heading}” trống")
    if SECTIONS[heading] == "steps":
        return tuple(_step(line, number) for number, line in enumerate(lines, 1))
    found = [_BULLET.fullmatch(line) for line in lines]
    if not all(found):
        bad = next(line for line, match in zip(lines, found, strict=True) if not match)
        raise _NotAGuideError(f"mục “{heading}”: mỗi dòng cần bắt đầu bằng “- ”, gặp “{bad}”")
    return tuple(match[1] for match in found if match)


def _step(line: str, number: int) -> str:
    match = _NUMBERED.fullmatch(line)
    if match is None or int(match[1]) != number:
        raise _NotAGuideError(f"mục “Các bước”: dòng {number} cần bắt đầu bằng “{number}. ”, gặp “{line}”")
    return match[2]


def _is_link(item: object) -> bool:
    return (
        isinstance(item, dict)
        and item.keys() == {"name", "url"}
        and all(isinstance(value, str) and value for value in item.values())
        and re.fullmatch(r"https://[\w.-]+(?:/\S*)?", item["url"]) is not None
    )
