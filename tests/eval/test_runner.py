from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import astuple
from pathlib import Path
from typing import Any

import httpx
import pytest

from eval import runner
from eval.client import AssistantError, Client
from eval.dialogues import Dialogue, Expect, Turn
from eval.judge import Reply
from eval.report import Failure, Heard, Outcome, Report, render
from eval.runner import converse, main, run, select

KEPT_APART = "reporting.jsonl"


def talk(
    name: str, *users: str, kind: str = "smalltalk", style: str = "plain", of: str = "a.jsonl"
) -> Dialogue:
    return Dialogue(name, kind, style, tuple(Turn(user, Expect()) for user in users), "", of)


class Parrot:
    """Answers "ừ"; has no idea about "khó", dares to be wrong about "sai", breaks on "hỏng"."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, str]] = []

    def send(self, conversation: str, message: str) -> tuple[Reply, float]:
        self.heard.append((conversation, message))
        if message == "hỏng":
            raise AssistantError("đứt")
        status = {"khó": "unknown"}.get(message, "answered")
        return Reply(status, "" if message == "sai" else "ừ", confidence=0.75), 0.25


def test_one_conversation_per_dialogue() -> None:
    parrot = Parrot()
    run([talk("1", "a", "b"), talk("2", "c")], parrot)
    first, second, third = (conversation for conversation, _ in parrot.heard)
    assert first == second != third


def test_a_failed_turn_does_not_end_the_dialogue() -> None:
    outcome = converse(talk("1", "hỏng", "khó", "a"), Parrot())
    assert [failure.problems for failure in outcome.failures] == [("error đứt",), ("status unknown",)]
    assert outcome.seconds == (0.25, 0.25)
    assert not outcome.passed


@pytest.mark.parametrize(("message", "wrong"), [("sai", True), ("khó", False), ("hỏng", False), ("a", False)])
def test_confidently_wrong_is_a_wrong_answer(message: str, wrong: bool) -> None:
    assert converse(talk("1", message), Parrot()).confidently_wrong is wrong


def report(*passed: bool, seconds: tuple[float, ...] = ()) -> Report:
    bad = Failure(0, "hỏi", ("missing 5%",), "answered", "15%")
    heard = [Heard("answered", 0.5, second) for second in seconds]
    wrong = Heard("answered", 0.5, None, bad)
    return Report(
        tuple(
            Outcome(talk(str(n), "hỏi"), (*heard, *(() if ok else (wrong,)))) for n, ok in enumerate(passed)
        )
    )


def test_rates() -> None:
    assert report(True, True, True, False).percent == 75
    assert report(True, True, True, False).wrong_percent == 25
    assert report().percent == 0


def test_latency() -> None:
    timed = report(True, seconds=tuple(n / 1000 for n in range(100, 0, -1)))
    assert timed.latency(0.5) == pytest.approx(51)
    assert timed.latency(0.95) == pytest.approx(96)
    assert report(True).latency(0.5) is None


def test_the_table_groups_by_set_type_and_style() -> None:
    outcomes = run([talk("1", "a"), talk("2", "khó", kind="trap"), talk("3", "a", style="long")], Parrot())
    table = [(line.kind, line.name, line.passed, line.total) for line in outcomes.lines()]
    assert table == [  # a line for the whole set comes first
        ("set", "a.jsonl", 2, 3),
        ("type", "smalltalk", 2, 2),
        ("type", "trap", 0, 1),
        ("style", "long", 1, 1),
        ("style", "plain", 1, 2),
    ]


def test_each_set_has_a_table_of_its_own() -> None:
    first, second = talk("1", "sai", of="b.jsonl"), talk("2", "a", "a")
    lines = list(run([first, second], Parrot()).lines())
    assert [(line.set, line.kind) for line in lines] == [
        (name, kind) for name in ("b.jsonl", "a.jsonl") for kind in ("set", "type", "style")
    ]
    assert [(line.wrong, line.wrong_percent, line.p50) for line in lines] == [(1, 100, 250)] * 3 + [
        (0, 0, 250)
    ] * 3


def test_what_is_kept_of_a_turn() -> None:
    asked = [talk("1", "a", "sai", kind="trap", style="long"), talk("2", "hỏng")]
    kept = [astuple(turn) for turn in run(asked, Parrot()).turns()]
    assert kept == [
        ("a.jsonl", "trap", "long", "answered", 0.75, True, 0.25),
        ("a.jsonl", "trap", "long", "answered", 0.75, False, 0.25),
        ("a.jsonl", "smalltalk", "plain", None, None, False, None),
    ]


def test_failures_of_a_set_kept_apart_are_nowhere_to_be_read() -> None:
    mixed = run([talk("secret", "sai", "hỏng", of=KEPT_APART), talk("open", "sai")], Parrot())
    told = "\n".join(render(mixed, 9)) + json.dumps(mixed.to_json(), ensure_ascii=False)
    assert "open" in told
    assert "secret" not in told
    assert told.count("'sai'") + told.count('"sai"') == 2  # printed and written for the open one only
    assert "hỏng" not in told
    assert [line["passed"] for line in mixed.to_json()["table"] if line["kind"] == "set"] == [0, 0]


def test_failures_of_a_set_kept_apart_can_be_asked_for() -> None:
    secret = run([talk("secret", "sai", of=KEPT_APART)], Parrot())
    assert "secret" in "\n".join(render(secret, 1, reveal=True))
    assert secret.to_json(reveal=True)["dialogues"][0]["failures"][0]["user"] == "sai"


def test_only_so_many_failures_are_shown() -> None:
    text = "\n".join(render(report(False, False, True, seconds=(0.02,)), show=1))
    assert text.count("missing 5%") == 1
    assert "passed 1/3 = 33.3%, confidently wrong 66.7%" in text
    assert "latency p50 20 ms, p95 20 ms" in text


def test_nothing_ran() -> None:
    assert list(render(report(), show=5)) == ["passed 0/0 = 0.0%, confidently wrong 0.0%"]


@pytest.fixture
def dialogues(tmp_path: Path) -> Path:
    path = tmp_path / "set.jsonl"
    lines = [
        {"id": "1", "type": "smalltalk", "style": "plain", "turns": [{"user": "a", "expect": {}}]},
        {"id": "2", "type": "trap", "style": "plain", "turns": [{"user": "sai", "expect": {}}]},
        {"id": "3", "type": "trap", "style": "long", "turns": [{"user": "b", "expect": {}}]},
    ]
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return path


def test_selecting(dialogues: Path) -> None:
    assert [d.id for d in select([dialogues], kind="trap")] == ["2", "3"]
    assert [d.id for d in select([dialogues], "trap", "plain")] == ["2"]
    assert len(select([dialogues])) == 3


Handler = Callable[[httpx.Request], httpx.Response]


def client(handler: Handler) -> Client:
    return Client("http://assistant/api/chat", transport=httpx.MockTransport(handler))


def test_the_client_speaks_the_contract() -> None:
    def handler(request: httpx.Request) -> httpx.Response:
        assert json.loads(request.content) == {"conversation": "c", "message": "chào"}
        return httpx.Response(200, json={"status": "smalltalk", "text": "dạ", "confidence": 0.5})

    with client(handler) as assistant:
        reply, seconds = assistant.send("c", "chào")
    assert reply == Reply("smalltalk", "dạ", confidence=0.5)
    assert seconds >= 0


def broken(request: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError("refused")


@pytest.mark.parametrize(
    "handler",
    [
        broken,
        lambda _: httpx.Response(500, json={"error": {}}),
        lambda _: httpx.Response(200, text="<html>"),
        lambda _: httpx.Response(200, json=[]),
        lambda _: httpx.Response(200, json={"status": "answered", "citations": [1]}),
        lambda _: httpx.Response(200, json={"status": "answered", "confidence": "rất chắc"}),
    ],
)
def test_what_is_no_reply_is_an_error(handler: Handler) -> None:
    with client(handler) as assistant, pytest.raises(AssistantError):
        assistant.send("c", "chào")


@pytest.fixture
def parrot(monkeypatch: pytest.MonkeyPatch) -> None:
    def handler(request: httpx.Request) -> httpx.Response:
        reply, _ = Parrot().send("c", json.loads(request.content)["message"])
        return httpx.Response(200, json={"status": reply.status, "text": reply.text})

    monkeypatch.setattr(runner, "Client", lambda url: client(handler))


@pytest.mark.usefixtures("parrot")
@pytest.mark.parametrize(
    ("options", "status"),
    [
        ([], 0),
        (["--min", "66"], 0),
        (["--min", "67"], 1),
        (["--max-wrong", "34"], 0),
        (["--max-wrong", "33"], 1),
        (["--style", "long", "--min", "100"], 0),
    ],
)
def test_bounds(dialogues: Path, options: list[str], status: int) -> None:
    assert main([str(dialogues), *options]) == status


@pytest.mark.usefixtures("parrot")
@pytest.mark.parametrize(("options", "told"), [([], False), (["--reveal"], True)])
def test_the_command_hides_what_is_kept_apart(
    dialogues: Path, options: list[str], told: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    secret = dialogues.rename(dialogues.with_name(KEPT_APART))
    main([str(secret), "--show", "9", *options])
    printed = capsys.readouterr().out
    assert ("'sai'" in printed) is told
    assert "passed 2/3" in printed


@pytest.mark.usefixtures("parrot")
def test_the_report_is_written(dialogues: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "new" / "out.json"
    main([str(dialogues), "--json", str(out), "--show", "9"])
    written: dict[str, Any] = json.loads(out.read_text("utf-8"))
    assert (written["total"], written["passed"]) == (3, 2)
    (failed,) = (d for d in written["dialogues"] if not d["passed"])
    assert failed["failures"][0]["problems"] == ["empty"]
    assert "passed 2/3" in capsys.readouterr().out


def test_nobody_replies(
    dialogues: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(runner, "Client", lambda url: client(broken))
    out = dialogues.with_name("out.json")
    assert main([str(dialogues), "--url", "http://assistant", "--json", str(out)]) == 2
    assert "http://assistant: error refused" in capsys.readouterr().err
    assert not out.exists()


def test_a_set_that_cannot_be_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "absent.jsonl")]) == 2
    assert "absent.jsonl" in capsys.readouterr().err
