"""Messages that are sent again are answered once."""

from __future__ import annotations

from bot.repeats import Repeats
from tests.bot.samples import ANSWER
from tests.bot.site import Site
from trolyso.answer import Answer, Status

OTHER = Answer(Status.SMALLTALK, "khác")


def test_only_the_newest_question_of_a_conversation_is_known() -> None:
    repeats = Repeats()
    repeats.keep("a", "1", ANSWER)
    repeats.keep("b", "1", OTHER)
    assert (repeats.find("a", "1"), repeats.find("b", "1")) == (ANSWER, OTHER)
    repeats.keep("a", "2", OTHER)
    assert repeats.find("a", "1") is None
    assert repeats.find("c", "1") is None


def test_a_message_without_an_id_is_always_asked() -> None:
    repeats = Repeats()
    repeats.keep("a", "1", ANSWER)
    repeats.keep("a", "", OTHER)
    assert repeats.find("a", "") is None
    assert repeats.find("a", "1") is None


def test_answers_are_forgotten_after_a_while_and_when_there_are_many() -> None:
    now = [0.0]
    repeats = Repeats(seconds=10, conversations=2, clock=lambda: now[0])
    for sender in ("a", "b", "c"):
        repeats.keep(sender, "1", ANSWER)
    assert [repeats.find(sender, "1") for sender in ("a", "b", "c")] == [None, ANSWER, ANSWER]
    assert len(repeats) == 2
    now[0] = 10.5
    assert repeats.find("c", "1") is None


def test_the_gateway_asks_once_what_a_page_sends_twice(site: Site) -> None:
    first = site.http.post("/api/chat", json={"message": "xem tiếp", "turn": "t0"}).json()
    where = first["conversation"]
    sent = [{"message": "xem tiếp", "conversation": where, "turn": turn} for turn in ("t1", "t1", "t2")]
    replies = [site.http.post("/api/chat", json=body).json() for body in sent]
    assert [reply["conversation"] for reply in replies] == [where] * 3
    assert len({reply["text"] for reply in replies}) == 1
    assert len(site.rasa.received) == 3


def test_programs_need_no_ids(site: Site) -> None:
    for _ in range(2):
        site.http.post("/api/chat", json={"message": "xem tiếp", "conversation": "program-1"})
    assert len(site.rasa.received) == 2
