from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from eval.dialogues import Cite, DialogueError, load

GOOD: dict[str, Any] = {
    "id": "x-1",
    "type": "indicator.lead",
    "style": "plain",
    "turns": [
        {"user": "ai chủ trì?", "expect": {"all_of": [["Sở Y tế"]], "cites": [{"doc": "KH-2025", "row": 7}]}}
    ],
}


def write(folder: Path, *lines: str) -> Path:
    path = folder / "set.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def line(**changes: Any) -> str:
    return json.dumps(GOOD | changes, ensure_ascii=False)


def expecting(**expect: Any) -> str:
    return line(turns=[{"user": "hỏi", "expect": expect}])


def test_a_dialogue_is_read(tmp_path: Path) -> None:
    (dialogue,) = load(write(tmp_path, "", line(why="dòng 7"), " "))
    assert (dialogue.id, dialogue.type, dialogue.style) == ("x-1", "indicator.lead", "plain")
    assert (dialogue.set, dialogue.why) == ("set.jsonl", "dòng 7")
    (turn,) = dialogue.turns
    assert turn.user == "ai chủ trì?"
    assert turn.expect.all_of == (("Sở Y tế",),)
    assert turn.expect.cites == (Cite("KH-2025", "7"),)


def test_a_line_separator_inside_a_message_ends_no_line(tmp_path: Path) -> None:
    turns = [{"user": "một\u2028hai", "expect": {}}]
    (dialogue,) = load(write(tmp_path, line(turns=turns)))
    assert dialogue.turns[0].user == "một\u2028hai"


@pytest.mark.parametrize(
    ("raw", "read"), [(True, True), (["answered"], frozenset({"answered"})), (None, None)]
)
def test_statuses_that_are_right(tmp_path: Path, raw: Any, read: Any) -> None:
    (dialogue,) = load(write(tmp_path, expecting(any=raw)))
    assert dialogue.turns[0].expect.any_status == read


@pytest.mark.parametrize(
    ("bad", "problem"),
    [
        ("{", "Expecting"),
        ("[]", "expected an object, found list"),
        (line(type="indicator.leader"), "type 'indicator.leader' is not one of"),
        (line(style="loud"), "style 'loud' is not one of"),
        (line(id=" "), "id must be a text"),
        (line(turns=[]), "turns is empty"),
        (line(turns="ai"), "turns must be a list"),
        (line(note="x"), "unknown key 'note'"),
        (line(turns=[{"user": "", "expect": {}}]), "user must be a text"),
        (line(turns=[{"user": "hỏi"}]), "expected an object, found NoneType"),
        (line(checked="by eye", reason="x"), "checked may only be 'by hand'"),
        (line(checked="by hand"), "needs a reason"),
        (expecting(allof=[["a"]]), "unknown key 'allof'"),
        (expecting(all_of=["a"]), "all_of group must be a list"),
        (expecting(all_of=[[]]), "empty group"),
        (expecting(none_of=[""]), "none_of must be a list of texts"),
        (expecting(cites=[{"row": 1}]), "doc must be a text"),
        (expecting(abstain="true"), "abstain must be true or false"),
        (expecting(abstain=True, clarify=True), "only one of"),
        (expecting(any=["fine"]), "any 'fine' is not one of"),
        (expecting(any="answered"), "any must be a list"),
    ],
)
def test_an_error_names_file_and_line(tmp_path: Path, bad: str, problem: str) -> None:
    path = write(tmp_path, line(), "", bad.replace('"x-1"', '"x-2"'))
    with pytest.raises(DialogueError) as raised:
        load(path)
    assert str(raised.value).startswith(f"{path}:3: ")
    assert problem in str(raised.value)


def test_an_id_may_occur_once(tmp_path: Path) -> None:
    with pytest.raises(DialogueError, match=r":2: id 'x-1' occurs twice"):
        load(write(tmp_path, line(), line()))


def test_a_file_without_dialogues(tmp_path: Path) -> None:
    with pytest.raises(DialogueError, match="no dialogue"):
        load(write(tmp_path, ""))


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(DialogueError, match="cannot be read"):
        load(tmp_path / "absent.jsonl")
    (tmp_path / "set.jsonl").write_bytes(b"\xff\xfe\xff")
    with pytest.raises(DialogueError, match="cannot be read"):
        load(tmp_path / "set.jsonl")
