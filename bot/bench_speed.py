"""`trolyso bench speed`: our service and the default bot of Rasa side by side, in one run."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import cycle, islice
from typing import Any

import httpx

from bot import bench_anchor
from bot.bench import Round, held, memory, timed_round
from bot.service import address, temporary
from trolyso.settings import Settings

CONVERSATIONS = 32
_TURNS = 12
_ALONE = 500
_FEW = 10
_TIMEOUT = 60.0

Ask = Callable[[str, str], None]
"""Sends a message in a conversation; raises `httpx.HTTPError`."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What one run measured; latencies are those of a caller on this machine.

    `anchor` is the default bot, `fresh` our answers to questions that nobody asked before, `repeated` the
    same again; the `many` are rounds of 32 conversations; `first` and `last` the first and the last ten of
    500 turns of one conversation, which nobody asked before; `start` is our warm start in seconds, and the
    memories are those of all processes in MiB.
    """

    anchor: Round
    fresh: Round
    repeated: Round
    anchor_many: Round
    fresh_many: Round
    repeated_many: Round
    first: Round
    last: Round
    start: float
    memories: dict[str, int]
    anchor_memory: int

    def ratios(self) -> dict[str, float]:
        """Ours over the anchor's (or as named); what the targets of the project are stated in."""
        return {
            "p50_repeated": self.repeated.percentile(50) / self.anchor.percentile(50),
            "p50_fresh": self.fresh.percentile(50) / self.anchor.percentile(50),
            "p95_to_p50": self.repeated.percentile(95) / self.repeated.percentile(50),
            "last_to_first": self.last.percentile(50) / self.first.percentile(50),
            "rate_repeated": self.repeated_many.rate / self.anchor_many.rate,
            "rate_fresh": self.fresh_many.rate / self.anchor_many.rate,
        }

    def to_json(self) -> dict[str, Any]:
        """Ready for `json.dumps`."""
        names = ("anchor", "fresh", "repeated", "anchor_many", "fresh_many", "repeated_many", "first", "last")
        rounds = {name: getattr(self, name).to_json() for name in names}
        ratios = {name: round(value, 3) for name, value in self.ratios().items()}
        sizes = {"memory_mib": self.memories, "anchor_memory_mib": self.anchor_memory}
        return {"ratios": ratios, "rounds": rounds, "start_seconds": round(self.start, 1), **sizes}


def compare(settings: Settings, questions: Sequence[str], count: int) -> Comparison:
    """Measure both, `count` messages a round, with `questions` in their order. Raises `SupervisorError`."""
    several = CONVERSATIONS * _TURNS
    alone, many = questions[:count], questions[count : count + several]
    # Every second one, so that both are of one kind.
    first_ones, last_ones = questions[-2 * _FEW :: 2], questions[-2 * _FEW + 1 :: 2]
    with ExitStack() as stack:
        their_url, pid = stack.enter_context(bench_anchor.running(settings))
        began = time.monotonic()
        own = stack.enter_context(temporary(settings))
        start = time.monotonic() - began
        http = stack.enter_context(_client())
        theirs, ours = _of_anchor(http, their_url), _of_service(http, address(own))
        said = list(islice(cycle(bench_anchor.SAID), max(count, several)))
        for message in bench_anchor.SAID:
            theirs("warm-up", message)
        for question in questions[-3 * _FEW : -2 * _FEW]:
            ours("", question)
        between = islice(cycle(alone), _ALONE - 2 * _FEW)
        turns = [*first_ones, *between, *last_ones]
        anchor, fresh, repeated = (
            timed_round(theirs, _apart(said[:count]), 1),
            timed_round(ours, _apart(alone), 1),
            timed_round(ours, _apart(alone), 1),
        )
        anchor_many, fresh_many, repeated_many = (
            timed_round(theirs, _apart(said[:several]), CONVERSATIONS),
            timed_round(ours, _apart(many), CONVERSATIONS),
            timed_round(ours, _apart(many), CONVERSATIONS),
        )
        first, last = _long_conversation(http, address(own), turns)
        return Comparison(
            anchor, fresh, repeated, anchor_many, fresh_many, repeated_many, first, last,
            start, memory(os.getpid()), held(pid),
        )  # fmt: skip


def lines(found: Comparison) -> Iterator[str]:
    """The figures for people, ratios first."""
    ratio = {name: f"{value:.2f} lần" for name, value in found.ratios().items()}
    yield f"p50 so với bot mặc định: câu lặp lại {ratio['p50_repeated']}, câu mới {ratio['p50_fresh']}"
    yield f"p95 so với p50 của trợ lý: {ratio['p95_to_p50']}"
    yield f"Sau {_ALONE} lượt của một cuộc trò chuyện so với {_FEW} lượt đầu: {ratio['last_to_first']}"
    yield (
        f"Câu/giây với {CONVERSATIONS} cuộc trò chuyện so với bot mặc định: câu lặp lại "
        f"{ratio['rate_repeated']}, câu mới {ratio['rate_fresh']}"
    )
    for name, each in _rows(found):
        times = f"p50 {each.percentile(50):.1f} ms, p95 {each.percentile(95):.1f} ms"
        yield f"{name}: {times}, {each.rate:.1f} câu/giây"
    total = sum(found.memories.values())
    yield f"Bộ nhớ: {total} MiB ({found.memories}); bot mặc định {found.anchor_memory} MiB"
    yield f"Khởi động khi đã cài đặt: {found.start:.1f} giây"


def table(found: Comparison) -> Iterator[str]:
    """The same in Markdown, in English, for the documentation: targets beside what was measured."""
    ratios, total = found.ratios(), sum(found.memories.values()) / 1024
    slowest = found.repeated_many.percentile(95) / 1000
    many = f"at {CONVERSATIONS} conversations"
    yield "| | measured | target |"
    yield "| --- | ---: | ---: |"
    yield f"| p50 over the default bot's, asked before | {ratios['p50_repeated']:.2f} | 0.5 |"
    yield f"| p50 over the default bot's, never asked before | {ratios['p50_fresh']:.2f} | 0.5 |"
    yield f"| p95 over p50, asked before | {ratios['p95_to_p50']:.2f} | 2 |"
    yield f"| p50 after {_ALONE} turns over that of the first {_FEW} | {ratios['last_to_first']:.2f} | 1.2 |"
    yield f"| rate {many} over the default bot's, asked before | {ratios['rate_repeated']:.2f} | 3 |"
    yield f"| rate {many} over the default bot's, never asked before | {ratios['rate_fresh']:.2f} | 3 |"
    yield f"| p95 {many}, asked before | {slowest:.2f} s | 1 s |"
    yield f"| memory of all processes | {total:.2f} GiB | 2.2 GB |"
    yield f"| warm start | {found.start:.1f} s | 12 s |"
    yield ""
    yield "| round | p50 ms | p95 ms | messages a second |"
    yield "| --- | ---: | ---: | ---: |"
    for name, each in _rows(found):
        yield f"| {name} | {each.percentile(50):.1f} | {each.percentile(95):.1f} | {each.rate:.1f} |"


def _rows(found: Comparison) -> Iterator[tuple[str, Round]]:
    yield "default bot, one caller", found.anchor
    yield "assistant, one caller, never asked before", found.fresh
    yield "assistant, one caller, asked before", found.repeated
    yield f"default bot, {CONVERSATIONS} conversations", found.anchor_many
    yield f"assistant, {CONVERSATIONS} conversations, never asked before", found.fresh_many
    yield f"assistant, {CONVERSATIONS} conversations, asked before", found.repeated_many


def _client() -> httpx.Client:
    return httpx.Client(trust_env=False, timeout=_TIMEOUT, limits=httpx.Limits(max_connections=CONVERSATIONS))


def _of_anchor(http: httpx.Client, url: str) -> Ask:
    def ask(conversation: str, message: str) -> None:
        body = {"sender": conversation, "message": message}
        http.post(f"{url}{bench_anchor.WEBHOOK}", json=body).raise_for_status()

    return ask


def _of_service(http: httpx.Client, url: str) -> Ask:
    def ask(_: str, message: str) -> None:
        # Each in a conversation of its own, whose name the service gives.
        http.post(f"{url}/api/chat", json={"message": message}).raise_for_status()

    return ask


def _apart(messages: Sequence[str]) -> list[tuple[str, str]]:
    return [(f"bench-{number}", message) for number, message in enumerate(messages)]


def _long_conversation(http: httpx.Client, url: str, messages: Sequence[str]) -> tuple[Round, Round]:
    """The first and the last turns of one conversation."""
    conversation = None
    taken: list[float] = []
    for message in messages:
        began = time.perf_counter()
        reply = http.post(f"{url}/api/chat", json={"message": message, "conversation": conversation})
        taken.append(time.perf_counter() - began)
        conversation = reply.raise_for_status().json()["conversation"]
    parts = (taken[:_FEW], taken[-_FEW:])
    first, last = (Round(1, sum(part), tuple(sorted(part)), 0) for part in parts)
    return first, last
