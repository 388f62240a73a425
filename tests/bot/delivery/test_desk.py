from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from bot.channels.fakes import RecordingChannel
from bot.channels.protocol import IncomingMessage, Kind, Offer, Parcel, Place
from bot.delivery import phrases
from bot.delivery.asking import Asking, Patience
from bot.delivery.desk import Desk
from bot.delivery.outbox import Outbox, utc_now
from bot.errors import GatewayError, RasaSilentError, RasaUnreachableError
from bot.limits import Limit
from bot.mailbox import Mailbox
from bot.metrics import Metrics
from tests.bot.delivery.people import HOME, ScriptedAssistant, message
from trolyso.answer import Answer, Status, Suggestion

QUICK = Patience(quiet=0.05, typing=0.01, outage=0.02, pause=0.005)
Open = Callable[..., Desk]


@pytest.fixture
def assistant() -> ScriptedAssistant:
    return ScriptedAssistant()


@pytest.fixture
def opened(mailbox: Mailbox, channel: RecordingChannel, assistant: ScriptedAssistant) -> Open:
    def open_desk(limit: int = 0) -> Desk:
        channels = {"fake": channel}
        asking = Asking(assistant, QUICK)  # type: ignore[arg-type]
        outbox = Outbox(mailbox, channels, Metrics())
        return Desk(mailbox, channels, assistant, asking, outbox, Limit(limit))  # type: ignore[arg-type]

    return open_desk


async def test_messages_are_answered_in_the_order_in_which_they_were_written(
    opened: Open, mailbox: Mailbox, channel: RecordingChannel
) -> None:
    for number in (3, 1, 2):
        mailbox.receive(message(number, f"câu {number}."))

    await opened().work(HOME.conversation)

    assert channel.texts == ["về câu 1.", "về câu 2.", "về câu 3."]


async def test_a_number_picks_the_suggestion_that_was_shown(
    opened: Open, mailbox: Mailbox, channel: RecordingChannel, assistant: ScriptedAssistant
) -> None:
    mailbox.receive(message(1, "danh sách"))
    mailbox.receive(message(2, "1"))

    await opened().work(HOME.conversation)

    assert [text for _, text in assistant.asked] == ["danh sách", "xem tiếp trang 2"]


async def test_a_number_stays_a_number_where_none_was_shown(
    opened: Open, mailbox: Mailbox, channel: RecordingChannel, assistant: ScriptedAssistant
) -> None:
    channel.numbered = False
    mailbox.receive(message(1, "danh sách"))
    mailbox.receive(message(2, "1"))

    await opened().work(HOME.conversation)

    assert assistant.asked[-1][1] == "1"


async def test_a_button_sends_the_words_of_its_suggestion_once_it_is_known(
    opened: Open, mailbox: Mailbox, channel: RecordingChannel, assistant: ScriptedAssistant
) -> None:
    desk = opened()
    mailbox.receive(message(1, "danh sách"))
    await desk.work(HOME.conversation)
    known = mailbox.menu(HOME.conversation, utc_now())
    assert known
    mailbox.receive(message(2, known.offers[0].id, Kind.TAP))
    mailbox.receive(message(3, "made-up", Kind.TAP))
    await desk.work(HOME.conversation)

    assert [text for _, text in assistant.asked] == ["danh sách", "xem tiếp trang 2"]
    assert channel.settled == [("r2", known.offers[0]), ("r3", None)]


async def test_a_number_under_an_older_answer_does_not_pick_from_a_newer_one(
    opened: Open, mailbox: Mailbox, channel: RecordingChannel, assistant: ScriptedAssistant
) -> None:
    assistant.script = lambda text: Answer(Status.CLARIFY, text, (Suggestion("Mục một", "1"),))
    desk = opened()
    mailbox.receive(message(1, "câu đầu"))
    await desk.work(HOME.conversation)
    old = mailbox.menu(HOME.conversation, utc_now())
    mailbox.receive(message(2, "câu sau"))
    await desk.work(HOME.conversation)
    new = mailbox.menu(HOME.conversation, utc_now())
    assert old
    assert new
    mailbox.receive(message(3, old.offers[0].id, Kind.TAP))
    mailbox.receive(message(4, new.offers[0].id, Kind.TAP))
    await desk.work(HOME.conversation)

    assert [text for _, text in assistant.asked] == ["câu đầu", "câu sau", "1"]
    assert channel.settled == [("r3", None), ("r4", new.offers[0])]


async def test_a_button_of_one_conversation_means_nothing_in_another(
    opened: Open, mailbox: Mailbox, channel: RecordingChannel, assistant: ScriptedAssistant
) -> None:
    desk = opened()
    mailbox.receive(message(1, "danh sách"))
    await desk.work(HOME.conversation)
    known = mailbox.menu(HOME.conversation, utc_now())
    assert known
    other = Place("fake", "chat-2", "bình")
    mailbox.receive(message(2, known.offers[0].id, Kind.TAP, other))
    await desk.work(other.conversation)

    assert len(assistant.asked) == 1
    assert channel.settled == [("r2", None)]


@pytest.mark.parametrize(
    ("name", "answer"), [("start", phrases.WELCOME), ("help", phrases.HELP), ("xoadulieu", phrases.FORGOTTEN)]
)
async def test_commands_of_the_gateway(
    name: str, answer: Answer, opened: Open, mailbox: Mailbox, channel: RecordingChannel
) -> None:
    mailbox.receive(message(1, name, Kind.COMMAND))
    await opened().work(HOME.conversation)

    assert channel.texts == [answer.text]


@pytest.mark.parametrize("name", ["huongdan", "gopy"])
async def test_commands_that_ask_the_assistant(
    name: str, opened: Open, mailbox: Mailbox, assistant: ScriptedAssistant
) -> None:
    mailbox.receive(message(1, name, Kind.COMMAND))
    await opened().work(HOME.conversation)

    assert [text for _, text in assistant.asked] == [phrases.ASKED_BY[name].message]


async def test_forgetting_starts_a_conversation_under_a_new_name(
    opened: Open, mailbox: Mailbox, channel: RecordingChannel, assistant: ScriptedAssistant
) -> None:
    desk = opened()
    mailbox.receive(message(1, "hỏi"))
    mailbox.receive(message(2, "xoadulieu", Kind.COMMAND))
    mailbox.receive(message(3, "hỏi nữa"))
    await desk.work(HOME.conversation)

    before, after = (sender for sender, _ in assistant.asked)
    assert before != after
    assert assistant.forgotten == [before]
    assert channel.texts[1] == phrases.FORGOTTEN.text


@pytest.mark.parametrize("kind", ["photo", "voice", "sticker", "a kind of tomorrow"])
async def test_what_holds_no_words_gets_a_friendly_line(
    kind: str, opened: Open, mailbox: Mailbox, channel: RecordingChannel, assistant: ScriptedAssistant
) -> None:
    mailbox.receive(message(1, kind, Kind.MEDIA))
    await opened().work(HOME.conversation)

    assert channel.texts == [phrases.media(kind).text]
    assert assistant.asked == []


async def test_a_limit_is_told_once_and_the_rest_is_done_silently(
    opened: Open, mailbox: Mailbox, channel: RecordingChannel
) -> None:
    for number in range(1, 6):
        mailbox.receive(message(number, f"câu {number}."))
    await opened(limit=2).work(HOME.conversation)

    assert channel.texts[:2] == ["về câu 1.", "về câu 2."]
    assert len(channel.texts) == 3
    assert "nhắn nhanh quá" in channel.texts[2]
    assert mailbox.waiting() == ()


async def test_the_limit_is_the_persons_own(
    opened: Open, mailbox: Mailbox, channel: RecordingChannel
) -> None:
    desk = opened(limit=1)
    other = Place("fake", "chat-2", "bình")
    mailbox.receive(message(1, "câu 1."))
    mailbox.receive(message(2, "câu 2.", place=other))
    await desk.work(HOME.conversation)
    await desk.work(other.conversation)

    assert channel.texts == ["về câu 1.", "về câu 2."]


async def test_a_long_search_is_said_to_go_on(
    opened: Open, mailbox: Mailbox, channel: RecordingChannel, assistant: ScriptedAssistant
) -> None:
    assistant.seconds = 0.15
    mailbox.receive(message(1, "hỏi"))
    await opened().work(HOME.conversation)

    assert channel.texts == [phrases.STILL_LOOKING.text, "về hỏi"]
    assert channel.signs >= 3


async def test_a_restart_of_the_dialogue_service_is_waited_for(
    opened: Open, mailbox: Mailbox, channel: RecordingChannel, assistant: ScriptedAssistant
) -> None:
    failures: list[GatewayError] = [RasaUnreachableError(), RasaUnreachableError()]

    def script(text: str) -> Answer:
        if failures:
            raise failures.pop()
        return Answer(phrases.HELP.status, text)

    assistant.script = script
    mailbox.receive(message(1, "hỏi"))
    await opened().work(HOME.conversation)

    assert channel.texts == ["hỏi"]


@pytest.mark.parametrize("error", [RasaUnreachableError(), RasaSilentError(), ValueError("a fault of ours")])
async def test_a_failure_is_told_in_one_line_and_does_not_block_what_follows(
    error: Exception,
    opened: Open,
    mailbox: Mailbox,
    channel: RecordingChannel,
    assistant: ScriptedAssistant,
) -> None:
    def script(text: str) -> Answer:
        if text == "hỏng":
            raise error
        return Answer(phrases.HELP.status, text)

    assistant.script = script
    mailbox.receive(message(1, "hỏng"))
    mailbox.receive(message(2, "hỏi"))
    await opened().work(HOME.conversation)

    told = error.message if isinstance(error, GatewayError) else GatewayError.message
    assert channel.texts == [told, "hỏi"]


async def test_an_answer_that_cannot_be_shown_does_not_block_what_follows(
    opened: Open,
    mailbox: Mailbox,
    channel: RecordingChannel,
    assistant: ScriptedAssistant,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    render = channel.render

    def breaking(answer: Answer, offers: Sequence[Offer], to: IncomingMessage) -> tuple[Parcel, ...]:
        if answer.text == "về hỏng":
            raise ValueError("a fault of ours")
        return render(answer, offers, to)

    monkeypatch.setattr(channel, "render", breaking)
    mailbox.receive(message(1, "hỏng"))
    mailbox.receive(message(2, "hỏi"))
    await opened().work(HOME.conversation)

    assert channel.texts == [GatewayError.message, "về hỏi"]
    assert [text for _, text in assistant.asked] == ["hỏng", "hỏi"]


async def test_a_failure_leaves_the_menu_that_is_shown(
    opened: Open, mailbox: Mailbox, assistant: ScriptedAssistant
) -> None:
    def script(text: str) -> Answer:
        if text == "hỏng":
            raise RasaSilentError()
        return Answer(Status.CLARIFY, "Chọn:", (Suggestion("Xem tiếp", "xem tiếp trang 2"),))

    assistant.script = script
    for number, text in enumerate(["danh sách", "hỏng", "1"], 1):
        mailbox.receive(message(number, text))
    await opened().work(HOME.conversation)

    assert assistant.asked[-1][1] == "xem tiếp trang 2"


async def test_a_button_beyond_the_limit_does_not_wait_for_ever(
    opened: Open, mailbox: Mailbox, channel: RecordingChannel
) -> None:
    desk = opened(limit=1)
    mailbox.receive(message(1, "danh sách"))
    await desk.work(HOME.conversation)
    known = mailbox.menu(HOME.conversation, utc_now())
    assert known
    mailbox.receive(message(2, known.offers[0].id, Kind.TAP))
    await desk.work(HOME.conversation)

    assert channel.settled == [("r2", known.offers[0])]
