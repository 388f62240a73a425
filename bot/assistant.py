"""A message's way through the gateway: clean it, wait for its turn, ask Rasa, count."""

from __future__ import annotations

import time
from dataclasses import dataclass

from bot import incoming
from bot.conversations import Conversation, ConversationIds, Turns
from bot.errors import GatewayError
from bot.metrics import Metrics
from bot.rasa_client import RasaClient
from trolyso.answer import Answer


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer, and the conversation to go on in."""

    conversation: str
    answer: Answer


class Assistant:
    """What every channel asks. It holds no state of a conversation but the order of its messages."""

    def __init__(
        self, rasa: RasaClient, ids: ConversationIds, turns: Turns, metrics: Metrics, message_limit: int
    ) -> None:
        self._rasa = rasa
        self._ids = ids
        self._turns = turns
        self._metrics = metrics
        self._limit = message_limit

    async def ask(self, conversation: str | None, message: str) -> Reply:
        """Answer one message. Raises a `GatewayError` when there is no answer to give."""
        where = self._ids.resolve(conversation)
        began = time.perf_counter()
        try:
            answer = await self._answer(where, message)
        except GatewayError as error:
            self._metrics.failure(error.code)
            raise
        self._metrics.answer(answer.status, time.perf_counter() - began)
        return Reply(where.public, answer)

    async def _answer(self, where: Conversation, message: str) -> Answer:
        read = incoming.read(message, self._limit)
        if read.verdict is incoming.Verdict.BLANK:
            return incoming.blank_answer()
        if read.verdict is incoming.Verdict.TOO_LONG:
            return incoming.too_long_answer(self._limit)
        async with self._turns.turn(where.sender):
            self._metrics.conversations.set(len(self._turns))
            try:
                return await self._rasa.ask(where.sender, read.text)
            finally:
                self._metrics.conversations.set(len(self._turns) - 1)
