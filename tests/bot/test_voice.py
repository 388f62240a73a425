"""The assistant speaks with one voice: it is "em", people are "anh chị", words are spelled one way."""

from __future__ import annotations

import ast
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from trolyso.settings import ROOT

BOT = ROOT / "bot"
PAGES = (*sorted((BOT / "templates").rglob("*.html")), BOT / "static" / "chat.js")
OTHER_VOICES = re.compile(r"\bbạn\b|\bmình\b|\btớ\b|anh\s*/\s*chị|\b(?:xoá|huỷ|hoà|thuỷ)\b", re.IGNORECASE)


def other_voices(text: str) -> list[str]:
    return OTHER_VOICES.findall(unicodedata.normalize("NFC", text))


def literals(source: str) -> Iterator[tuple[int, str]]:
    """The texts in a module with their lines; strings that stand alone are docstrings."""
    tree = ast.parse(source)
    alone = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in alone:
            yield node.lineno, node.value


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Bạn hỏi đi", ["Bạn"]),
        ("giúp mình nhé", ["mình"]),
        ("Anh/chị chờ", ["Anh/chị"]),
        ("Xoá rồi huỷ", ["Xoá", "huỷ"]),
        (unicodedata.normalize("NFD", "của bạn"), ["bạn"]),
        ("Dạ, anh chị xóa, hủy giúp em; tỉnh khác ban hành, minh bạch", []),
    ],
)
def test_the_rule_finds_other_voices(text: str, found: list[str]) -> None:
    assert other_voices(text) == found


def test_docstrings_are_not_spoken() -> None:
    source = '"""Bạn."""\nNAME = "một"\n"""Của bạn."""\ndef say(who):\n    "Bạn."\n    return f"hai {who}"\n'
    assert [text for _, text in literals(source)] == ["một", "hai "]


def test_the_code_speaks_with_one_voice() -> None:
    modules = sorted(BOT.rglob("*.py"))
    assert len(modules) > 50
    assert [spoken for path in modules for spoken in _in_module(path)] == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_the_pages_speak_with_one_voice(path: Path) -> None:
    assert other_voices(path.read_text(encoding="utf-8")) == []


def _in_module(path: Path) -> Iterator[str]:
    for line, text in literals(path.read_text(encoding="utf-8")):
        for found in other_voices(text):
            yield f"{path.relative_to(ROOT)}:{line}: {found}"
