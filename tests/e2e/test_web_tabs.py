"""Tabs, reloads and broken connections on the chat page: real Chromium, the real gateway, a scripted Rasa."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, ViewportSize, expect

from bot.fakes import Raw, Received, as_rasa
from tests.bot.conftest import running, search, site, store  # noqa: F401
from tests.bot.rendering.samples import REAL, answer
from tests.bot.site import Site
from trolyso.answer import Answer, Status, Suggestion

pytestmark = pytest.mark.e2e

PHONE: ViewportSize = {"width": 360, "height": 740}
PATIENCE = 10_000
NO_LOCKS = "Object.defineProperty(navigator, 'locks', {value: undefined});"
APART = "Trang này được mở thêm"
UNANSWERED = "chưa có trả lời"


def echo(received: Received) -> Answer:
    """Tells what was asked, and how many questions of this conversation came before."""
    return Answer(Status.ANSWERED, f"Trả lời cho: {received.message}", (Suggestion("Thêm", "thêm nữa"),))


@pytest.fixture
def echoing(site: Site) -> Site:  # noqa: F811
    site.rasa.script = echo
    return site


@pytest.fixture(params=["locks", "no locks"])
def context(request: pytest.FixtureRequest, browser: Browser, echoing: Site) -> Iterator[BrowserContext]:
    """One person's browser, with and without the Web Locks interface."""
    with browser.new_context(viewport=PHONE, base_url=echoing.url, locale="vi-VN") as opened:
        opened.set_default_timeout(PATIENCE)
        if request.param == "no locks":
            opened.add_init_script(NO_LOCKS)
        yield opened


@pytest.fixture
def page(context: BrowserContext) -> Page:
    opened = context.new_page()
    opened.goto("/")
    return opened


def write(page: Page, text: str) -> None:
    page.get_by_label("Câu hỏi của anh chị").fill(text)
    page.get_by_role("button", name="Gửi", exact=True).click()


def ask(page: Page, text: str) -> None:
    """Type a question and wait for its answer."""
    write(page, text)
    expect(page.locator(".turn.bot").last).to_contain_text(f"Trả lời cho: {text}", timeout=PATIENCE)


def duplicate(page: Page) -> Page:
    """A page that the browser opens with a copy of this one's storage."""
    with page.context.expect_page() as opened:
        page.evaluate("() => { window.open('/'); }")
    opened.value.wait_for_load_state()
    return opened.value


def questions(page: Page) -> list[str]:
    return page.locator(".turn.me > p:not(.lost)").all_inner_texts()


def senders(site: Site) -> list[str]:  # noqa: F811
    return [received.sender for received in site.rasa.received]


def test_a_reload_keeps_the_conversation(page: Page, echoing: Site) -> None:
    ask(page, "một")
    page.reload()
    expect(page.locator(".turn.bot")).to_have_count(1)
    ask(page, "hai")
    page.goto("/van-ban")
    page.go_back()
    expect(page.locator(".turn.bot")).to_have_count(2)
    ask(page, "ba")
    assert questions(page) == ["một", "hai", "ba"]
    assert len(set(senders(echoing))) == 1
    expect(page.get_by_text(APART)).to_have_count(0)


def test_a_duplicated_tab_goes_on_in_a_conversation_of_its_own(page: Page, echoing: Site) -> None:
    ask(page, "một")
    copy = duplicate(page)
    expect(copy.get_by_text(APART)).to_be_visible()
    expect(copy.locator(".turn.bot .tap")).to_have_count(0)
    ask(copy, "hai")
    ask(page, "ba")
    copy.reload()
    expect(copy.get_by_text(APART)).to_be_visible()
    ask(copy, "bốn")
    first, second, third, fourth = senders(echoing)
    assert first == third
    assert second == fourth
    assert first != second
    assert questions(page) == ["một", "ba"]
    assert questions(copy) == ["một", "hai", "bốn"]
    expect(copy.get_by_text(APART)).to_have_count(1)
    expect(page.get_by_text(APART)).to_have_count(0)


def test_whoever_is_left_goes_on_in_the_conversation(page: Page, echoing: Site) -> None:
    ask(page, "một")
    page.goto("/van-ban")
    copy = duplicate(page)
    expect(copy.locator(".turn.bot")).to_have_count(1)
    expect(copy.get_by_text(APART)).to_have_count(0)
    ask(copy, "hai")
    page.go_back()
    expect(page.get_by_text(APART)).to_be_visible()
    ask(page, "ba")
    first, second, third = senders(echoing)
    assert first == second != third


def test_two_tabs_that_ask_at_once_get_their_own_answers(page: Page, echoing: Site) -> None:
    echoing.rasa.script = lambda received: Raw(as_rasa(received.sender, echo(received)), delay=0.4)
    ask(page, "mở đầu")
    copy = duplicate(page)
    expect(copy.get_by_text(APART)).to_be_visible()
    write(page, "của trang đầu")
    write(copy, "của trang sau")
    for each, own, other in ((page, "đầu", "sau"), (copy, "sau", "đầu")):
        expect(each.locator(".turn.bot").last).to_contain_text(f"Trả lời cho: của trang {own}")
        assert f"của trang {other}" not in each.locator("#log").inner_text()
    assert len(set(senders(echoing)[-2:])) == 2


def lose_answers(page: Page, times: int) -> None:
    """The server gets the question, but its answer never reaches the page."""
    left = [times]

    def lose(route: Route) -> None:
        left[0] -= 1
        if left[0] >= 0:
            route.fetch()
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route("**/api/chat", lose)


def test_an_answer_that_got_lost_is_fetched_again_and_not_asked_again(page: Page, echoing: Site) -> None:
    ask(page, "một")
    lose_answers(page, 1)
    write(page, "hai")
    expect(page.get_by_role("alert")).to_contain_text("Mất kết nối")
    page.get_by_role("button", name="Thử lại").click()
    expect(page.locator(".turn.bot")).to_have_count(2)
    expect(page.get_by_role("alert")).to_be_hidden()
    assert questions(page) == ["một", "hai"]
    assert [received.message for received in echoing.rasa.received] == ["một", "hai"]
    assert len(set(senders(echoing))) == 1


def test_the_same_words_once_more_are_a_retry_and_others_leave_the_question(page: Page) -> None:
    lose_answers(page, 2)
    write(page, "một")
    expect(page.get_by_role("alert")).to_contain_text("Mất kết nối")
    write(page, "một")
    expect(page.get_by_role("alert")).to_contain_text("Mất kết nối")
    assert questions(page) == ["một"]
    ask(page, "hai")
    assert questions(page) == ["một", "hai"]
    expect(page.locator(".turn.me").first).to_contain_text(UNANSWERED)
    expect(page.get_by_role("alert")).to_be_hidden()
    page.reload()
    expect(page.locator(".turn.me").first).to_contain_text(UNANSWERED)
    expect(page.get_by_role("alert")).to_be_hidden()


def test_the_page_asks_by_itself_when_the_network_is_back(page: Page, context: BrowserContext) -> None:
    ask(page, "một")
    context.set_offline(True)
    write(page, "hai")
    expect(page.get_by_role("alert")).to_contain_text("Mất kết nối")
    context.set_offline(False)
    expect(page.locator(".turn.bot")).to_have_count(2)
    assert questions(page) == ["một", "hai"]


def test_a_reload_before_the_answer_keeps_the_question(page: Page, echoing: Site) -> None:
    ask(page, "một")
    echoing.rasa.script = lambda received: Raw(as_rasa(received.sender, echo(received)), delay=1.5)
    write(page, "hai")
    expect(page.get_by_text("Đang tìm…")).to_be_visible()
    _until(page, lambda: len(echoing.rasa.received) == 2)
    page.reload()
    expect(page.get_by_role("alert")).to_contain_text(UNANSWERED)
    assert questions(page) == ["một", "hai"]
    page.get_by_role("button", name="Thử lại").click()
    expect(page.locator(".turn.bot")).to_have_count(2)
    assert [received.message for received in echoing.rasa.received] == ["một", "hai"]


def test_starting_anew_leaves_the_conversation(page: Page, echoing: Site) -> None:
    ask(page, "một")
    page.get_by_role("button", name="Bắt đầu lại").click()
    ask(page, "hai")
    assert questions(page) == ["hai"]
    assert len(set(senders(echoing))) == 2


def test_the_script_shows_answers_as_the_server_does(browser: Browser, site: Site) -> None:  # noqa: F811
    shown: list[dict[str, tuple[str, list[str]]]] = []
    for scripted in (True, False):
        with browser.new_context(viewport=PHONE, base_url=site.url, java_script_enabled=scripted) as opened:
            page = opened.new_page()
            page.goto("/")
            shown.append({name: _shown(page, site, name) for name in REAL})
    for name in REAL:
        assert shown[0][name] == shown[1][name], name


def _shown(page: Page, site: Site, name: str) -> tuple[str, list[str]]:  # noqa: F811
    """The words and the links of an answer, in order."""
    site.rasa.script = lambda _: answer(name)
    page.evaluate("() => { for (const old of document.querySelectorAll('.turn')) old.remove(); }")
    write(page, name)
    turn = page.locator(".turn.bot")
    expect(turn).to_have_count(1)
    words = (turn.text_content() or "").replace("Trợ lý trả lời:", "")
    links = turn.locator("a").evaluate_all("all => all.map(link => link.getAttribute('href'))")
    return "".join(words.split()), links


def _until(page: Page, done: Callable[[], bool]) -> None:
    for _ in range(200):
        if done():
            return
        page.wait_for_timeout(25)
    raise AssertionError("it did not happen")
