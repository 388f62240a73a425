from __future__ import annotations

import json
import logging
import socket
import traceback

import pytest

from bot.channels.protocol import OutcomeUnknown, Refused, SendError, TryLater
from bot.channels.telegram import TelegramChannel
from bot.channels.telegram.fake import Cut, FakeTelegram, Hang, Said, Trouble, flood, page, refusal
from tests.bot.channels.telegram.helpers import HOME, channel, picture, text

WORDS = "câu trả lời riêng tư"
BODILESS = Said(200, b"")
NO = Said(200, json.dumps({"ok": False, "error_code": 500, "description": "Internal"}).encode())

TROUBLES: list[tuple[Trouble, type[SendError], float | None]] = [
    (flood(7), TryLater, 7.0),
    (refusal(429, "Too Many Requests"), TryLater, None),
    (refusal(500, "Internal Server Error"), TryLater, None),
    (refusal(502, "Bad Gateway"), TryLater, None),
    (NO, TryLater, None),
    (refusal(401, "Unauthorized"), TryLater, 60.0),
    (refusal(404, "Not Found"), TryLater, 60.0),
    (refusal(409, "Conflict: terminated by other getUpdates request"), TryLater, 60.0),
    (page(403), TryLater, 60.0),
    (page(302), TryLater, 60.0),
    (refusal(400, "Bad Request: message is too long"), Refused, None),
    (refusal(403, "Forbidden: bot was kicked from the supergroup chat"), Refused, None),
    (refusal(400, f"Bad Request: something new about {WORDS}"), Refused, None),
    (page(502), OutcomeUnknown, None),
    (page(504, done=True), OutcomeUnknown, None),
    (page(200), OutcomeUnknown, None),
    (BODILESS, OutcomeUnknown, None),
    (Hang(5), OutcomeUnknown, None),
    (Hang(5, done=True), OutcomeUnknown, None),
    (Cut(), OutcomeUnknown, None),
    (Cut(done=True), OutcomeUnknown, None),
]


@pytest.mark.parametrize(("trouble", "error", "after"), TROUBLES)
async def test_each_trouble_tells_whether_to_try_again(
    trouble: Trouble,
    error: type[SendError],
    after: float | None,
    fake: FakeTelegram,
    telegram: TelegramChannel,
) -> None:
    fake.mishap = lambda _: trouble
    with pytest.raises(error) as caught:
        await telegram.send(HOME, text(WORDS))
    assert getattr(caught.value, "after", None) == after
    assert len(fake.world.sent) == trouble.done


async def test_a_picture_in_trouble_is_not_replaced_by_words(
    fake: FakeTelegram, telegram: TelegramChannel
) -> None:
    fake.mishap = lambda call: Hang(5, done=True) if call.method == "sendPhoto" else None
    with pytest.raises(OutcomeUnknown):
        await telegram.send(HOME, picture())
    assert [sent.kind for sent in fake.world.sent] == ["photo"]


async def test_what_never_left_may_be_sent_again(fake: FakeTelegram) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    telegram = channel(f"http://127.0.0.1:{port}", fake.world.token)
    with pytest.raises(TryLater, match="ConnectError"):
        await telegram.send(HOME, text("một"))
    await telegram.aclose()


@pytest.mark.parametrize("trouble", [trouble for trouble, _, _ in TROUBLES])
async def test_errors_and_logs_hold_neither_token_nor_words(
    trouble: Trouble, fake: FakeTelegram, telegram: TelegramChannel, caplog: pytest.LogCaptureFixture
) -> None:
    # The lines of httpx, which hold the address of each call, are cleaned where the process logs.
    caplog.set_level(logging.INFO, "bot")
    caplog.set_level(logging.INFO, "telegram")
    fake.mishap = lambda _: trouble
    for parcel in (text(WORDS), picture(WORDS)):
        with pytest.raises(SendError) as caught:
            await telegram.send(HOME, parcel)
        logged = [record.getMessage() for record in caplog.records if record.name != "httpx"]
        said = "".join(traceback.format_exception(caught.value) + logged)
        assert fake.world.token not in said
        assert WORDS not in said
