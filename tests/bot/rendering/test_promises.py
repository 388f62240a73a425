"""What each rendering promises of any answer: limits, balance, every word, every source."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.protocol import Offer, Parcel, ParcelKind
from bot.citing import full_address, safe_link
from bot.rendering import telegram, to_text, zalo
from bot.rendering.layout import sound
from bot.rendering.splitting import utf16
from tests.bot.rendering.samples import NAMES, REAL, SITE, answer, offers, squeezed, texts
from trolyso.answer import Answer, Attachment, Citation, Status, Suggestion

ANYTHING = st.text(st.characters(exclude_categories=()), max_size=60)
MARKED = st.lists(
    st.sampled_from(
        ("<b>", "</pre>", "&amp;", " | ", "\n", "\n\n", "1. ", "Nguồn: x\n", "Câu. ", "từ ", "a" * 90)
    ),
    max_size=200,
).map("".join)
CITATIONS = st.builds(
    Citation,
    document=ANYTHING,
    title=ANYTHING,
    date=st.none() | st.just("2024-01-31") | ANYTHING,
    row=st.none() | ANYTHING,
    section=st.none() | ANYTHING,
    quote=ANYTHING,
    url=st.just("/van-ban/206-qd-ubnd#stt-80") | ANYTHING,
)
ATTACHMENTS = st.builds(
    Attachment, st.sampled_from(("image", "file")), st.just("/bieu-do/a.png") | ANYTHING, ANYTHING | MARKED
)
ANSWERS = st.builds(
    Answer,
    status=st.sampled_from(Status),
    text=(ANYTHING | MARKED).filter(str.strip),
    suggestions=st.lists(st.builds(Suggestion, ANYTHING, ANYTHING), max_size=6).map(tuple),
    citations=st.lists(CITATIONS, max_size=30).map(tuple),
    attachments=st.lists(ATTACHMENTS, max_size=3).map(tuple),
)


class Markup(HTMLParser):
    """Reads what Telegram reads, and fails on what it refuses."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=False)
        self.open: list[str] = []
        self.seen: list[str] = []
        self.links: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ("a", "pre", "blockquote")
        assert tag not in self.open
        assert [name for name, _ in attrs] == {"a": ["href"], "pre": [], "blockquote": ["expandable"]}[tag]
        self.links += [value or "" for name, value in attrs if name == "href"]
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        assert not set(data) & set("<>&")
        self.seen.append(data)

    def handle_entityref(self, name: str) -> None:
        assert name in ("amp", "lt", "gt", "quot")
        self.seen.append(unescape(f"&{name};"))

    @property
    def text(self) -> str:
        return "".join(self.seen)


def check_telegram(answer: Answer, parcels: tuple[Parcel, ...], offered: tuple[Offer, ...]) -> None:
    for parcel in parcels:
        limit = 4096 if parcel.kind is ParcelKind.TEXT else 1024
        assert utf16(parcel.text) <= limit
        assert utf16(parcel.instead) <= 4096
        assert Markup(parcel.text).text.strip() or parcel.kind is not ParcelKind.TEXT
        assert len(Markup(parcel.text).links) <= 100
        parcel.text.encode()
    assert [b.offer for p in parcels for row in p.rows for b in row] == [offer.id for offer in offered]
    assert all(0 < utf16(b.title) <= 64 for p in parcels for row in p.rows for b in row)


def check_zalo(parcels: tuple[Parcel, ...]) -> None:
    for parcel in parcels:
        assert parcel.kind is not ParcelKind.FILE
        assert utf16(parcel.text) <= 2000
        assert utf16(parcel.instead) <= 2000
        assert parcel.text or parcel.kind is ParcelKind.IMAGE
        assert parcel.rows == ()
        parcel.text.encode()


@given(ANSWERS, st.sampled_from((SITE, "")))
def test_any_answer_keeps_the_limits(answer: Answer, site: str) -> None:
    offered = offers(answer)
    check_telegram(answer, telegram.render(answer, offered, site, "7"), offered)
    check_zalo(zalo.render(answer, offered, site))
    to_text(answer, 30, site).encode()


@given(ANYTHING | MARKED)
def test_no_word_of_a_text_is_lost(text: str) -> None:
    text = text.replace("|", "/").replace("Nguồn", "Gốc")
    said = squeezed(sound(text))
    if not said:
        return
    answer = Answer(Status.ANSWERED, text)
    shown = "".join(Markup(piece).text for piece in texts(telegram.render(answer, (), SITE)))
    assert squeezed(shown) == said
    assert squeezed("".join(texts(zalo.render(answer, (), SITE)))) == said
    assert squeezed(to_text(answer)) == said


@pytest.mark.parametrize("name", NAMES)
def test_limits_hold_for_what_was_really_answered(name: str) -> None:
    given_, offered = answer(name), offers(answer(name))
    check_telegram(given_, telegram.render(given_, offered, SITE), offered)
    check_zalo(zalo.render(given_, offered, SITE))


@pytest.mark.parametrize("name", NAMES)
def test_every_word_stands_in_every_rendering(name: str) -> None:
    words = set(re.findall(r"\w+", sound(answer(name).text)))
    words = {word for word in words if len(word) < 100}
    for shown in (_telegram(name), _zalo(name), to_text(answer(name), 0, SITE)):
        assert words - set(re.findall(r"\w+", shown)) == set()


@pytest.mark.parametrize("name", NAMES)
def test_every_source_is_reachable(name: str) -> None:
    links = {full_address(safe_link(citation.url), SITE) for citation in answer(name).citations} - {""}
    marked = {
        link
        for parcel in telegram.render(answer(name), (), SITE)
        for link in map(unescape, Markup(parcel.text).links)
    }
    assert marked == links
    assert {link for link in links if link not in _zalo(name)} == set()
    assert {link for link in links if link not in to_text(answer(name), 0, SITE)} == set()


@pytest.mark.parametrize("name", REAL)
def test_every_suggestion_can_be_picked(name: str) -> None:
    for offer in offers(answer(name)):
        assert f"{offer.number}. " in _zalo(name) or f"Trả lời {offer.number}: {offer.title}" in _zalo(name)
        assert f"  {offer.number}. {offer.title}" in to_text(answer(name))


@pytest.mark.parametrize("name", NAMES)
def test_without_an_address_of_the_site_nothing_links_to_it(name: str) -> None:
    given_ = answer(name)
    marked = "".join(parcel.text + parcel.instead for parcel in telegram.render(given_, (), ""))
    assert 'href="/' not in marked
    plain = zalo.render(given_, (), "")
    assert all(parcel.kind is ParcelKind.TEXT for parcel in plain)
    assert not re.search(
        r"[ \n]/(van-ban|tai-ve|bieu-do)", "".join(texts(plain)) + to_text(given_).split("\n\n")[0]
    )


def _telegram(name: str) -> str:
    return "\n".join(Markup(parcel.text).text for parcel in telegram.render(answer(name), (), SITE))


def _zalo(name: str) -> str:
    parcels = zalo.render(answer(name), offers(answer(name)), SITE)
    return "\n".join(parcel.text for parcel in parcels)
