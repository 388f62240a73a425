"""The chat page in a real browser, against the real processes.

Set ``TROLYSO_E2E_URL`` to try a service that already runs.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, ViewportSize, expect

pytestmark = pytest.mark.e2e

PHONE: ViewportSize = {"width": 360, "height": 740}
QUESTION = "ai chủ trì chỉ tiêu OCOP 2024?"
PATIENCE = 20_000  # milliseconds; the first answer of a fresh Rasa is slow


@pytest.fixture(scope="module")
def base_url(request: pytest.FixtureRequest) -> str:
    """Address of the service."""
    given = os.environ.get("TROLYSO_E2E_URL")
    return (given or str(request.getfixturevalue("service_url"))).rstrip("/")


@pytest.fixture
def page(browser: Browser, base_url: str) -> Iterator[Page]:
    """The chat page on a small phone; anything that the browser complains about fails the test."""
    complaints: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type == "error":
            complaints.append(message.text)

    opened = browser.new_page(viewport=PHONE, base_url=base_url, locale="vi-VN")
    opened.set_default_timeout(PATIENCE)
    opened.on("console", note)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.goto("/")
    yield opened
    opened.close()
    assert complaints == []


def ask(page: Page, text: str) -> None:
    """Type a question and wait for one more answer."""
    before = page.locator(".turn.bot").count()
    page.get_by_label("Câu hỏi của anh chị").fill(text)
    page.get_by_role("button", name="Gửi", exact=True).click()
    expect(page.locator(".turn.bot")).to_have_count(before + 1, timeout=PATIENCE)


def test_a_person_asks_taps_a_suggestion_and_follows_the_source(page: Page) -> None:
    ask(page, QUESTION)
    answer = page.locator(".turn.bot").first
    expect(answer).to_have_attribute("data-status", "answered")
    expect(answer).to_contain_text("Sở Công Thương")
    tap = answer.locator(".tap").first
    title = tap.inner_text()
    tap.click()
    expect(page.locator(".turn.bot")).to_have_count(2, timeout=PATIENCE)
    expect(page.locator(".turn.me")).to_have_count(2)
    assert title

    link = page.locator(".turn.bot").first.get_by_role("link").first
    fragment = unquote(urlsplit(link.get_attribute("href") or "").fragment)
    assert fragment
    link.click()
    page.wait_for_url(re.compile(r"/van-ban/"))
    target = page.locator(":target")
    expect(target).to_have_attribute("id", fragment)
    expect(target).to_be_in_viewport()
    expect(target).to_contain_text("OCOP")
    expect(target).to_have_css("background-color", "rgb(255, 234, 168)")

    page.go_back()
    expect(page.locator(".turn.bot")).to_have_count(2)


def test_the_keyboard_is_enough_and_answers_are_announced(page: Page) -> None:
    expect(page.get_by_role("log")).to_have_attribute("aria-live", "polite")
    box = page.get_by_label("Câu hỏi của anh chị")
    for _ in range(40):
        if box.evaluate("node => node === document.activeElement"):
            break
        page.keyboard.press("Tab")
    expect(box).to_be_focused()
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    expect(page.locator(".turn.bot")).to_have_count(1, timeout=PATIENCE)


def test_the_page_fits_a_small_phone(page: Page) -> None:
    ask(page, QUESTION)
    for path in ("", "/van-ban", "/van-ban/206-qd-ubnd", "/huong-dan"):
        if path:
            page.goto(path)
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= PHONE["width"], path or "/"


def test_what_is_typed_stays_text(page: Page) -> None:
    ask(page, "<img src=x onerror=\"document.title='broken'\"> OCOP 2024 ai chủ trì?")
    expect(page.locator(".turn.me p").first).to_contain_text("<img src=x")
    assert page.locator(".turn img").count() == 0
    assert page.title() != "broken"


def test_without_a_script_the_form_still_answers(browser: Browser, base_url: str) -> None:
    with browser.new_context(java_script_enabled=False, viewport=PHONE, base_url=base_url) as context:
        page = context.new_page()
        page.goto("/")
        page.get_by_label("Câu hỏi của anh chị").fill(QUESTION)
        page.get_by_role("button", name="Gửi", exact=True).click()
        expect(page.locator(".turn.bot")).to_contain_text("Sở Công Thương")
        expect(page.locator(".turn.bot").get_by_role("link").first).to_have_attribute(
            "href", re.compile("^/van-ban/")
        )
