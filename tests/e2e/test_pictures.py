"""The pictures of the chat page in README.md and docs/kenh.md; `--regenerate-goldens` takes them anew."""

from __future__ import annotations

import os

import pytest
from playwright.sync_api import Browser, ViewportSize, expect

from tests.goldens import OPTION
from trolyso.settings import ROOT

pytestmark = pytest.mark.e2e

PICTURE = ROOT / "docs" / "images" / "kenh-web.png"
FIRST = ROOT / "docs" / "images" / "chat.png"
DESK: ViewportSize = {"width": 1000, "height": 860}
PHONE: ViewportSize = {"width": 390, "height": 800}
# The height at which the question and its answer fill what lies between the header and the box.
HEIGHT = """() => {
  const room = document.getElementById("scroll"), turns = document.querySelectorAll(".turn");
  const [question, answer] = [...turns].slice(-2).map(turn => turn.getBoundingClientRect());
  return Math.ceil(window.innerHeight - room.clientHeight + answer.bottom - question.top + 32);
}"""
PATIENCE = 20_000


@pytest.fixture(scope="module")
def base_url(request: pytest.FixtureRequest) -> str:
    """Address of the service."""
    given = os.environ.get("TROLYSO_E2E_URL")
    return (given or str(request.getfixturevalue("service_url"))).rstrip("/")


def test_a_comparison_has_a_table_a_chart_and_its_sources(
    browser: Browser, base_url: str, pytestconfig: pytest.Config
) -> None:
    with browser.new_context(viewport=PHONE, base_url=base_url, device_scale_factor=1.5) as context:
        page = context.new_page()
        page.goto("/")
        page.get_by_label("Câu hỏi của anh chị").fill("ai chủ trì chỉ tiêu OCOP 2024?")
        page.get_by_role("button", name="Gửi", exact=True).click()
        page.get_by_role("button", name="So với năm 2023").click(timeout=PATIENCE)
        answer = page.locator(".turn.bot").nth(1)
        expect(answer.get_by_role("row").filter(has_text="Mục tiêu")).to_contain_text("90%", timeout=PATIENCE)
        expect(answer.locator(".sources a")).to_have_count(2)
        chart = answer.locator(".picture img")
        expect(chart).to_have_js_property("complete", True)
        assert chart.evaluate("node => node.naturalWidth") > 0
        if pytestconfig.getoption(OPTION):
            page.set_viewport_size({"width": PHONE["width"], "height": page.evaluate(HEIGHT)})
            page.locator(".turn.me").nth(1).evaluate("node => node.scrollIntoView({block: 'start'})")
            page.screenshot(path=PICTURE)
    assert PICTURE.is_file()


def test_a_first_question_has_its_source_and_what_to_ask_next(
    browser: Browser, base_url: str, pytestconfig: pytest.Config
) -> None:
    with browser.new_context(viewport=DESK, base_url=base_url) as context:
        page = context.new_page()
        page.goto("/")
        page.get_by_label("Câu hỏi của anh chị").fill("ai chủ trì chỉ tiêu OCOP 2024?")
        page.get_by_role("button", name="Gửi", exact=True).click()
        answer = page.locator(".turn.bot")
        expect(answer.get_by_role("button", name="Ai phối hợp?")).to_be_visible(timeout=PATIENCE)
        expect(answer.locator(".sources a")).to_have_attribute("href", "/van-ban/206-qd-ubnd#stt-80")
        if pytestconfig.getoption(OPTION):
            page.screenshot(path=FIRST)
    assert FIRST.is_file()
