"""Those who use the service all the time: some ask, one sends feedback, some write on Telegram."""

from __future__ import annotations

import itertools
import random
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import httpx

from bot.channels.telegram import fake as telegram
from knowledge.feedback import read_code

PATIENCE = 25.0
_TICKET = (
    "tôi muốn góp ý",
    "Đường vô ấp tối quá, mong có đèn và camera cho bà con đi lại ban đêm, việc số {number}",
    "khác",
    "không",
    "gửi",
)


class Outcome(StrEnum):
    """What became of one message."""

    ANSWERED = "answered"
    HONEST = "honest"
    """No answer, and a line in the error shape that says so."""
    CLOSED = "closed"
    """Nobody listened, or the connection broke: the page of the person says so."""
    WRONG = "wrong"
    """Another body or an unforeseen error of the service."""
    HUNG = "hung"


@dataclass(frozen=True, slots=True)
class Sent:
    """One message: when it was sent and how long its outcome took, in seconds of the monotonic clock."""

    began: float
    seconds: float
    outcome: Outcome
    detail: str = ""


def send(http: httpx.Client, url: str, message: str, conversation: str | None = None) -> tuple[Sent, Any]:
    """Send one message by way of ``/api/chat``; what was said of it, and the body of the reply."""
    began = time.monotonic()
    try:
        response = http.post(f"{url}/api/chat", json={"message": message, "conversation": conversation})
        body = response.json()
    except httpx.TimeoutException:
        return _sent(began, Outcome.HUNG), None
    except httpx.HTTPError:
        return _sent(began, Outcome.CLOSED), None
    except ValueError:
        return _sent(began, Outcome.WRONG, "no JSON"), None
    return _sent(began, *_judged(response.status_code, body)), body


def _judged(status: int, body: Any) -> tuple[Outcome, str]:
    if status == httpx.codes.OK and body.get("text"):
        return Outcome.ANSWERED, str(body["status"])
    error = body.get("error", {})
    if error.get("message") and error.get("code") != "internal":
        return Outcome.HONEST, str(error["code"])
    return Outcome.WRONG, f"{status} {error.get('code', '')}"


def _sent(began: float, outcome: Outcome, detail: str = "") -> Sent:
    return Sent(began, time.monotonic() - began, outcome, detail)


def client() -> httpx.Client:
    """A client as patient as a person."""
    return httpx.Client(trust_env=False, timeout=httpx.Timeout(PATIENCE, connect=3.0))


class People:
    """Threads that go on until `stop`. Use it as a context manager.

    `sent` holds what became of each message of the page, `tickets` the codes that were told to someone,
    `writers` the Telegram users, each of whom wrote once.
    """

    def __init__(
        self, url: str, questions: Sequence[str], world: telegram.World, askers: int, pause: float
    ) -> None:
        self.sent: list[Sent] = []
        self.tickets: list[str] = []
        self.writers: list[int] = []
        self._url = url
        self._questions = questions
        self._world = world
        self._pause = pause
        self._over = threading.Event()
        work = [*(lambda n=n: self._ask(n) for n in range(askers)), self._complain, self._write]
        self._threads = [threading.Thread(target=each, daemon=True) for each in work]

    def start(self) -> None:
        """Let everybody begin."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Let everybody finish the message they are at."""
        self._over.set()
        for thread in self._threads:
            thread.join(PATIENCE * 2)

    def _ask(self, number: int) -> None:
        dice = random.Random(number)
        with client() as http:
            while not self._over.wait(dice.uniform(0, 2 * self._pause)):
                self.sent.append(send(http, self._url, dice.choice(self._questions))[0])

    def _complain(self) -> None:
        with client() as http:
            for number in itertools.count():
                if self._over.wait(2.0):
                    return
                self._one_ticket(http, number)

    def _one_ticket(self, http: httpx.Client, number: int) -> None:
        conversation, body = None, None
        for words in _TICKET:
            said, body = send(http, self._url, words.format(number=number), conversation)
            self.sent.append(said)
            if said.outcome is not Outcome.ANSWERED:
                return
            conversation = body["conversation"]
        code = read_code(body["text"]) if body else None
        if code:
            self.tickets.append(code)

    def _write(self) -> None:
        dice = random.Random(0)
        for number in itertools.count(10_000):
            if self._over.wait(1.0):
                return
            self.writers.append(number)
            self._world.write(dice.choice(self._questions), telegram.user(number, "Lan"))
