"""The pages and the API of the guides: all sections, escaped, and nothing but official addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path

import httpx
import pytest

from bot.fakes import LoopbackServer
from bot.finder import Finder
from bot.gateway import create_app
from knowledge.records import Guide, GuideLink
from knowledge.store import Store
from tests.bot.samples import NASTY, official
from tests.knowledge.guide_samples import guide
from trolyso.settings import Settings

HELD = guide(
    plan=("206-qd-ubnd#II.1.a", "206-qd-ubnd:80", "206-qd-ubnd:PL3.D.4", "206-qd-ubnd#gone"),
    related=("xau", "gone"),
)
NASTY_ONE = guide(
    "xau",
    title=NASTY,
    summary=NASTY,
    when=(NASTY,),
    steps=(NASTY,),
    prepare=(NASTY,),
    check=(NASTY,),
    avoid=(NASTY,),
    links=(GuideLink(NASTY, "javascript:alert(1)"),),
    plan=(),
)


@pytest.fixture(scope="module")
def http(tmp_path_factory: pytest.TempPathFactory, search: Finder) -> Iterator[httpx.Client]:
    home: Path = tmp_path_factory.mktemp("guides")
    with Store.open(f"sqlite:///{home / 'store.sqlite3'}") as store:
        store.replace(official())
        store.replace_guide(HELD)
        store.replace_guide(NASTY_ONE)
        with (
            LoopbackServer(create_app(Settings(home=home), store, search)) as server,
            httpx.Client(base_url=server.url, trust_env=False, timeout=20) as client,
        ):
            yield client


def test_the_list_names_each_guide_and_leads_to_it(http: httpx.Client) -> None:
    page = http.get("/huong-dan").text
    assert page.count("<h1") == 1
    assert f'href="/huong-dan/{HELD.slug}"' in page
    assert HELD.summary in page


def test_a_guide_shows_all_its_sections_in_order(http: httpx.Client) -> None:
    page = unescape(http.get(f"/huong-dan/{HELD.slug}").text)
    headings = [
        "Khi nào dùng",
        "Các bước",
        "Cần chuẩn bị",
        "Kiểm tra lần cuối",
        "Đừng làm",
        "Địa chỉ chính thức",
    ]
    assert re.findall(r"<h2>(.+?)</h2>", page)[:6] == headings
    for text in (HELD.summary, *HELD.when, *HELD.steps, *HELD.prepare, *HELD.check, *HELD.avoid):
        assert text in page
    assert page.index(f"<li>{HELD.steps[0]}") > page.index('<ol class="steps">')
    assert "Rà soát ngày 22/11/2026" in page


def test_a_guide_quotes_the_plan_and_links_to_the_very_place(http: httpx.Client) -> None:
    page = http.get(f"/huong-dan/{HELD.slug}").text
    for anchor in ("II.1.a", "stt-80", "PL3.D.4"):
        assert f'href="/van-ban/206-qd-ubnd#{anchor}"' in page
        assert f'id="{anchor}"' in http.get("/van-ban/206-qd-ubnd").text
    assert "Thúc đẩy thanh toán;" in page
    assert "gone" not in page


def test_only_official_addresses_lead_away(http: httpx.Client) -> None:
    page = http.get(f"/huong-dan/{HELD.slug}").text
    assert re.findall(r'href="(https?:[^"]+)"', page) == [link.url for link in HELD.links]


def test_nothing_in_a_guide_becomes_markup(http: httpx.Client) -> None:
    for path in ("/huong-dan", "/huong-dan/xau"):
        page = http.get(path).text
        assert "<script>alert" not in page
        assert "<b onmouseover" not in page
        assert 'href="javascript' not in page


@pytest.mark.parametrize("slug", ["khong-co", "..%2f..%2fetc", "X", "%00", "a" * 300, "tien_dien"])
def test_an_unknown_guide_is_not_found(http: httpx.Client, slug: str) -> None:
    assert http.get(f"/huong-dan/{slug}").status_code == 404
    told = http.get(f"/api/guides/{slug}")
    assert told.status_code == 404
    assert told.json()["error"]["code"] == "not_found"


def test_the_navigation_leads_to_guides_and_to_how_to_ask(http: httpx.Client) -> None:
    page = http.get("/").text
    for path, heading in (("/huong-dan", "Hướng dẫn từng bước"), ("/cach-hoi", "Hỏi trợ lý thế nào?")):
        assert f'<a href="{path}"' in page
        assert heading in http.get(path).text
        assert f'<a href="{path}" aria-current="page">' in http.get(path).text


def test_the_api_lists_guides_in_pages(http: httpx.Client) -> None:
    listing = http.get("/api/guides", params={"limit": 1, "offset": 1}).json()
    assert (listing["total"], listing["limit"], listing["offset"]) == (2, 1, 1)
    assert [item["slug"] for item in listing["items"]] == ["xau"]
    assert http.get("/api/guides", params={"limit": 0}).status_code == 422


def test_the_api_gives_a_guide_whole(http: httpx.Client) -> None:
    item = http.get(f"/api/guides/{HELD.slug}").json()
    assert item.pop("url") == f"/huong-dan/{HELD.slug}"
    links = tuple(GuideLink(**link) for link in item.pop("links"))
    day = item.pop("reviewed_on")
    read = {key: tuple(value) if isinstance(value, list) else value for key, value in item.items()}
    assert replace(HELD, **read, links=links) == HELD
    assert day == "2026-11-22"
    assert set(read) == set(Guide.__slots__) - {"links", "reviewed_on"}


def test_the_api_is_described(http: httpx.Client) -> None:
    assert "/api/guides" in http.get("/docs").text
