from __future__ import annotations

import pytest

from bot.channels.protocol import Button, Parcel, ParcelKind, Place, Refused
from bot.channels.telegram import TelegramChannel
from bot.channels.telegram.fake import Call, FakeTelegram, Said, group, refusal
from bot.channels.telegram.fake.world import LAN
from tests.bot.channels.telegram.helpers import FAMILY, HOME, IN_FAMILY, Shelf, picture, png, text

NEWER = group(-1009876543210, "Tổ dân phố 5")


async def test_a_text_arrives_with_links_and_keys(fake: FakeTelegram, telegram: TelegramChannel) -> None:
    rows = ((Button("Xem tiếp", "offer-1"), Button("Chọn", "offer-2")), (Button("Tải về", "offer-3"),))
    html = 'Chỉ tiêu <b>80</b>: 5 &lt; 7 &amp; <a href="https://x.vn/?a=1&amp;b=2">STT 80</a>'
    await telegram.send(HOME, text(html, rows))
    (sent,) = fake.world.sent
    assert sent.text == "Chỉ tiêu 80: 5 < 7 & STT 80"
    assert sent.links == ("https://x.vn/?a=1&b=2",)
    assert sent.buttons == (("Xem tiếp", "offer-1"), ("Chọn", "offer-2"), ("Tải về", "offer-3"))
    assert [len(row) for row in fake.world.keys(sent)] == [2, 1]
    assert fake.calls[0].parameters["link_preview_options"] == {"is_disabled": True}


async def test_a_reply_is_attached_and_stands_alone_when_the_message_is_gone(
    fake: FakeTelegram, telegram: TelegramChannel
) -> None:
    asked = fake.world.write("hỏi", chat=FAMILY)["message"]["message_id"]
    await telegram.send(IN_FAMILY, text("đáp", reply_to=str(asked)))
    await telegram.send(IN_FAMILY, text("đáp", reply_to="999999"))
    assert [sent.reply_to for sent in fake.world.sent] == [asked, None]


async def test_an_answer_goes_into_its_topic(fake: FakeTelegram, telegram: TelegramChannel) -> None:
    forum = group(-1007777, "Diễn đàn", forum=True)
    fake.world.chats[forum["id"]] = forum
    await telegram.send(Place("telegram", str(forum["id"]), "1", thread="42", group=True), text("đáp"))
    assert fake.world.sent[0].thread == 42


async def test_a_picture_is_sent_as_bytes_with_its_caption(
    fake: FakeTelegram, telegram: TelegramChannel, shelf: Shelf
) -> None:
    await telegram.send(HOME, picture("Biểu đồ <b>OCOP</b>"))
    (sent,) = fake.world.sent
    assert (sent.kind, sent.text) == ("photo", "Biểu đồ OCOP")
    assert sent.file is not None
    assert sent.file.content == shelf.blobs["/bieu-do/a.png"].content


async def test_a_file_keeps_its_name_and_every_byte(
    fake: FakeTelegram, telegram: TelegramChannel, shelf: Shelf
) -> None:
    await telegram.send(HOME, Parcel(ParcelKind.FILE, "Bảng", url="/tai-ve/a.xlsx"))
    (sent,) = fake.world.sent
    assert sent.kind == "document"
    assert sent.file is not None
    assert (sent.file.name, sent.file.content) == ("chỉ tiêu.xlsx", shelf.blobs["/tai-ve/a.xlsx"].content)


@pytest.mark.parametrize("content", [None, b"no picture", png(9990, 30), png(300, 4)])
async def test_words_replace_a_picture_that_is_missing_or_refused(
    content: bytes | None, fake: FakeTelegram, telegram: TelegramChannel, shelf: Shelf
) -> None:
    blob = shelf.blobs.pop("/bieu-do/a.png")
    if content is not None:
        shelf.blobs["/bieu-do/a.png"] = type(blob)(blob.name, blob.media, content)
    await telegram.send(HOME, picture(instead='Xem <a href="https://x.vn/a">biểu đồ</a>'))
    assert [(sent.kind, sent.text) for sent in fake.world.sent] == [("text", "Xem biểu đồ")]


async def test_without_words_a_missing_file_is_refused(telegram: TelegramChannel) -> None:
    with pytest.raises(Refused):
        await telegram.send(HOME, picture(url="/khong-co", instead=""))


async def test_words_are_sent_even_when_their_markup_is_wrong(
    fake: FakeTelegram, telegram: TelegramChannel
) -> None:
    await telegram.send(HOME, text("<b>OCOP &amp; <i>5 < 7"))
    assert [sent.text for sent in fake.world.sent] == ["OCOP & 5 < 7"]


async def test_a_group_that_moved_is_followed(fake: FakeTelegram, telegram: TelegramChannel) -> None:
    fake.world.moved[FAMILY["id"]] = NEWER["id"]
    fake.world.chats[NEWER["id"]] = NEWER
    await telegram.send(IN_FAMILY, text("một"))
    await telegram.send(IN_FAMILY, text("hai"))
    await telegram.typing(IN_FAMILY)
    assert [(sent.chat, sent.text) for sent in fake.world.sent] == [
        (NEWER["id"], "một"),
        (NEWER["id"], "hai"),
    ]
    refused = [call for call in fake.attempts if call.parameters["chat_id"] == str(FAMILY["id"])]
    assert len(refused) == 1
    assert fake.named("sendChatAction")[0].parameters["chat_id"] == str(NEWER["id"])


async def test_a_person_who_blocked_the_bot_is_left_alone(
    fake: FakeTelegram, telegram: TelegramChannel
) -> None:
    fake.world.blocked.add(LAN["id"])
    with pytest.raises(Refused, match="blocked"):
        await telegram.send(HOME, picture())
    assert [call.method for call in fake.attempts] == ["sendPhoto"]


async def test_a_message_that_comes_back_unreadable_was_sent(
    fake: FakeTelegram, telegram: TelegramChannel
) -> None:
    fake.mishap = lambda _: Said(200, b'{"ok": true, "result": {"message_id": 5}}', done=True)
    await telegram.send(HOME, text("một"))
    assert [sent.text for sent in fake.world.sent] == ["một"]


async def test_typing_is_shown_and_never_fails(fake: FakeTelegram, telegram: TelegramChannel) -> None:
    await telegram.typing(HOME)
    assert fake.named("sendChatAction")[0].parameters["action"] == "typing"
    fake.mishap = lambda _: refusal(400, "Bad Request: chat not found")
    await telegram.typing(HOME)


async def test_nothing_is_sent_twice_by_itself(fake: FakeTelegram, telegram: TelegramChannel) -> None:
    seen: list[Call] = []

    def notice(call: Call) -> None:
        seen.append(call)

    fake.mishap = notice
    await telegram.send(HOME, text("một"))
    await telegram.send(HOME, picture())
    assert [call.method for call in seen] == ["sendMessage", "sendPhoto"]
