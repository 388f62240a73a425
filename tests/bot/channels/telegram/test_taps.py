from __future__ import annotations

from dataclasses import replace

import pytest

from bot.channels.protocol import Button, IncomingMessage, Offer
from bot.channels.telegram import TelegramChannel
from bot.channels.telegram.channel import OLD_BUTTON, STRANGERS_BUTTON
from bot.channels.telegram.fake import FakeTelegram, refusal
from bot.channels.telegram.fake.objects import Json
from bot.channels.telegram.fake.world import LAN
from bot.channels.telegram.keyboards import Keyboards
from bot.channels.telegram.updates import decode
from tests.bot.channels.telegram.helpers import FAMILY, HOME, HUNG, IN_FAMILY, channel, text

ROWS = ((Button("STT 80", "id-1"), Button("STT 81", "id-2")), (Button("Xem tiếp", "id-3"),))
OFFER = Offer("id-2", 2, "STT 81", "chỉ tiêu STT 81")


async def tapped(
    fake: FakeTelegram, telegram: TelegramChannel, title: str, sender: dict[str, object] = LAN
) -> IncomingMessage:
    message = telegram.read(fake.world.tap(title, sender))
    assert message is not None
    return message


def titles(fake: FakeTelegram) -> list[list[str]]:
    return [[key["text"] for key in row] for row in fake.world.keys(fake.world.sent[-1])]


async def test_a_pressed_key_is_ticked_and_all_stay_usable(
    fake: FakeTelegram, telegram: TelegramChannel
) -> None:
    await telegram.send(HOME, text("Chọn:", ROWS))
    await telegram.settle(await tapped(fake, telegram, "STT 81"), OFFER)
    assert titles(fake) == [["STT 80", "✓ STT 81"], ["Xem tiếp"]]
    data = [[key["callback_data"] for key in row] for row in fake.world.keys(fake.world.sent[-1])]
    assert data == [["id-1", "id-2"], ["id-3"]]
    answered = fake.named("answerCallbackQuery")
    assert [call.parameters.get("text") for call in answered] == [None]


async def test_a_second_press_changes_nothing_and_a_second_key_is_ticked_too(
    fake: FakeTelegram, telegram: TelegramChannel
) -> None:
    await telegram.send(HOME, text("Chọn:", ROWS))
    await telegram.settle(await tapped(fake, telegram, "STT 81"), OFFER)
    await telegram.settle(await tapped(fake, telegram, "✓ STT 81"), OFFER)
    await telegram.settle(await tapped(fake, telegram, "Xem tiếp"), replace(OFFER, id="id-3"))
    assert titles(fake) == [["STT 80", "✓ STT 81"], ["✓ Xem tiếp"]]
    assert len(fake.named("editMessageReplyMarkup")) == 2
    assert len(fake.named("answerCallbackQuery")) == 3


async def test_an_old_key_is_told_and_its_keys_go(fake: FakeTelegram, telegram: TelegramChannel) -> None:
    await telegram.send(HOME, text("Chọn:", ROWS))
    await telegram.settle(await tapped(fake, telegram, "STT 81"), None)
    assert titles(fake) == []
    (answered,) = fake.named("answerCallbackQuery")
    assert answered.parameters["text"] == OLD_BUTTON


async def test_a_stranger_in_a_group_does_not_take_the_keys_away(
    fake: FakeTelegram, telegram: TelegramChannel
) -> None:
    await telegram.send(IN_FAMILY, text("Chọn:", ROWS))
    message = await tapped(fake, telegram, "STT 81", HUNG)
    assert message.place.conversation == f"telegram:{FAMILY['id']}:7002"
    await telegram.settle(message, None)
    assert titles(fake) == [["STT 80", "STT 81"], ["Xem tiếp"]]


@pytest.mark.parametrize(("presser", "told"), [(HUNG, STRANGERS_BUTTON), (LAN, OLD_BUTTON)])
async def test_in_a_group_a_stranger_is_told_whose_the_keys_are(
    fake: FakeTelegram, telegram: TelegramChannel, presser: Json, told: str
) -> None:
    asked = fake.world.write("@troly chỉ tiêu", LAN, FAMILY)["message"]
    await telegram.send(IN_FAMILY, text("Chọn:", ROWS, reply_to=str(asked["message_id"])))
    await telegram.settle(await tapped(fake, telegram, "STT 81", presser), None)
    (answered,) = fake.named("answerCallbackQuery")
    assert answered.parameters["text"] == told


async def test_in_a_group_keys_that_answer_nobody_are_not_the_pressers(
    fake: FakeTelegram, telegram: TelegramChannel
) -> None:
    await telegram.send(IN_FAMILY, text("Chọn:", ROWS))
    await telegram.settle(await tapped(fake, telegram, "STT 81"), None)
    (answered,) = fake.named("answerCallbackQuery")
    assert answered.parameters["text"] == STRANGERS_BUTTON


async def test_after_a_restart_the_wait_still_ends(
    fake: FakeTelegram, telegram: TelegramChannel, api: str
) -> None:
    await telegram.send(HOME, text("Chọn:", ROWS))
    message = await tapped(fake, telegram, "STT 81")
    restarted = channel(api, fake.world.token)
    await restarted.settle(message, OFFER)
    assert len(fake.named("answerCallbackQuery")) == 1
    assert titles(fake) == [["STT 80", "STT 81"], ["Xem tiếp"]]
    await restarted.aclose()


async def test_settling_never_fails(fake: FakeTelegram, telegram: TelegramChannel) -> None:
    await telegram.send(HOME, text("Chọn:", ROWS))
    message = await tapped(fake, telegram, "STT 81")
    fake.mishap = lambda _: refusal(400, "Bad Request: query is too old")
    await telegram.settle(message, OFFER)
    await telegram.settle(message, None)


async def test_keys_are_remembered_for_a_while_only(fake: FakeTelegram, telegram: TelegramChannel) -> None:
    await telegram.send(HOME, text("Chọn:", ROWS))
    keyboards = Keyboards(remembered=2)
    queries = [decode(fake.world.tap("Xem tiếp")).callback_query for _ in range(3)]
    for query in queries:
        assert query is not None
        keyboards.remember(query)
    first, last = queries[0], queries[-1]
    assert first is not None
    assert last is not None
    assert keyboards.take(first.id) is None
    assert keyboards.take(last.id) is not None
    assert keyboards.take(last.id) is None
