from __future__ import annotations

import pytest

from bot.channels.protocol import Finding
from bot.channels.telegram import TelegramChannel
from bot.channels.telegram.fake import FakeTelegram, Said
from bot.channels.telegram.fake.world import Webhook
from tests.bot.channels.telegram.helpers import SECRET, Inbox, channel
from trolyso.settings import Mode

HOOK = "https://vinhlong.example/telegram/webhook"


def said(findings: tuple[Finding, ...]) -> str:
    return "\n".join(f"{finding.good} {finding.text}" for finding in findings)


async def test_a_registered_webhook_is_found_good(fake: FakeTelegram, api: str) -> None:
    telegram = channel(api, fake.world.token, Mode.WEBHOOK)
    await telegram.run(Inbox().receive)
    fake.world.write("một")
    report = said(await telegram.inspect())
    assert "True Telegram nhận mã bot: @TroLyVinhLongBot (Trợ lý số Vĩnh Long)" in report
    assert f"True Telegram gọi webhook {HOOK}" in report
    assert "None Tin nhắn Telegram còn giữ: 1" in report
    assert "True Trình đơn của bot có đủ các lệnh" in report
    assert "False" not in report
    await telegram.aclose()


async def test_another_address_and_the_last_error_are_told(fake: FakeTelegram, api: str) -> None:
    telegram = channel(api, fake.world.token, Mode.WEBHOOK)
    fake.world.webhook = Webhook("https://old.example/x", SECRET)
    assert "False Webhook ở Telegram đang ở old.example, cần là" in said(await telegram.inspect())
    fake.world.webhook = Webhook(HOOK, SECRET, error="Connection refused", error_date=1_767_225_600)
    report = said(await telegram.inspect())
    assert "Lần gọi webhook không được gần nhất ngày 01/01/2026: Connection refused" in report
    await telegram.aclose()


async def test_an_answer_that_is_not_as_documented_is_told(
    fake: FakeTelegram, telegram: TelegramChannel
) -> None:
    fake.mishap = lambda _: Said(200, b'{"ok": true, "result": {"id": 5}}')
    (finding,) = await telegram.inspect()
    assert finding.good is False


async def test_polling_with_a_webhook_set_is_told(fake: FakeTelegram, telegram: TelegramChannel) -> None:
    fake.world.webhook = Webhook("https://old.example/x")
    assert "None Telegram đang gọi webhook ở old.example" in said(await telegram.inspect())


@pytest.mark.parametrize("running", [True, False])
async def test_what_is_wrong_is_told_without_the_token(running: bool, api: str) -> None:
    token = "7654321:WrongTokenWrongTokenWrongTokenWrong"
    telegram = channel(api if running else "http://127.0.0.1:1", token)
    (finding,) = await telegram.inspect()
    assert finding.good is False
    assert finding.text.startswith("Telegram không nhận" if running else "Không hỏi được Telegram")
    assert token not in finding.text
    await telegram.aclose()
