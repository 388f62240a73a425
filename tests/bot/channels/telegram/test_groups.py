"""In a group the bot answers only when it is called."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.protocol import IncomingMessage, Kind
from bot.channels.telegram.addressing import Identity
from bot.channels.telegram.fake import group, user
from bot.channels.telegram.fake.markup import units
from bot.channels.telegram.fake.objects import Json, photo_of, sticker, text_of
from bot.channels.telegram.fake.world import LAN
from bot.channels.telegram.updates import Reader, decode
from tests.bot.channels.telegram.helpers import FAMILY, HUNG, raw

US = Identity(7654321, "TroLyVinhLongBot")
BOT = user(US.id, "Trợ lý số", US.username, is_bot=True)
FORUM = group(-1007777, "Diễn đàn", forum=True)


def message(content: Json, sender: Json = LAN, chat: Json = FAMILY, **more: Any) -> Json:
    return {"message_id": 31, "date": 1767225600, "chat": chat, "from": sender, **content, **more}


def read(held: Json, me: Identity = US) -> IncomingMessage | None:
    return Reader(me).read(decode(raw(held)))


def content(held: Json, me: Identity = US) -> tuple[Kind, str] | None:
    found = read(held, me)
    return (found.kind, found.text) if found else None


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("@TroLyVinhLongBot ai chủ trì OCOP?", "ai chủ trì OCOP?"),
        ("@trolyvinhlongbot, ai chủ trì OCOP?", "ai chủ trì OCOP?"),
        ("ai chủ trì OCOP @TroLyVinhLongBot ?", "ai chủ trì OCOP?"),
        ("Anh Ba ơi hỏi @TroLyVinhLongBot ai chủ trì?", "Anh Ba ơi hỏi ai chủ trì?"),
        ("🌾🌾 @TroLyVinhLongBot ai chủ trì?\n\nnăm 2024", "🌾🌾 ai chủ trì?\n\nnăm 2024"),
        ("@lan_vinhlong @TroLyVinhLongBot OCOP", "@lan_vinhlong OCOP"),
        ("@TroLyVinhLongBot OCOP @TroLyVinhLongBot", "OCOP"),
        ("@TroLyVinhLongBot /ocop 2024", "/ocop 2024"),
        ("/ocop@TroLyVinhLongBot 2024", "/ocop 2024"),
    ],
)
def test_our_name_is_taken_out_of_what_is_asked(typed: str, asked: str) -> None:
    assert content(message(text_of(typed))) == (Kind.TEXT, asked)


@pytest.mark.parametrize(
    "held",
    [
        text_of("ai chủ trì OCOP?"),
        text_of("@ThoiTietBot mai mưa không?"),
        text_of("thư gửi x@TroLyVinhLongBot.vn"),
        text_of("/start@ThoiTietBot"),
        text_of("/ocop 2024"),
        text_of("@TroLyVinhLongBot2 ơi"),
        sticker(),
        photo_of("ảnh họp tổ"),
        {"text": "@TroLyVinhLongBot viết mà không phải nhắc tên"},
    ],
)
def test_what_does_not_call_us_is_left_alone(held: Json) -> None:
    assert read(message(held)) is None


@pytest.mark.parametrize(
    ("held", "kind", "text"),
    [
        (text_of("/start@TroLyVinhLongBot"), Kind.COMMAND, "start"),
        (text_of("/help"), Kind.COMMAND, "help"),
        (text_of("/gopy đèn hỏng"), Kind.TEXT, "góp ý đèn hỏng"),
        (text_of("@TroLyVinhLongBot"), Kind.COMMAND, "help"),
        (photo_of("@TroLyVinhLongBot cái này là gì?"), Kind.TEXT, "cái này là gì?"),
    ],
)
def test_commands_and_captions_call_us_too(held: Json, kind: Kind, text: str) -> None:
    assert content(message(held)) == (kind, text)


@pytest.mark.parametrize(
    ("held", "kind", "text"),
    [(text_of("còn năm 2025?"), Kind.TEXT, "còn năm 2025?"), (sticker(), Kind.MEDIA, "sticker")],
)
def test_a_reply_to_us_calls_us(held: Json, kind: Kind, text: str) -> None:
    assert content(message(held, reply_to_message=message(text_of("đáp"), BOT))) == (kind, text)
    assert read(message(held, reply_to_message=message(text_of("đáp"), HUNG))) is None


def test_a_name_without_username_calls_us() -> None:
    entity = {"type": "text_mention", "offset": 0, "length": 9, "user": BOT}
    assert content(message({"text": "Trợ lý số OCOP?", "entities": [entity]})) == (Kind.TEXT, "OCOP?")
    other = {**entity, "user": HUNG}
    assert read(message({"text": "Trợ lý số OCOP?", "entities": [other]})) is None


def test_each_member_has_a_conversation_of_their_own() -> None:
    of_lan, of_hung = (read(message(text_of("/help"), sender)) for sender in (LAN, HUNG))
    assert of_lan is not None
    assert of_hung is not None
    assert of_lan.place.conversation == f"telegram:{FAMILY['id']}:7001"
    assert of_hung.place.conversation == f"telegram:{FAMILY['id']}:7002"
    assert of_lan.place.group


def test_a_topic_is_kept_and_a_chain_of_replies_is_not_one() -> None:
    topic = read(message(text_of("/help"), chat=FORUM, message_thread_id=42, is_topic_message=True))
    chain = read(message(text_of("/help"), message_thread_id=42))
    assert topic is not None
    assert chain is not None
    assert (topic.place.thread, chain.place.thread) == ("42", "")


def test_a_message_in_a_topic_that_we_opened_does_not_call_us() -> None:
    opened = message({"forum_topic_created": {"name": "Hỏi đáp", "icon_color": 7322096}}, BOT, FORUM)
    more = {"message_thread_id": 31, "is_topic_message": True, "reply_to_message": opened}
    assert read(message(text_of("ai chủ trì?"), chat=FORUM, **more)) is None


def test_an_anonymous_administrator_is_a_person() -> None:
    nobody = user(1087968824, "Group", "GroupAnonymousBot", is_bot=True)
    found = read(message(text_of("/help"), nobody, sender_chat=FAMILY))
    assert found is not None
    assert found.place.person == str(FAMILY["id"])


def test_posts_of_the_linked_channel_do_not_call_us() -> None:
    telegram = user(777000, "Telegram")
    news = {"id": -1005555, "type": "channel", "title": "Tin tỉnh"}
    more = {"sender_chat": news, "is_automatic_forward": True}
    assert read(message(text_of("@TroLyVinhLongBot xem"), telegram, **more)) is None


def test_before_our_name_is_known_any_bot_may_be_meant() -> None:
    unknown = Identity(US.id)
    assert content(message(text_of("@TroLyVinhLongBot OCOP?")), unknown) == (Kind.TEXT, "OCOP?")
    assert read(message(text_of("@lan_vinhlong OCOP?")), unknown) is None


@given(before=st.text(max_size=30), after=st.text(max_size=30))
def test_a_mention_is_cut_out_exactly_whatever_stands_around(before: str, after: str) -> None:
    name = f"@{US.username}"
    typed = f"{before} {name} {after}"
    entity = {"type": "mention", "offset": units(before + " "), "length": units(name)}
    found = content(message({"text": typed, "entities": [entity]}))
    assert found is not None
    kind, asked = found
    kept = "".join(asked.split())
    if kind is Kind.TEXT:
        # Only spaces, and marks that stood before the words, are gone.
        assert "".join((before + after).split()).endswith(kept)
        assert kept.startswith("".join((before + after).split()).lstrip(",;:–—-")[:1])
    else:
        assert not "".join((before + after).split()).strip(",;:–—-")
