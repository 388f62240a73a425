"""docs/kenh.md shows what is really rendered; `--regenerate-goldens` writes its transcripts anew."""

from __future__ import annotations

import re

import pytest

from tests.bot.rendering.transcripts import transcript
from tests.goldens import compare
from trolyso.settings import ROOT

PAGE = ROOT / "docs" / "kenh.md"
BLOCK = re.compile(r"(<!-- (\w+): ([\w-]+) -->\n```text\n).*?^```$", re.DOTALL | re.MULTILINE)


def test_the_transcripts_are_those_of_today(pytestconfig: pytest.Config) -> None:
    page = PAGE.read_text(encoding="utf-8")
    fresh = BLOCK.sub(lambda block: f"{block[1]}{transcript(block[2], block[3])}\n```", page)
    compare(PAGE, fresh, pytestconfig)


def test_every_text_channel_is_shown() -> None:
    shown = {channel for _, channel, _ in BLOCK.findall(PAGE.read_text(encoding="utf-8"))}
    assert shown == {"telegram", "zalo", "terminal"}
