"""Most questions are asked again and again: the reply to the same words in the same state is kept."""

from __future__ import annotations

import json
from collections import OrderedDict
from threading import Lock
from typing import Protocol

from actions.corpus import Corpus
from actions.dialogue import Dialogue
from actions.message import Message
from actions.reply import Reply


class Replying(Protocol):
    """What answers one message of a conversation."""

    def reply(self, message: Message, dialogue: Dialogue) -> Reply:
        """The reply, and the state after it."""


class Remembering:
    """The replies of `assistant`, each made once for a message, a state, a day and an edition of the records.

    A reply depends on nothing else: Rasa reads the same words the same way, and its reading is part of the
    key. At most `size` replies are kept; the longest unused goes first.
    """

    def __init__(self, assistant: Replying, corpus: Corpus, size: int = 4096) -> None:
        self._assistant = assistant
        self._corpus = corpus
        self._size = size
        self._kept: OrderedDict[tuple[str, ...], Reply] = OrderedDict()
        self._lock = Lock()

    def reply(self, message: Message, dialogue: Dialogue) -> Reply:
        """See `Replying`."""
        key = self._key(message, dialogue)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        reply = self._assistant.reply(message, dialogue)
        with self._lock:
            self._kept[key] = reply
            if len(self._kept) > self._size:
                self._kept.popitem(last=False)
        return reply

    def _key(self, message: Message, dialogue: Dialogue) -> tuple[str, ...]:
        state = json.dumps(dialogue.to_json(), sort_keys=True)
        read = (message.typed, message.text, message.intent, f"{message.confidence:.6f}")
        return (*read, state, self._corpus.today.isoformat(), self._corpus.edition)
