from __future__ import annotations

from collections.abc import Callable, Mapping

import httpx
import pytest

from bot.channels.protocol import (
    Channel,
    IncomingMessage,
    Offer,
    OutcomeUnknown,
    Parcel,
    ParcelKind,
    Refused,
    TryLater,
)
from bot.channels.zalo import Timing, ZaloChannel
from bot.channels.zalo.fake import TOKEN, Call, FakeZalo, Mishap, Trouble, Webhook, text
from bot.fakes import LoopbackServer
from tests.bot.channels.zalo.conftest import PLACE, SECRET, SITE, MakeChannel
from tests.bot.samples import ANSWER
from trolyso.settings import Mode

HEADER = "X-Bot-Api-Secret-Token"
CHART = Parcel(ParcelKind.IMAGE, "Biểu đồ", url="/bieu-do/1.png", instead=f"Biểu đồ: {SITE}/bieu-do/1.png")


def words(typed: str) -> Parcel:
    return Parcel(ParcelKind.TEXT, typed)


def only(method: str, mishap: Mishap) -> Callable[[Call], Mishap | None]:
    return lambda call: mishap if call.method == method else None


async def nothing(message: IncomingMessage) -> None:
    raise AssertionError("no update was expected")


@pytest.fixture(scope="module")
def idle() -> ZaloChannel:
    """A channel that calls nobody."""
    return ZaloChannel(TOKEN, "https://api.example", SECRET, Mode.WEBHOOK, SITE)


def test_it_is_a_channel(idle: ZaloChannel) -> None:
    channel: Channel = idle
    assert (channel.name, channel.numbered) == ("zalo", True)


@pytest.mark.parametrize(
    ("headers", "good"),
    [
        ({HEADER: SECRET}, True),
        ({HEADER.lower(): SECRET}, True),
        (httpx.Headers({HEADER: SECRET}), True),
        ({HEADER: SECRET + "x"}, False),
        ({HEADER: SECRET[:-1]}, False),
        ({HEADER: ""}, False),
        ({HEADER: "mật khẩu \udcff"}, False),
        ({"Authorization": SECRET}, False),
        ({}, False),
    ],
)
def test_only_the_secret_opens(idle: ZaloChannel, headers: Mapping[str, str], good: bool) -> None:
    assert idle.verify(headers) is good


def test_without_a_secret_nothing_opens() -> None:
    channel = ZaloChannel(TOKEN, "https://api.example", "", Mode.WEBHOOK, SITE)
    assert not any(channel.verify(headers) for headers in ({}, {HEADER: ""}, {HEADER: "x"}))


def test_the_answer_is_rendered_for_this_channel(idle: ZaloChannel) -> None:
    message = idle.read(text("hỏi"))
    assert message is not None
    offers = [Offer(f"o{n}", n, item.title, item.message) for n, item in enumerate(ANSWER.suggestions, 1)]
    parcels = idle.render(ANSWER, offers, message)
    assert all(not parcel.rows and len(parcel.text) <= 2000 for parcel in parcels)
    assert offers[0].title in "".join(parcel.text for parcel in parcels)


async def test_a_text_arrives(make: MakeChannel, fake: FakeZalo) -> None:
    await make().send(PLACE, words("Dạ, 90% & <b>không</b> đậm"))
    assert fake.seen(PLACE.chat) == ["Dạ, 90% & <b>không</b> đậm"]


async def test_a_picture_arrives_by_its_full_address(make: MakeChannel, fake: FakeZalo) -> None:
    await make().send(PLACE, CHART)
    assert fake.seen(PLACE.chat) == [f"{SITE}/bieu-do/1.png\nBiểu đồ"]


async def test_a_picture_without_a_public_site_is_told_in_words(make: MakeChannel, fake: FakeZalo) -> None:
    await make(site="").send(PLACE, CHART)
    assert fake.seen(PLACE.chat) == [CHART.instead]
    assert not fake.called("sendPhoto")


async def test_a_picture_that_is_refused_is_told_in_words(make: MakeChannel, fake: FakeZalo) -> None:
    fake.script = only("sendPhoto", Mishap(Trouble.NO, code=400))
    await make().send(PLACE, CHART)
    assert fake.seen(PLACE.chat) == [CHART.instead]


async def test_a_picture_that_may_have_arrived_is_not_told_again(make: MakeChannel, fake: FakeZalo) -> None:
    fake.script = only("sendPhoto", Mishap(Trouble.DROP, done=True))
    with pytest.raises(OutcomeUnknown):
        await make().send(PLACE, CHART)
    assert not fake.called("sendMessage")


@pytest.mark.parametrize("instead", ["Bảng: https://a.example/1.xlsx", ""])
async def test_a_file_is_told_in_words(make: MakeChannel, fake: FakeZalo, instead: str) -> None:
    await make().send(PLACE, Parcel(ParcelKind.FILE, "Bảng", url="/1.xlsx", instead=instead))
    assert fake.seen(PLACE.chat) == [instead or "Bảng"]


async def test_a_refused_text_is_refused(make: MakeChannel, fake: FakeZalo) -> None:
    with pytest.raises(Refused):
        await make().send(PLACE, words("x" * 2001))


async def test_a_token_that_is_not_known_is_waited_out(make: MakeChannel) -> None:
    with pytest.raises(TryLater) as raised:
        await make(token="1:other").send(PLACE, words("chào"))
    assert raised.value.after == 60


async def test_typing_is_shown_and_never_fails(make: MakeChannel, fake: FakeZalo) -> None:
    channel = make()
    await channel.typing(PLACE)
    assert [call.parameters for call in fake.called("sendChatAction")] == [
        {"chat_id": PLACE.chat, "action": "typing"}
    ]
    for trouble in Trouble:
        fake.script = only("sendChatAction", Mishap(trouble, seconds=1))
        await channel.typing(PLACE)
    assert fake.seen(PLACE.chat) == []


async def test_nothing_has_to_be_settled(make: MakeChannel, fake: FakeZalo) -> None:
    channel = make()
    message = channel.read(text("hỏi"))
    assert message is not None
    await channel.settle(message, None)
    assert not fake.calls


async def test_the_webhook_is_registered_when_the_platform_comes_back(
    make: MakeChannel, fake: FakeZalo
) -> None:
    fake.script = lambda call: Mishap(Trouble.ERROR) if call.number < 5 else None
    await make(Mode.WEBHOOK).run(nothing)
    assert fake.webhook == Webhook(f"{SITE}/zalo/webhook", SECRET)


@pytest.mark.parametrize(
    ("site", "secret"),
    [("", SECRET), ("http://trolyso.example", SECRET), (SITE, ""), (SITE, "short"), (SITE, "x" * 257)],
)
async def test_a_webhook_that_cannot_work_is_not_registered(
    make: MakeChannel, fake: FakeZalo, caplog: pytest.LogCaptureFixture, site: str, secret: str
) -> None:
    await make(Mode.WEBHOOK, secret=secret, site=site).run(nothing)
    assert not fake.called("setWebhook")
    assert "no webhook" in caplog.text


@pytest.mark.parametrize("outcome", ["webhook.err.tls", "webhook.http.403"])
async def test_a_trial_call_that_failed_is_told(
    make: MakeChannel, fake: FakeZalo, caplog: pytest.LogCaptureFixture, outcome: str
) -> None:
    fake.outcome = outcome
    await make(Mode.WEBHOOK).run(nothing)
    assert fake.webhook.url == f"{SITE}/zalo/webhook"
    assert outcome in caplog.text


@pytest.mark.parametrize("outcome", ["webhook.ok", "Lời\ncủa ai đó"])
async def test_other_outcomes_are_not_told(
    make: MakeChannel, fake: FakeZalo, caplog: pytest.LogCaptureFixture, outcome: str
) -> None:
    fake.outcome = outcome
    await make(Mode.WEBHOOK).run(nothing)
    assert "trial call" not in caplog.text


async def test_nothing_of_the_token_or_the_secret_is_logged(
    make: MakeChannel, fake: FakeZalo, caplog: pytest.LogCaptureFixture
) -> None:
    troubles = [Mishap(trouble, seconds=0.6) for trouble in Trouble]
    fake.script = lambda call: troubles.pop() if troubles and call.method == "setWebhook" else None
    await make(Mode.WEBHOOK).run(nothing)
    told = [record.getMessage() for record in caplog.records if record.name.startswith("bot")]
    assert len(told) == len(Trouble)
    assert TOKEN.split(":")[1] not in "".join(told)
    assert SECRET not in "".join(told)


async def test_the_check_up_of_a_bot_that_polls(make: MakeChannel, fake: FakeZalo) -> None:
    good = await make().inspect()
    assert [finding.good for finding in good] == [True, None, True]
    assert "bot.TroLySo" in good[0].text
    fake.webhook = Webhook("https://other.example/hook", SECRET)
    bad = await make().inspect()
    assert bad[-1].good is False
    assert "https://other.example/hook" in bad[-1].text


async def test_the_check_up_of_a_webhook(make: MakeChannel, fake: FakeZalo) -> None:
    channel = make(Mode.WEBHOOK)
    assert (await channel.inspect())[-1].good is False
    await channel.run(nothing)
    assert (await channel.inspect())[-1].good is True
    fake.webhook = Webhook("https://other.example/hook", SECRET)
    assert (await channel.inspect())[-1].good is False


async def test_the_check_up_never_raises_and_never_tells_the_token(make: MakeChannel, fake: FakeZalo) -> None:
    told = await make(token="1:other-token").inspect()
    for trouble in Trouble:
        fake.script = only("getWebhookInfo" if trouble is Trouble.NO else "getMe", Mishap(trouble, seconds=1))
        told += await make().inspect()
    assert [finding.good for finding in told if finding.good is not None].count(False) == len(Trouble) + 1
    assert "mã bot" in told[0].text
    assert not any("token" in finding.text for finding in told)


async def test_typing_is_left_out_when_answers_wait(
    make: MakeChannel, fake: FakeZalo, monkeypatch: pytest.MonkeyPatch
) -> None:
    channel = make()
    monkeypatch.setattr(channel._pace, "idle", lambda _: False)
    await channel.typing(PLACE)
    assert not fake.calls


@pytest.mark.parametrize(
    ("failures", "error", "pause"),
    [
        (1, OutcomeUnknown(""), 1.0),
        (3, OutcomeUnknown(""), 4.0),
        (60, TryLater(""), 60.0),
        (1, TryLater("", 7), 7.0),
        (1, TryLater("", 0), 1.0),
    ],
)
def test_pauses_grow_up_to_a_minute(failures: int, error: Exception, pause: float) -> None:
    assert Timing().pause(failures, error) == pause


async def test_the_official_address_may_end_with_a_slash(server: LoopbackServer, fake: FakeZalo) -> None:
    channel = ZaloChannel(TOKEN, server.url + "/", SECRET, Mode.POLLING, SITE + "/")
    await channel.send(PLACE, CHART)
    assert fake.seen(PLACE.chat) == [f"{SITE}/bieu-do/1.png\nBiểu đồ"]
    assert channel.webhook == f"{SITE}/zalo/webhook"
    await channel.aclose()
