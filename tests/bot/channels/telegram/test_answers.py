"""What the rendering makes of answers is taken by the emulated API."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.protocol import IncomingMessage, Kind, Offer, Parcel, ParcelKind
from bot.channels.telegram import TelegramChannel
from bot.channels.telegram.fake import FakeTelegram, checks
from bot.rendering.telegram import render
from tests.bot.channels.telegram.helpers import HOME, IN_FAMILY
from tests.bot.samples import ANSWER, NASTY
from trolyso.answer import Answer, Attachment, Citation, Status, Suggestion

SITE = "https://vinhlong.example"
WORDS = st.text(max_size=200) | st.sampled_from([NASTY, "a" * 5000, "🌾 " * 3000, "dòng | cột\n" * 400])


def offers(answer: Answer) -> tuple[Offer, ...]:
    return tuple(
        Offer(f"id-{number}", number, item.title, item.message)
        for number, item in enumerate(answer.suggestions, 1)
    )


def check(parcels: Sequence[Parcel]) -> None:
    """Raises when the emulated API would refuse one."""
    for parcel in parcels:
        is_text = parcel.kind is ParcelKind.TEXT
        checks.formatted(parcel.text, "HTML", checks.TEXT if is_text else checks.CAPTION)
        if parcel.instead:
            checks.formatted(parcel.instead, "HTML", checks.TEXT)
        keys = [[{"text": key.title, "callback_data": key.offer} for key in row] for row in parcel.rows]
        checks.keyboard({"inline_keyboard": keys})


# What is long takes long to make: no limit on the time of one example.
@settings(deadline=None, max_examples=50)
@given(text=WORDS, quote=WORDS, title=st.text(max_size=80), caption=WORDS, site=st.sampled_from([SITE, ""]))
def test_any_answer_is_taken(text: str, quote: str, title: str, caption: str, site: str) -> None:
    citation = Citation("206/QĐ-UBND", "Quyết định", "2024-02-06", "80", None, quote, "/van-ban/x#stt-80")
    answer = Answer(
        Status.ANSWERED,
        text,
        (Suggestion(title or "x", "hỏi"),),
        (citation,) * 4,
        (Attachment("image", "/bieu-do/a.png", caption),),
    )
    check(render(answer, offers(answer), site, "5"))


@pytest.mark.parametrize("group", [False, True])
async def test_an_answer_reaches_the_person(
    group: bool, fake: FakeTelegram, telegram: TelegramChannel
) -> None:
    place = IN_FAMILY if group else HOME
    chat = fake.world.chats[int(place.chat)]
    asked = fake.world.write("hỏi", chat=chat)["message"]["message_id"]
    message = IncomingMessage("telegram:1", 1, place, Kind.TEXT, "hỏi", str(asked))
    parcels = telegram.render(ANSWER, offers(ANSWER), message)
    for parcel in parcels:
        await telegram.send(place, parcel)
    assert len(fake.world.sent) == len(parcels)
    first = fake.world.sent[0]
    assert first.reply_to == (asked if group else None)
    assert ANSWER.text.split("\n")[0] in first.text
    shown = [title for sent in fake.world.sent for title, _ in sent.buttons]
    assert len(shown) == len(ANSWER.suggestions)
    links = [link for sent in fake.world.sent for link in sent.links]
    assert all(link.startswith(SITE) for link in links)
    assert any(ANSWER.citations[0].url in link for link in links)
