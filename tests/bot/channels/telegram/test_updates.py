"""What people send to the bot alone, and what is no message at all."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.protocol import IncomingMessage, Kind, Place, UnreadableUpdate
from bot.channels.telegram.addressing import Identity
from bot.channels.telegram.fake import private, user
from bot.channels.telegram.fake.objects import Json, photo_of, sticker, text_of, voice
from bot.channels.telegram.fake.world import LAN
from bot.channels.telegram.updates import Reader, decode
from tests.bot.channels.telegram.helpers import FAMILY, raw

US = Identity(7654321, "TroLyVinhLongBot")
CHANNEL = {"id": -1005555, "type": "channel", "title": "Tin tỉnh"}


def message(content: Json, chat: Json | None = None, sender: Json = LAN, **more: Any) -> Json:
    return {
        "message_id": 31,
        "date": 1767225600,
        "chat": chat or private(sender),
        "from": sender,
        **content,
        **more,
    }


def read(update: Json) -> IncomingMessage | None:
    return Reader(US).read(decode(update))


def content(update: Json) -> tuple[Kind, str] | None:
    found = read(update)
    return (found.kind, found.text) if found else None


def test_a_text_becomes_a_message() -> None:
    assert read(raw(message(text_of("ai chủ trì OCOP?")), number=123456)) == IncomingMessage(
        key="telegram:123456",
        order=123456,
        place=Place("telegram", "7001", "7001"),
        kind=Kind.TEXT,
        text="ai chủ trì OCOP?",
        message_id="31",
    )


def test_a_changed_text_is_a_new_question() -> None:
    found = read(raw(message(text_of("2025 thì sao?"), edit_date=1767225700), "edited_message", 8))
    assert found is not None
    assert (found.key, found.kind, found.text) == ("telegram:8", Kind.TEXT, "2025 thì sao?")


@pytest.mark.parametrize(
    ("typed", "kind", "text"),
    [
        ("/start", Kind.COMMAND, "start"),
        ("/start qr-xa-phu", Kind.COMMAND, "start"),
        ("/START", Kind.COMMAND, "start"),
        ("/help", Kind.COMMAND, "help"),
        ("/huongdan", Kind.COMMAND, "huongdan"),
        ("/gopy@TroLyVinhLongBot", Kind.COMMAND, "gopy"),
        ("/xoadulieu", Kind.COMMAND, "xoadulieu"),
        ("/huongdan VNeID", Kind.TEXT, "hướng dẫn VNeID"),
        ("/gopy đèn đường hỏng", Kind.TEXT, "góp ý đèn đường hỏng"),
        ("/xoadulieu là gì?", Kind.TEXT, "xóa dữ liệu là gì?"),
        ("/ocop 2024", Kind.TEXT, "/ocop 2024"),
        ("/restart", Kind.TEXT, "/restart"),
        ("và/hoặc", Kind.TEXT, "và/hoặc"),
        ("gõ /start", Kind.TEXT, "gõ /start"),
        ("/ 5", Kind.TEXT, "/ 5"),
    ],
)
def test_only_known_commands_are_commands(typed: str, kind: Kind, text: str) -> None:
    assert content(raw(message(text_of(typed)))) == (kind, text)


def test_a_command_for_another_bot_is_not_ours() -> None:
    assert read(raw(message(text_of("/start@ThoiTietBot")))) is None


@pytest.mark.parametrize(
    ("held", "kind", "text"),
    [
        (photo_of(), Kind.MEDIA, "photo"),
        (photo_of("chỉ tiêu này là sao?"), Kind.TEXT, "chỉ tiêu này là sao?"),
        (sticker(), Kind.MEDIA, "sticker"),
        (voice(), Kind.MEDIA, "voice"),
        ({"location": {"latitude": 10.25, "longitude": 105.97}}, Kind.MEDIA, "location"),
        ({"contact": {"phone_number": "1", "first_name": "Ba"}}, Kind.MEDIA, "contact"),
        ({"dice": {"emoji": "🎲", "value": 3}}, Kind.MEDIA, "dice"),
        (
            {
                "venue": {"location": {"latitude": 1, "longitude": 2}, "title": "Chợ", "address": "Phường 1"},
                "location": {"latitude": 1, "longitude": 2},
            },
            Kind.MEDIA,
            "venue",
        ),
    ],
)
def test_what_holds_no_words_is_named(held: Json, kind: Kind, text: str) -> None:
    assert content(raw(message(held))) == (kind, text)


def test_an_album_is_answered_once_however_often_it_is_brought() -> None:
    reader = Reader(US)
    updates = [decode(raw(message(photo_of(), media_group_id="9"), number=number)) for number in (1, 2, 3, 1)]
    assert [reader.read(update) is not None for update in updates] == [True, False, False, True]


def test_a_moving_location_is_not_answered_again_and_again() -> None:
    held = {"location": {"latitude": 10.25, "longitude": 105.97, "live_period": 600}}
    assert read(raw(message(held, edit_date=1767225700), "edited_message")) is None


@pytest.mark.parametrize(
    "update",
    [
        raw(message({"new_chat_members": [LAN]}, FAMILY)),
        raw(message({"left_chat_member": LAN}, FAMILY)),
        raw(message({"new_chat_title": "Tổ 6"}, FAMILY)),
        raw(message({"pinned_message": message(text_of("ghim"))})),
        raw(message({"migrate_to_chat_id": -1002222}, FAMILY)),
        raw(message({"group_chat_created": True}, FAMILY)),
        raw(message(text_of("hỏi"), sender=user(99, "Bot khác", "KhacBot", is_bot=True))),
        raw(message(text_of("tin"), CHANNEL), "channel_post"),
        raw(message(text_of("tin"), CHANNEL), "edited_channel_post"),
        raw({"id": "1", "from": LAN, "query": "ocop", "offset": ""}, "inline_query"),
        raw(
            {
                "chat": private(LAN),
                "from": LAN,
                "date": 1767225600,
                "old_chat_member": {"user": LAN, "status": "member"},
                "new_chat_member": {"user": LAN, "status": "kicked", "until_date": 0},
            },
            "my_chat_member",
        ),
        raw({"id": "1", "from": LAN, "chat_instance": "2", "game_short_name": "x"}, "callback_query"),
        {"update_id": 5},
        raw({"whatever": 1}, "a_kind_of_tomorrow"),
    ],
)
def test_what_asks_for_nothing_is_no_message(update: Json) -> None:
    assert read(update) is None


@pytest.mark.parametrize("group", [False, True])
def test_a_tap_names_its_offer(group: bool) -> None:
    chat = FAMILY if group else private(LAN)
    us = user(US.id, "Trợ lý", US.username, is_bot=True)
    under = message(text_of("Chọn:"), chat, us)
    query = {"id": "400001", "from": LAN, "message": under, "chat_instance": "-5", "data": "Zk3-x_9"}
    assert read(raw(query, "callback_query", 77)) == IncomingMessage(
        key="telegram:77",
        order=77,
        place=Place("telegram", str(chat["id"]), "7001", group=group),
        kind=Kind.TAP,
        text="Zk3-x_9",
        message_id="31",
        receipt="400001",
    )


def test_a_tap_under_a_message_that_is_gone_still_counts() -> None:
    gone = {"chat": private(LAN), "message_id": 31, "date": 0}
    query = {"id": "400001", "from": LAN, "message": gone, "chat_instance": "-5", "data": "x"}
    found = read(raw(query, "callback_query"))
    assert found is not None
    assert (found.place.conversation, found.message_id) == ("telegram:7001", "31")


@pytest.mark.parametrize(
    "broken",
    [
        None,
        [],
        "x",
        {},
        {"update_id": "5"},
        {"update_id": True},
        {"update_id": 5, "message": {"text": "bí mật"}},
        {"update_id": 5, "message": "bí mật"},
        raw(message(text_of("bí mật"), sender={"id": 7001, "first_name": "Lan"})),
    ],
)
def test_what_is_not_as_documented_is_told_without_its_words(broken: object) -> None:
    with pytest.raises(UnreadableUpdate) as caught:
        decode(broken)
    assert "bí mật" not in str(caught.value)
    assert caught.value.__suppress_context__ or caught.value.__context__ is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
FIELDS = st.sampled_from(
    ["message_id", "date", "chat", "from", "text", "caption", "entities", "photo", "sender_chat", "edit_date"]
)


@given(st.dictionaries(FIELDS, JSON, max_size=4))
def test_nothing_but_unreadable_comes_out_of_garbage(held: Json) -> None:
    update = raw({**message(text_of("hỏi")), **held})
    with suppress(UnreadableUpdate):
        found = read(update)
        assert found is None or found == IncomingMessage.from_json(json.loads(json.dumps(found.to_json())))
