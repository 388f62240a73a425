"""Conversations in memory, each with its last turns only; the longest unused are dropped."""

import json
from collections import OrderedDict
from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker

from nlu.history import kept


class RecentTrackerStore(InMemoryTrackerStore):
    """`turns` messages of each of `conversations` conversations, both set in ``endpoints.yml``.

    After a restart nothing of what was said before it is held any more.
    """

    def __init__(
        self,
        domain: Domain,
        event_broker: EventBroker | None = None,
        turns: int = 8,
        conversations: int = 20000,
        **kwargs: dict[str, Any],
    ) -> None:
        kwargs.pop("host", None)  # rasa passes the url of an endpoint, which this one has not
        super().__init__(domain, event_broker, **kwargs)
        self.store: OrderedDict[str, str] = OrderedDict()  # type: ignore[assignment]
        self._turns = turns
        self._conversations = conversations

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Store a conversation, cut to its last turns."""
        await self.stream_events(tracker)
        dialogue = tracker.as_dialogue().as_dict()
        dialogue["events"] = kept(dialogue["events"], self._turns)
        self.store[tracker.sender_id] = json.dumps(dialogue)
        self.store.move_to_end(tracker.sender_id)
        while len(self.store) > self._conversations:
            self.store.popitem(last=False)
