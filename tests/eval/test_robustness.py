from __future__ import annotations

import json
import random
from dataclasses import replace
from pathlib import Path

import pytest

from eval import robustness
from eval.dialogues import Dialogue, Expect, Turn
from eval.judge import Reply
from eval.robustness import effects, head, main, questions, render, to_json
from eval.transforms import Transformation


def talk(name: str, user: str, style: str = "plain", turns: int = 1) -> Dialogue:
    turn = Turn(user, Expect(all_of=(("được",),)))
    return Dialogue(name, "indicator.lead", style, (turn,) * turns, "", "a.jsonl")


class Reader:
    """Understands lower case only; is sure of itself when it reads "SAI"."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    def send(self, conversation: str, message: str) -> tuple[Reply, float]:
        self.heard.append(message)
        known = message.islower()
        status = "answered" if known or message == "SAI" else "unknown"
        return Reply(status, "được" if known else "không rõ"), 0.1


def shout(text: str, _: random.Random) -> str:
    return text.upper()


def same(text: str, _: random.Random) -> str:
    return text


LOUD, QUIET = Transformation("loud", shout, 1), Transformation("quiet", same, 0)
FOUR = [talk("1", "ai"), talk("2", "sai"), talk("3", "Ai"), talk("4", "5%")]


def test_what_is_kept_and_lost() -> None:
    loud, quiet = effects(FOUR, Reader(), (LOUD, QUIET))
    assert (loud.before.passed, loud.after.passed, loud.kept, loud.lost) == (2, 0, 0, 50)
    assert (loud.newly_wrong, loud.within) == (1, False)
    assert (quiet.kept, quiet.lost, quiet.newly_wrong, quiet.within) == (2, 0, 0, True)


def test_a_spelling_that_is_known_is_not_asked_again() -> None:
    reader = Reader()
    list(effects(FOUR, reader, (QUIET, LOUD)))
    assert reader.heard == ["ai", "sai", "Ai", "5%", "AI", "SAI", "AI"]  # "5%" has no capitals


def test_the_table() -> None:
    (loud,) = effects(FOUR, Reader(), (LOUD,))
    assert head(loud.before).startswith("4 questions, 2 right as written (50.0%), 0 confidently wrong")
    first, *rest = render(loud, 1)
    assert first.split() == ["loud", "0", "0", "50.0", "1", "1", "1", "over", "its", "bound"]
    assert "1 'AI' -> missing được, abstained (unknown)" in rest[0]
    assert len(rest) == 2
    table = json.loads(to_json([loud]))
    assert table["transformations"][0]["broken"][1]["typed"] == "SAI"


def test_what_is_lost_of_a_set_kept_apart_is_only_counted() -> None:
    secret = [replace(one, set="reporting.jsonl") for one in FOUR]
    (loud,) = effects(secret, Reader(), (LOUD,))
    assert (loud.lost, loud.newly_wrong, list(loud.broken())) == (50, 1, [])


def test_which_questions() -> None:
    some = [
        talk("a", "x", "long"),
        talk("b", "x", "unaccented"),
        talk("c", "x", "formal"),
        talk("d", "x"),
        talk("e", "x", turns=2),
    ]
    assert [one.id for one in questions(some)] == ["d", "c", "a"]
    assert [one.id for one in questions(some, 1)] == ["d"]


def write(path: Path, style: str) -> Path:
    turn = {"user": "ai chủ trì", "expect": {"all_of": [["được"]]}}
    path.write_text(json.dumps({"id": "1", "type": "trap", "style": style, "turns": [turn]}), "utf-8")
    return path


def test_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    class Local(Reader):
        def __init__(self, _: str) -> None:
            super().__init__()

        def __enter__(self) -> Local:
            return self

        def __exit__(self, *_: object) -> None:
            return None

    monkeypatch.setattr(robustness, "Client", Local)
    file, out = write(tmp_path / "q.jsonl", "plain"), tmp_path / "out.json"
    assert main([str(file), "--only", "capitals", "--json", str(out)]) == 0
    assert main([str(file), "--only", "capitals", "--check"]) == 1
    assert main([str(file), "--only", "tone-place", "--check"]) == 0
    assert "capitals" in capsys.readouterr().out
    assert json.loads(out.read_text("utf-8"))["transformations"][0]["lost"] == 100


def test_files_that_cannot_be_used(tmp_path: Path) -> None:
    assert main([str(tmp_path / "missing.jsonl")]) == 2
    assert main([str(write(tmp_path / "q.jsonl", "telex"))]) == 2
