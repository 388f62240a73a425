from __future__ import annotations

import contextlib
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.channels.protocol import IncomingMessage, Kind, Place, UnreadableUpdate
from bot.channels.zalo import updates
from bot.channels.zalo.fake import Person, image, sticker, text, unsupported, voice
from bot.channels.zalo.fake.objects import wrapped

COT = Person("u1", group="g1")
JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=4,
)


def read(update: object, names: tuple[str, ...] = ()) -> IncomingMessage:
    message = updates.read(update, names)
    assert message is not None
    return message


def test_wrapped_and_flat_bodies_are_the_same_message() -> None:
    update = text("chỉ tiêu OCOP 2024", Person("u1"), number=7)
    assert read(update) == read(wrapped(update))
    assert read(update) == IncomingMessage(
        key=f"zalo:message.text.received:{7:020x}",
        order=1_750_316_131_007,
        place=Place("zalo", "u1", "u1"),
        kind=Kind.TEXT,
        text="chỉ tiêu OCOP 2024",
        message_id=f"{7:020x}",
    )


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        ("/start", "start"),
        (" /HELP ", "help"),
        ("/huongdan", "huongdan"),
        ("/hướng dẫn", "huongdan"),
        ("/Góp Ý", "gopy"),
        ("/xóa dữ liệu", "xoadulieu"),
        ("/xoá dữ liệu", "xoadulieu"),
    ],
)
def test_commands(typed: str, command: str) -> None:
    message = read(text(typed))
    assert (message.kind, message.text) == (Kind.COMMAND, command)


@pytest.mark.parametrize("typed", ["hướng dẫn", "//start", "/khac", "/", "/start nhanh", "gõ /start"])
def test_what_is_no_command_stays_text(typed: str) -> None:
    message = read(text(typed))
    assert (message.kind, message.text) == (Kind.TEXT, typed)


@pytest.mark.parametrize(
    ("update", "word"),
    [(image(), "image"), (sticker(), "sticker"), (voice(), "voice"), (unsupported(), "unsupported")],
)
def test_what_holds_no_words_is_media(update: dict[str, Any], word: str) -> None:
    message = read(update)
    assert (message.kind, message.text) == (Kind.MEDIA, word)
    assert message.key.startswith(f"zalo:message.{word}.received:")


def test_an_event_that_is_not_documented_yet_is_media_too() -> None:
    update = text("") | {"event_name": "message.link.received"}
    assert (read(update).kind, read(update).text) == (Kind.MEDIA, "link")


@pytest.mark.parametrize("field", ["photo", "photo_url"])
def test_the_caption_of_a_picture_is_its_text(field: str) -> None:
    update = image(caption="chỉ tiêu này ai chủ trì?")
    update["message"][field] = update["message"].pop("photo_url")
    assert (read(update).kind, read(update).text) == (Kind.TEXT, "chỉ tiêu này ai chủ trì?")


@pytest.mark.parametrize(
    "update",
    [
        text("chào", Person("b1", bot=True)),
        {"event_name": "message.text.received"},
        {"event_name": "message.text.received", "message": None},
        {"event_name": "bot.joined", "message": text("x")["message"]},
        {"ok": True, "result": {"event_name": "message.seen", "message": {"a": 1}}},
    ],
)
def test_what_asks_for_nothing(update: dict[str, Any]) -> None:
    assert updates.read(update) is None


def test_each_member_of_a_group_has_a_conversation_of_their_own() -> None:
    place = read(text("chào", COT)).place
    assert place == Place("zalo", "g1", "u1", group=True)
    assert place.conversation == "zalo:g1:u1"


@pytest.mark.parametrize("typed", ["@Bot Vĩnh Long ai chủ trì OCOP?", "@bot vĩnh long, ai chủ trì OCOP?"])
def test_the_name_of_the_bot_is_left_out(typed: str) -> None:
    assert read(text(typed, COT), ("Bot", "Bot Vĩnh Long")).text == "ai chủ trì OCOP?"
    assert read(text(typed, COT)).text == typed


def test_a_command_behind_the_name_is_one() -> None:
    assert read(text("@Bot /help", COT), ("Bot",)).kind is Kind.COMMAND


@pytest.mark.parametrize(
    ("date", "order"),
    [(1_750_316_131_602, 1_750_316_131_602), ("1750316131602", 1_750_316_131_602), (1.5e12, 1500000000000)],
)
def test_dates(date: object, order: int) -> None:
    update = text("chào")
    update["message"]["date"] = date
    assert read(update).order == order


@pytest.mark.parametrize("date", [None, "hôm nay", -1, [], 2**70, float("nan"), float("inf")])
def test_a_message_without_a_readable_date_is_not_lost(date: object) -> None:
    update = text("chào")
    update["message"]["date"] = date
    assert read(update).order == 0


@pytest.mark.parametrize("value", [None, "", 3.5, True, [], "x" * 129, "a\nb", "\ud800"])
@pytest.mark.parametrize("where", ["message_id", "chat", "from"])
def test_ids_are_ids(where: str, value: object) -> None:
    update = text("chào", COT)
    if where == "message_id":
        update["message"]["message_id"] = value
    else:
        update["message"][where]["id"] = value
    with pytest.raises(UnreadableUpdate, match="id was expected"):
        updates.read(update)


def test_the_sender_of_a_private_chat_may_stay_unnamed() -> None:
    update = unsupported(Person("u1"))
    del update["message"]["from"]
    assert read(update).place == Place("zalo", "u1", "u1")


def test_numbers_are_ids_too() -> None:
    update = text("chào")
    update["message"]["message_id"] = 17
    assert read(update).key == "zalo:message.text.received:17"


@given(st.text(st.characters(exclude_categories=()), max_size=40))
@example("một\0hai")
@example("\ud800một \udc00 hai\udbff")
def test_every_text_can_be_stored(words: str) -> None:
    found = read(text(words)).text
    found.encode()
    assert "\0" not in found
    if words.isprintable():
        assert found == words.strip() or found in updates.COMMANDS


@given(JSON)
def test_whatever_comes_is_read_or_told_to_be_unreadable(update: object) -> None:
    for body in (update, {"result": update}, {"event_name": "message.text.received", "message": update}):
        with contextlib.suppress(UnreadableUpdate):
            assert isinstance(updates.read(body), IncomingMessage | None)


@given(st.dictionaries(st.sampled_from(("from", "chat", "text", "caption", "message_id", "date")), JSON))
def test_any_message_is_read_or_told_to_be_unreadable(message: dict[str, Any]) -> None:
    for event in ("text", "image", "sticker"):
        with contextlib.suppress(UnreadableUpdate):
            updates.read({"event_name": f"message.{event}.received", "message": message})
