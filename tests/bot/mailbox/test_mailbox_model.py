"""Whatever happens in whatever order: nothing lost, nothing answered or sent twice, order kept."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from bot.channels.protocol import IncomingMessage, Place
from bot.mailbox import Mailbox, ParcelState
from tests.bot.mailbox.samples import GROUP, HOME, NOW, ZALO, message, parcel

PLACES = (HOME, GROUP, ZALO)
_places = st.sampled_from(PLACES)


@dataclass
class Lane:
    """What is owed in one conversation: messages, and the texts of parcels with the calls begun for them."""

    messages: list[IncomingMessage] = field(default_factory=list)
    parcels: list[str] = field(default_factory=list)
    sending: bool = False
    repeats: int = 0

    def next(self) -> IncomingMessage | None:
        return min(self.messages, key=lambda message: message.order, default=None)


class Deliveries(RuleBasedStateMachine):
    """A mailbox beside a model of it in plain lists."""

    template: Path

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.url = f"sqlite:///{shutil.copy(self.template, self.folder)}"
        self.mailbox = Mailbox.open(self.url)
        self.lanes = {place.conversation: Lane() for place in PLACES}
        self.known: dict[str, IncomingMessage] = {}
        self.answered: set[str] = set()
        self.sent: dict[str, list[str]] = {name: [] for name in self.lanes}
        self.owed: dict[str, list[str]] = {name: [] for name in self.lanes}
        self.count = 0

    def _texts(self, place: Place, kind: str, number: int) -> list[str]:
        texts = []
        for _ in range(number):
            self.count += 1
            texts.append(f"{kind} {self.count}")
        self.lanes[place.conversation].parcels += texts
        self.owed[place.conversation] += texts
        return texts

    @rule(place=_places, order=st.integers(1, 9))
    def receive(self, place: Place, order: int) -> None:
        self.count += 1
        came = message(str(self.count), order, place, f"câu {self.count}")
        assert self.mailbox.receive(came)
        self.known[came.key] = came
        self.lanes[place.conversation].messages.append(came)

    @precondition(lambda self: self.known)
    @rule(data=st.data())
    def receive_again(self, data: st.DataObject) -> None:
        assert not self.mailbox.receive(self.known[data.draw(st.sampled_from(sorted(self.known)))])

    @rule(place=_places, parcels=st.integers(0, 3), before=st.integers(0, 1))
    def answer(self, place: Place, parcels: int, before: int) -> None:
        found = self.mailbox.next_message(place.conversation)
        lane = self.lanes[place.conversation]
        assert found == lane.next()
        if found is None:
            return
        assert self.mailbox.enqueue(found.key, [parcel(t) for t in self._texts(place, "chờ", before)])
        given = [parcel(text) for text in self._texts(place, "đáp", parcels)]
        assert self.mailbox.answer(found.key, given, None, NOW)
        lane.messages.remove(found)
        self.answered.add(found.key)

    @precondition(lambda self: self.answered)
    @rule(data=st.data())
    def answer_again(self, data: st.DataObject) -> None:
        key = data.draw(st.sampled_from(sorted(self.answered)))
        assert not self.mailbox.answer(key, [parcel("hai lần")], None, NOW)
        assert not self.mailbox.enqueue(key, [parcel("quá muộn")])

    @rule(place=_places, outcome=st.sampled_from(["sent", "later", "repeat", "bury", "instead", "crash"]))
    def send(self, place: Place, outcome: str) -> None:
        lane, stored = self.lanes[place.conversation], self.mailbox.next_parcel(place.conversation)
        assert (stored.parcel.text if stored else None) == (lane.parcels[0] if lane.parcels else None)
        if stored is None:
            return
        assert (stored.state is ParcelState.SENDING, stored.repeats) == (lane.sending, lane.repeats)
        if stored.state is ParcelState.WAITING:
            self.mailbox.sending(stored.id)
        getattr(self, f"_{outcome}")(place, stored.id)

    def _sent(self, place: Place, id_: int) -> None:
        self.mailbox.sent(id_)
        self.sent[place.conversation].append(self._gone(place))

    def _bury(self, place: Place, id_: int) -> None:
        self.mailbox.bury(id_, "refused")
        self.owed[place.conversation].remove(self._gone(place))

    def _instead(self, place: Place, id_: int) -> None:
        self.count += 1
        text, old = f"thay {self.count}", self._gone(place)
        self.mailbox.bury(id_, "refused", instead=parcel(text))
        self.lanes[place.conversation].parcels.insert(0, text)
        owed = self.owed[place.conversation]
        owed[owed.index(old)] = text

    def _later(self, place: Place, id_: int) -> None:
        self.mailbox.later(id_, NOW)
        self.lanes[place.conversation].sending = False

    def _repeat(self, place: Place, id_: int) -> None:
        self.mailbox.repeat(id_)
        lane = self.lanes[place.conversation]
        lane.sending, lane.repeats = False, lane.repeats + 1

    def _crash(self, place: Place, _id: int) -> None:
        self.lanes[place.conversation].sending = True
        self.reopen()

    def _gone(self, place: Place) -> str:
        lane = self.lanes[place.conversation]
        lane.sending, lane.repeats = False, 0
        return lane.parcels.pop(0)

    @rule()
    def reopen(self) -> None:
        # The old one is not closed before: so it is with a process that died.
        old, self.mailbox = self.mailbox, Mailbox.open(self.url)
        old.close()

    @rule(place=_places)
    def forget(self, place: Place) -> None:
        self.mailbox.forget(place.conversation)

    @rule()
    def purge(self) -> None:
        self.mailbox.purge(datetime.now(UTC) + timedelta(hours=1))
        for key in self.answered:
            del self.known[key]
        self.answered.clear()

    @invariant()
    def all_that_is_owed_is_there(self) -> None:
        busy = {name for name, lane in self.lanes.items() if lane.messages or lane.parcels}
        assert set(self.mailbox.waiting()) == busy
        counts = self.mailbox.counts().channels.values()
        assert sum(c.messages for c in counts) == sum(len(lane.messages) for lane in self.lanes.values())
        assert sum(c.parcels for c in counts) == sum(len(lane.parcels) for lane in self.lanes.values())

    def teardown(self) -> None:
        for place in PLACES:
            lane = self.lanes[place.conversation]
            while lane.messages:
                self.answer(place, 1, 0)
            while lane.parcels:
                self.send(place, "sent")
        assert self.mailbox.waiting() == ()
        assert self.sent == self.owed
        self.mailbox.close()
        shutil.rmtree(self.folder)


@pytest.fixture
def deliveries(sqlite_mailbox: Path) -> type[Deliveries]:
    Deliveries.template = sqlite_mailbox
    return Deliveries


def test_nothing_is_lost_doubled_or_out_of_order(deliveries: type[Deliveries]) -> None:
    run_state_machine_as_test(
        deliveries, settings=settings(max_examples=12, stateful_step_count=40, deadline=None)
    )
