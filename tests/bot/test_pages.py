"""The pages: small, self-contained, escaped, and usable without a script."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import unquote, urlsplit

import pytest

from bot.fakes import Raw
from tests.bot.site import Site
from trolyso.answer import Answer, Attachment

PAGES = ("/", "/van-ban", "/van-ban/206-qd-ubnd", "/van-ban/article-001", "/huong-dan", "/docs", "/khong-co")
HTML = {"accept": "text/html"}
FORM = {"content-type": "application/x-www-form-urlencoded", "accept": "text/html"}


def _assets(page: str) -> list[str]:
    return re.findall(r'(?:src|href)="(/static/[^"]+)"', page)


def test_the_chat_page_with_all_it_loads_is_small(site: Site) -> None:
    page = site.http.get("/", headers=HTML).text
    files = set(_assets(page))
    assert len(files) == 3
    assert len(page.encode()) + sum(len(site.http.get(file).content) for file in files) < 60_000


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_loaded_from_elsewhere_or_written_inline(site: Site, path: str) -> None:
    page = site.http.get(path, headers=HTML).text
    assert not re.search(r"""(?:src|href|action)=["'](?!/|#)""", page)
    assert "<style" not in page
    assert " style=" not in page
    assert not re.search(r"\son\w+=", re.sub(r"&lt;.*?&gt;", "", page))
    assert all(site.http.get(file).status_code == 200 for file in _assets(page))


@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_language_title_heading_and_one_main(site: Site, path: str) -> None:
    page = site.http.get(path, headers=HTML).text
    assert '<html lang="vi">' in page
    assert re.search(r"<title>\S.+ – Trợ lý số Vĩnh Long</title>", page)
    assert page.count("<h1") == 1
    assert page.count("<main") == 1
    ids = re.findall(r'\sid="([^"]*)"', page)
    assert len(ids) == len(set(ids))
    assert all(ids)


@pytest.mark.parametrize("path", PAGES)
def test_every_link_to_a_page_leads_somewhere(site: Site, path: str) -> None:
    page = site.http.get(path, headers=HTML).text
    for link in set(re.findall(r'href="(/(?!static)[^"]*)"', page)):
        assert site.http.get(link).status_code == 200, link
    for link in set(re.findall(r'href="#([^"]*)"', page)):
        assert f'id="{unquote(link)}"' in page


def test_the_script_never_writes_markup(site: Site) -> None:
    script = site.http.get("/static/chat.js").text
    assert "innerHTML" not in script
    assert "insertAdjacent" not in script
    assert "document.write" not in script
    assert "eval" not in script
    assert "=>" not in script


def test_the_document_page_carries_the_ids_that_citations_link_to(site: Site, answer: Answer) -> None:
    url = urlsplit(answer.citations[0].url)
    page = site.http.get(url.path).text
    for anchor in (url.fragment, "stt-khong-so", "stt-111", "PL3.D.4", "II", "II.1.b", "QĐ.Điều 1"):
        assert f'id="{anchor}"' in page


def test_the_document_page_says_what_the_source_lacks(site: Site) -> None:
    page = site.http.get("/van-ban/206-qd-ubnd").text
    assert "Bản gốc mất tiêu đề." in page
    assert '<td class="blank" data-label="Phối hợp">(để trống)</td>' in page
    assert "không ghi tên tỉnh" not in page
    assert "không ghi tên tỉnh" in site.http.get("/van-ban/article-001").text


def test_text_of_a_document_is_never_markup(site: Site, nasty: str) -> None:
    page = site.http.get("/van-ban/206-qd-ubnd").text
    assert nasty not in page
    assert "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;" in page


def test_without_a_script_a_form_asks_and_shows_the_answer(site: Site, answer: Answer) -> None:
    response = site.http.post("/chat", data={"message": "ai chủ trì?"}, headers=FORM)
    assert response.status_code == 200
    assert "ai chủ trì?" in response.text
    assert "<p>Năm 2024, chỉ tiêu là 50%.</p>" in response.text
    assert "<li>Chủ trì: Sở Công Thương</li>" in response.text
    assert f'href="{answer.citations[0].url}">206/QĐ-UBND ngày 31/01/2024, STT 80</a>' in response.text
    assert 'value="so với năm 2023 thì sao?"' in response.text


def test_the_form_goes_on_in_the_same_conversation(site: Site) -> None:
    first = site.http.post("/chat", data={"message": "một"}, headers=FORM).text
    (conversation,) = set(re.findall(r'name="conversation" value="(w\.[^"]+)"', first))
    site.http.post("/chat", data={"message": "hai", "conversation": conversation}, headers=FORM)
    assert len({received.sender for received in site.rasa.received}) == 1


def test_the_form_keeps_the_question_when_there_is_no_answer(site: Site) -> None:
    site.rasa.script = lambda _: Raw(b"[]")
    response = site.http.post("/chat", data={"message": "câu <khó>"}, headers=FORM)
    assert response.status_code == 503
    assert ">câu &lt;khó&gt;</textarea>" in response.text
    assert "Dạ, em gặp lỗi khi soạn câu trả lời" in response.text


def test_nothing_that_is_typed_or_answered_becomes_markup(site: Site, answer: Answer, nasty: str) -> None:
    evil = replace(answer.citations[0], url="javascript:alert(1)", quote=nasty, document=nasty)
    site.rasa.script = lambda _: replace(
        answer, text=nasty, citations=(evil,), attachments=(Attachment("file", "//evil.example", nasty),)
    )
    page = site.http.post("/chat", data={"message": nasty}, headers=FORM).text
    assert "<script>alert" not in page
    assert "<b onmouseover" not in page
    assert "javascript:" not in page
    assert "evil.example" not in page
    draft = site.http.get("/", params={"hoi": nasty}).text
    assert "<script>alert" not in draft


@pytest.mark.parametrize(
    "body", [b"", b"message", b"a=1&" * 50, b"message=%ff%fe", "message=" + "x" * 100_000]
)
def test_an_odd_form_gets_a_page(site: Site, body: bytes | str) -> None:
    response = site.http.post("/chat", content=body, headers=FORM)
    assert response.status_code == 200
    assert "Trợ lý trả lời" in response.text


def test_a_question_in_the_address_is_only_filled_in(site: Site) -> None:
    page = site.http.get("/", params={"hoi": "/restart"}).text
    assert ">restart</textarea>" in page
    assert site.rasa.received == []


def test_static_files_may_be_kept_and_their_address_changes_with_them(site: Site) -> None:
    address = _assets(site.http.get("/").text)[0]
    assert re.search(r"\?v=[0-9a-f]{10}$", address)
    assert "max-age" in site.http.get(address).headers["cache-control"]


@pytest.mark.parametrize("asked", ["bytes=a-b", "bytes=99999999-", "lines=1-2", "bytes=0-3,2-5"])
def test_a_static_file_is_sent_whole_whatever_range_is_asked(site: Site, asked: str) -> None:
    whole = site.http.get("/static/chat.js")
    reply = site.http.get("/static/chat.js", headers={"Range": asked})
    assert reply.status_code == 200
    assert reply.content == whole.content
    assert reply.headers["content-security-policy"] == whole.headers["content-security-policy"]
