"""A message's way through the gateway: clean it, wait for its turn, ask Rasa, count."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass

from bot import incoming
from bot.conversations import ConversationIds, Turns
from bot.errors import GatewayError, LimitError
from bot.limits import Limit
from bot.metrics import Metrics
from bot.rasa_client import RasaClient
from bot.repeats import Repeats
from trolyso.answer import Answer
from trolyso.logs import REQUEST, request_id

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer, and the conversation to go on in."""

    conversation: str
    answer: Answer


class Assistant:
    """What every channel asks. It holds no state of a conversation but the order of its messages."""

    def __init__(
        self,
        rasa: RasaClient,
        ids: ConversationIds,
        turns: Turns,
        metrics: Metrics,
        message_limit: int,
        per_person: Limit,
    ) -> None:
        self._rasa = rasa
        self._ids = ids
        self._turns = turns
        self._metrics = metrics
        self._longest = message_limit
        self._per_person = per_person
        self._repeats = Repeats()

    async def ask(self, conversation: str | None, message: str, turn: str = "") -> Reply:
        """Answer one message of the web. Raises a `GatewayError` when there is no answer to give.

        The newest message of a conversation is not asked twice when it comes with the same `turn`.
        """
        where = self._ids.resolve(conversation)
        if not self._per_person.admit(where.sender):
            raise LimitError(self._per_person.wait(where.sender))
        return Reply(where.public, await self.answer(where.sender, message, turn))

    async def answer(self, sender: str, message: str, turn: str = "") -> Answer:
        """Answer one message of the conversation that Rasa knows as `sender`. Raises a `GatewayError`."""
        # What comes from a messaging platform is no request of its own.
        outside = REQUEST.set(REQUEST.get() or request_id())
        began = time.perf_counter()
        try:
            answer = await self._answer(sender, message, turn)
        except GatewayError as error:
            self._metrics.failure(error.code)
            _log.warning("not answered", extra={"code": error.code, "ms": _ms(began)})
            raise
        else:
            self._metrics.answer(answer.status, time.perf_counter() - began)
            _log.info("answered", extra={"status": answer.status.value, "ms": _ms(began)})
            return answer
        finally:
            REQUEST.reset(outside)

    async def forget(self, sender: str) -> None:
        """Have Rasa forget a conversation. Raises a `GatewayError`."""
        async with self._turns.turn(sender):
            await self._rasa.forget(sender)

    async def _answer(self, sender: str, message: str, turn: str) -> Answer:
        read = incoming.read(message, self._longest)
        if read.verdict is incoming.Verdict.BLANK:
            return incoming.blank_answer()
        if read.verdict is incoming.Verdict.TOO_LONG:
            return incoming.too_long_answer(self._longest)
        began = time.perf_counter()
        async with self._turns.turn(sender):
            self._metrics.stage("queue", time.perf_counter() - began)
            self._metrics.conversations.set(len(self._turns))
            try:
                return self._repeats.find(sender, turn) or await self._asked(sender, read.text, turn)
            finally:
                self._metrics.conversations.set(len(self._turns) - 1)

    async def _asked(self, sender: str, text: str, turn: str) -> Answer:
        began = time.perf_counter()
        answer, trace = await self._rasa.ask(sender, text)
        self._metrics.stage("rasa", time.perf_counter() - began)
        if trace:
            self._metrics.stage("actions", trace.seconds)
            self._metrics.index(trace.edition, trace.refused)
        self._repeats.keep(sender, turn, answer)
        return answer


def _ms(began: float) -> float:
    return round(1000 * (time.perf_counter() - began), 1)
