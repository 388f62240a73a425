"""Messages in, parcels out: what is owed stays until it is done, and nothing of a person after that."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.channels.protocol import Place
from bot.mailbox import (
    ChannelCounts,
    Mailbox,
    MailboxError,
    ParcelState,
    UnknownMessage,
    UnknownParcel,
    WrongState,
)
from bot.mailbox.models import MailBase
from knowledge.store.engine import create_store_engine
from tests.bot.mailbox.samples import GROUP, HOME, NOW, ZALO, deliver, first, menu, message, parcel, picture

# Messages


def test_a_message_comes_back_as_it_came(mailbox: Mailbox, url: str) -> None:
    came = message("1", place=GROUP, text="Mã số 'x' là gì?\0 \ud83d 😀")
    assert mailbox.receive(came)
    with Mailbox.open(url) as again:
        assert again.next_message(GROUP.conversation) == came
        assert again.waiting() == ("telegram:-77:12",)


def test_a_key_is_taken_once_for_good(mailbox: Mailbox) -> None:
    assert mailbox.receive(message("1"))
    assert not mailbox.receive(message("1", text="lần nữa"))
    assert mailbox.answer("1", [parcel()], None, NOW)
    deliver(mailbox)
    assert not mailbox.receive(message("1"))
    assert mailbox.waiting() == ()


def test_messages_are_answered_in_their_order_and_then_in_that_of_arrival(mailbox: Mailbox) -> None:
    for key, order in (("c", 30), ("a", 10), ("b1", 20), ("b2", 20), ("z", 2**70)):
        mailbox.receive(message(key, order))
    mailbox.receive(message("other", 1, ZALO))
    keys = []
    while (found := mailbox.next_message(HOME.conversation)) is not None:
        keys.append(found.key)
        mailbox.answer(found.key, [], None, NOW)
    assert keys == ["a", "b1", "b2", "c", "z"]


def test_the_conversation_of_the_oldest_work_waits_first(mailbox: Mailbox) -> None:
    mailbox.receive(message("1", place=ZALO))
    mailbox.receive(message("2", place=HOME))
    mailbox.receive(message("3", place=GROUP))
    assert mailbox.waiting() == (ZALO.conversation, HOME.conversation, GROUP.conversation)
    mailbox.answer("1", [parcel()], None, NOW + timedelta(hours=1))
    assert mailbox.waiting() == (HOME.conversation, GROUP.conversation, ZALO.conversation)
    mailbox.answer("2", [], None, NOW)
    assert mailbox.waiting() == (GROUP.conversation, ZALO.conversation)


def test_an_answer_is_given_once(mailbox: Mailbox) -> None:
    mailbox.receive(message("1"))
    assert mailbox.answer("1", [parcel("một")], menu("o1"), NOW)
    assert not mailbox.answer("1", [parcel("hai")], menu("o2"), NOW)
    assert deliver(mailbox) == ["một"]
    assert mailbox.menu(HOME.conversation, NOW) == menu("o1")


def test_parcels_before_the_answer_never_come_after_it(mailbox: Mailbox) -> None:
    mailbox.receive(message("1"))
    assert mailbox.enqueue("1", [parcel("Em đang tìm…")])
    mailbox.answer("1", [parcel("Dạ,"), parcel("5 tổ.")], None, NOW)
    assert not mailbox.enqueue("1", [parcel("Em vẫn đang tìm…")])
    assert deliver(mailbox) == ["Em đang tìm…", "Dạ,", "5 tổ."]


def test_a_key_that_never_came_is_told(mailbox: Mailbox) -> None:
    for call in (mailbox.enqueue, lambda key, parcels: mailbox.answer(key, parcels, None, NOW)):
        with pytest.raises(UnknownMessage):
            call("1", [parcel()])


def test_an_answer_that_cannot_be_stored_leaves_the_message(mailbox: Mailbox) -> None:
    mailbox.receive(message("1"))
    mailbox.receive(message("2", 2, ZALO))
    mailbox.answer("2", [], menu("o1"), NOW)
    with pytest.raises(Exception, match=r"(?i)unique"):
        mailbox.answer("1", [parcel()], menu("o1"), NOW)
    assert mailbox.next_message(HOME.conversation) == message("1")
    assert mailbox.next_parcel(HOME.conversation) is None


# Parcels


def test_a_parcel_comes_back_as_it_was_given(mailbox: Mailbox) -> None:
    mailbox.receive(message("1", place=GROUP))
    mailbox.answer("1", [picture(), parcel("<b>\0\ud83d</b>")], None, NOW)
    stored = first(mailbox, GROUP)
    assert (stored.key, stored.place, stored.parcel) == ("1", GROUP, picture())
    assert (stored.state, stored.attempts, stored.repeats) == (ParcelState.WAITING, 0, 0)
    assert (stored.created, stored.not_before) == (NOW, NOW)
    assert deliver(mailbox, GROUP) == ["Biểu đồ", "<b>\0\ud83d</b>"]


def test_calls_and_repetitions_are_counted(mailbox: Mailbox) -> None:
    mailbox.receive(message("1"))
    mailbox.answer("1", [parcel()], None, NOW)
    id_, until = first(mailbox).id, NOW + timedelta(seconds=37)
    mailbox.sending(id_)
    assert (first(mailbox).state, first(mailbox).attempts) == (ParcelState.SENDING, 1)
    mailbox.later(id_, until)
    assert (first(mailbox).state, first(mailbox).not_before) == (ParcelState.WAITING, until)
    mailbox.sending(id_)
    mailbox.repeat(id_)
    stored = first(mailbox)
    assert (stored.state, stored.attempts, stored.repeats) == (ParcelState.WAITING, 2, 1)
    mailbox.later(id_, NOW)  # what was not begun may be put off too
    assert first(mailbox).not_before == NOW


def test_a_dead_parcel_lets_the_next_one_pass(mailbox: Mailbox, url: str) -> None:
    mailbox.receive(message("1"))
    mailbox.answer("1", [parcel("một"), parcel("hai")], None, NOW)
    mailbox.sending(first(mailbox).id)
    mailbox.bury(first(mailbox).id, "refused: chat not found")
    assert deliver(mailbox) == ["hai"]
    assert "refused: chat not found" in _everything(url)


def test_a_substitute_takes_the_place_of_the_dead(mailbox: Mailbox) -> None:
    mailbox.receive(message("1"))
    mailbox.answer("1", [picture(), parcel("hai")], None, NOW)
    dead = first(mailbox)
    mailbox.sending(dead.id)
    mailbox.repeat(dead.id)
    mailbox.bury(dead.id, "refused: too large", instead=parcel(picture().instead))
    stored = first(mailbox)
    assert (stored.id, stored.key, stored.place) == (dead.id, "1", HOME)
    assert (stored.state, stored.attempts, stored.repeats) == (ParcelState.WAITING, 0, 0)
    assert deliver(mailbox) == [picture().instead, "hai"]
    assert mailbox.counts().of("telegram") == ChannelCounts(sent=2, dead=1, repeated=1)


def test_steps_that_are_not_allowed_change_nothing(mailbox: Mailbox) -> None:
    mailbox.receive(message("1"))
    mailbox.answer("1", [parcel()], None, NOW)
    id_ = first(mailbox).id
    for step in (mailbox.sent, mailbox.repeat):
        with pytest.raises(WrongState, match="is waiting"):
            step(id_)
    mailbox.sending(id_)
    before = first(mailbox)
    with pytest.raises(WrongState, match="is sending: it cannot become sending"):
        mailbox.sending(id_)
    assert first(mailbox) == before
    mailbox.sent(id_)
    steps = (mailbox.sending, mailbox.sent, mailbox.repeat, lambda n: mailbox.bury(n, ""))
    for step in (*steps, lambda n: mailbox.later(n, NOW)):
        with pytest.raises(WrongState, match="is sent"):
            step(id_)
        with pytest.raises(UnknownParcel, match="no parcel 4711"):
            step(4711)
    assert mailbox.next_parcel(HOME.conversation) is None
    assert mailbox.counts().of("telegram") == ChannelCounts(sent=1)


# Conversations


def test_an_offer_is_taken_in_its_own_conversation_for_seven_days(mailbox: Mailbox) -> None:
    mailbox.receive(message("1"))
    mailbox.answer("1", [], menu("o1", "o2"), NOW)
    week = timedelta(days=7)
    mine = HOME.conversation
    assert mailbox.offer(mine, "o2", NOW) == menu("o1", "o2").offers[1]
    assert mailbox.offer(mine, "o2", NOW + week - timedelta(seconds=1)) is not None
    assert mailbox.offer(mine, "o2", NOW + week) is None
    assert mailbox.menu(mine, NOW + week) is None
    assert mailbox.offer(ZALO.conversation, "o2", NOW) is None
    for guess in ("o", "%", "", "O2", "o2 ", "' OR 1=1 --", "\0", "\ud83d", "o2" * 5000):
        assert mailbox.offer(mine, guess, NOW) is None


def test_the_newest_menu_is_in_force_and_older_offers_still_are(mailbox: Mailbox) -> None:
    for key, given in (("1", menu("o1")), ("2", menu("p1", "p2")), ("3", None)):
        mailbox.receive(message(key))
        mailbox.answer(key, [], given, NOW)
    mine = HOME.conversation
    assert mailbox.menu(mine, NOW) == menu("p1", "p2")
    assert mailbox.offer(mine, "o1", NOW) is not None
    assert mailbox.menu(ZALO.conversation, NOW) is None
    mailbox.receive(message("4"))
    mailbox.answer("4", [], menu(), NOW)
    assert mailbox.menu(mine, NOW) == menu()


def test_a_conversation_keeps_a_name_that_tells_nothing(mailbox: Mailbox, url: str) -> None:
    name = mailbox.sender(HOME.conversation)
    assert len(name) == 27
    assert name.startswith("chat-")
    assert HOME.chat not in name
    assert mailbox.sender(ZALO.conversation) != name
    with Mailbox.open(url) as again:
        assert again.sender(HOME.conversation) == name


def test_what_is_owed_outlives_forgetting_and_nothing_else_does(mailbox: Mailbox) -> None:
    mine, name = HOME.conversation, mailbox.sender(HOME.conversation)
    other = mailbox.sender(ZALO.conversation)
    for key, order in (("done", 1), ("command", 2), ("later", 3)):
        mailbox.receive(message(key, order))
    mailbox.answer("done", [parcel("trước")], menu("o1"), NOW)
    mailbox.forget(mine)
    assert mailbox.menu(mine, NOW) is None
    assert mailbox.offer(mine, "o1", NOW) is None
    assert mailbox.sender(mine) != name
    assert mailbox.sender(ZALO.conversation) == other
    assert not mailbox.receive(message("done"))
    mailbox.answer("command", [parcel("đã xoá")], None, NOW)
    assert deliver(mailbox) == ["trước", "đã xoá"]
    assert mailbox.next_message(mine) == message("later", 3)


# The state of the mailbox


def test_what_is_done_holds_nothing_of_a_person(mailbox: Mailbox, url: str) -> None:
    place = Place("telegram", "chat-4711", "person-4712", "thread-4713", group=True)
    secrets = (place.chat, place.person, place.thread, "bí mật", "hứa hẹn", picture().text, "Mục 1")
    mailbox.sender(place.conversation)
    for key in ("1", "2", "3"):
        mailbox.receive(message(key, place=place, text="bí mật"))
        mailbox.answer(key, [parcel("hứa hẹn"), picture()], menu(f"o{key}"), NOW)
    mailbox.receive(message("4", place=place, text="bí mật"))
    held = _everything(url)
    assert [secret for secret in secrets if secret not in held] == []
    mailbox.bury(first(mailbox, place).id, "refused", instead=parcel("hứa hẹn"))
    mailbox.bury(first(mailbox, place).id, "refused")
    deliver(mailbox, place)
    mailbox.answer("4", [], None, NOW)
    mailbox.forget(place.conversation)
    left = _everything(url)
    assert [secret for secret in secrets if secret in left] == []


def _everything(url: str) -> str:
    """All values of all rows, with what is packed unpacked."""
    engine = create_store_engine(url)
    with engine.connect() as connection:
        tables = MailBase.metadata.tables.values()
        rows = [tuple(row) for table in tables for row in connection.execute(table.select())]
    engine.dispose()
    return repr(rows)


def test_counts_tell_the_channels_apart(mailbox: Mailbox) -> None:
    assert mailbox.counts().channels == {}
    for key in ("1", "2", "3"):
        mailbox.receive(message(key))
    mailbox.receive(message("4", place=ZALO))
    mailbox.answer("1", [parcel("một"), parcel("hai"), parcel("ba"), parcel("bốn")], None, NOW)
    mailbox.sending(first(mailbox).id)
    mailbox.repeat(first(mailbox).id)
    mailbox.sending(first(mailbox).id)
    mailbox.sent(first(mailbox).id)
    mailbox.bury(first(mailbox).id, "too old")
    mailbox.sending(first(mailbox).id)
    mailbox.repeat(first(mailbox).id)
    assert mailbox.counts().channels == {
        "telegram": ChannelCounts(messages=2, parcels=2, sent=1, repeated=2, dead=1),
        "zalo": ChannelCounts(messages=1),
    }


def test_only_the_last_seven_days_are_counted(mailbox: Mailbox, url: str) -> None:
    mailbox.receive(message("1"))
    mailbox.answer("1", [parcel(), parcel()], None, NOW)
    deliver(mailbox)
    engine = create_store_engine(url)
    with engine.begin() as connection:
        parcels = MailBase.metadata.tables["mail_parcels"]
        older = parcels.update().where(
            parcels.c.id == connection.scalar(text("SELECT min(id) FROM mail_parcels"))
        )
        connection.execute(older.values(ended=NOW - timedelta(days=7, seconds=1)))
    engine.dispose()
    assert mailbox.counts().of("telegram").sent == 1


def test_purging_takes_what_is_done_and_old(mailbox: Mailbox) -> None:
    mine, name = HOME.conversation, mailbox.sender(HOME.conversation)
    old = NOW - timedelta(days=10)
    for key, at in (("old", old), ("new", NOW)):
        mailbox.receive(message(key))
        mailbox.answer(key, [], menu(f"o-{key}"), at)
    mailbox.receive(message("open"))
    assert mailbox.purge(NOW - timedelta(days=11)) == 0
    assert mailbox.purge(NOW - timedelta(days=9)) == 2  # the key and the menu
    assert mailbox.receive(message("old", 9))
    assert not mailbox.receive(message("new"))
    assert mailbox.offer(mine, "o-new", NOW) is not None
    assert mailbox.offer(mine, "o-old", old) is None
    assert mailbox.sender(mine) == name


def test_purging_keeps_what_is_owed_and_what_was_offered_however_old(mailbox: Mailbox) -> None:
    mine, name = HOME.conversation, mailbox.sender(HOME.conversation)
    mailbox.receive(message("1"))
    mailbox.answer("1", [parcel("một")], menu("o1"), NOW)
    mailbox.receive(message("2", 2))
    tomorrow = NOW + timedelta(days=1)
    assert mailbox.purge(tomorrow) == 1  # the key of the first
    assert mailbox.sender(mine) == name
    assert mailbox.offer(mine, "o1", NOW) is not None
    assert deliver(mailbox) == ["một"]
    mailbox.answer("2", [], None, NOW)
    assert mailbox.purge(tomorrow) == 3  # the second key, the parcel, the name
    assert mailbox.sender(mine) != name


def test_an_idle_conversation_is_one_that_was_not_answered(mailbox: Mailbox) -> None:
    name = mailbox.sender(HOME.conversation)
    mailbox.sender(ZALO.conversation)
    mailbox.receive(message("1"))
    mailbox.answer("1", [], None, NOW + timedelta(days=2))
    assert mailbox.purge(NOW + timedelta(days=1)) == 1
    assert mailbox.sender(HOME.conversation) == name


# Several at once


def test_of_many_that_deliver_the_same_update_one_is_taken(url: str) -> None:
    with Mailbox.open(url) as mailbox, ThreadPoolExecutor(6) as pool:
        keys = [str(n) for n in range(8) for _ in range(6)]
        taken = list(pool.map(lambda key: mailbox.receive(message(key, int(key))), keys))
        assert sum(taken) == 8
        answered = list(pool.map(lambda key: mailbox.answer(key, [parcel(key)], None, NOW), keys))
        assert sum(answered) == 8
        assert sorted(deliver(mailbox)) == [str(n) for n in range(8)]


def test_of_many_that_begin_a_call_one_may(url: str) -> None:
    def begin(id_: int) -> bool:
        try:
            mailbox.sending(id_)
        except MailboxError:
            return False
        return True

    with Mailbox.open(url) as mailbox, ThreadPoolExecutor(6) as pool:
        mailbox.receive(message("1"))
        mailbox.answer("1", [parcel()], None, NOW)
        assert sum(pool.map(begin, [first(mailbox).id] * 6)) == 1
        assert first(mailbox).attempts == 1


def test_a_conversation_has_one_name_for_all_who_ask_at_once(url: str) -> None:
    with Mailbox.open(url) as mailbox, ThreadPoolExecutor(6) as pool:
        assert len(set(pool.map(mailbox.sender, [HOME.conversation] * 12))) == 1
