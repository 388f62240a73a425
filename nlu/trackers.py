"""Conversations in memory, each with its last turns only; the longest unused are dropped."""

import json
import zlib
from collections import OrderedDict
from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker

from nlu.history import kept

_FAST = 1


class RecentTrackerStore(InMemoryTrackerStore):
    """`turns` messages of each of `conversations` conversations, packed, in `megabytes` altogether.

    The bounds are set in ``endpoints.yml``; the conversation that was silent longest goes first.

    After a restart nothing of what was said before it is held any more.
    """

    def __init__(
        self,
        domain: Domain,
        event_broker: EventBroker | None = None,
        turns: int = 8,
        conversations: int = 20000,
        megabytes: int = 256,
        **kwargs: dict[str, Any],
    ) -> None:
        kwargs.pop("host", None)  # rasa passes the url of an endpoint, which this one has not
        super().__init__(domain, event_broker, **kwargs)
        self.store: OrderedDict[str, bytes] = OrderedDict()  # type: ignore[assignment]
        self._held = 0
        self._bytes = megabytes * 1024 * 1024
        self._turns = turns
        self._conversations = conversations

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Store a conversation, cut to its last turns."""
        await self.stream_events(tracker)
        dialogue = tracker.as_dialogue().as_dict()
        dialogue["events"] = kept(dialogue["events"], self._turns)
        self._forget(tracker.sender_id)
        packed = zlib.compress(json.dumps(dialogue, ensure_ascii=False).encode(), _FAST)
        self.store[tracker.sender_id] = packed
        self._held += len(packed)
        while len(self.store) > self._conversations or self._held > self._bytes:
            self._forget(next(iter(self.store)))

    def deserialise_tracker(
        self, sender_id: str, serialised_tracker: str | bytes
    ) -> DialogueStateTracker | None:
        """See `InMemoryTrackerStore`; what is kept is packed."""
        packed = isinstance(serialised_tracker, bytes)
        text = zlib.decompress(serialised_tracker).decode() if packed else serialised_tracker
        tracker: DialogueStateTracker | None = super().deserialise_tracker(sender_id, text)
        return tracker

    def _forget(self, sender_id: str) -> None:
        self._held -= len(self.store.pop(sender_id, b""))
