"""The pages for those who run the channels say what the code does."""

from __future__ import annotations

import re

import pytest

from bot.channels.checkup import TELEGRAM
from bot.channels.zalo.updates import COMMANDS
from bot.delivery.service import KEPT
from bot.mailbox import OFFERS_LAST
from trolyso.settings import ROOT, Settings

PAGES = ("kenh-telegram.md", "kenh-zalo.md")


def page(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", PAGES)
def test_every_variable_that_is_named_exists(name: str) -> None:
    named = set(re.findall(r"TROLYSO_([A-Z_]+)", page(name)))
    assert len(named) > 4
    assert {variable.lower() for variable in named} <= set(Settings.model_fields)


def test_times_are_those_that_are_kept() -> None:
    text = page("kenh-telegram.md")
    assert f"| {OFFERS_LAST.days} ngày |" in text
    assert text.count(f"| {KEPT.days} ngày") == 2


def test_ports_are_those_that_are_checked() -> None:
    *first, last = TELEGRAM.ports
    assert f"{', '.join(map(str, first))} và {last}" in page("kenh-telegram.md")


def test_commands_are_those_that_are_understood() -> None:
    assert set(re.findall(r"`/([a-z]+)`", page("kenh-telegram.md").split("## 2.")[0])) >= COMMANDS


@pytest.mark.parametrize("name", PAGES)
def test_links_lead_to_headings(name: str) -> None:
    for target, anchor in re.findall(r"\]\(([\w.-]+\.md)#([^)]+)\)", page(name)):
        headings = re.findall(r"^#+ (.+)$", page(target), re.MULTILINE)
        assert anchor in {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
