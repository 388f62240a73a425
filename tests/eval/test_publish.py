from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from eval import publish as publishing
from eval.dialogues import Dialogue
from eval.figures import FiguresError, Run, read
from eval.publish import PAGE, main, publish, published
from eval.report import Heard, Outcome, Report

PLACES = ("scores", "calibration", "ablation", "robustness")
EMPTY = "# Quality\n" + "".join(f"<!-- {name} -->\nold\n<!-- /{name} -->\nkept\n" for name in PLACES)
NOON = 1_790_000_000  # 2026-09-21


def line(of: str, kind: str, name: str, counts: tuple[int, int, int], p50: float | None) -> dict[str, Any]:
    total, passed, wrong = counts
    figures = {"total": total, "passed": passed, "wrong": wrong, "p50": p50, "p95": p50}
    return {"set": of, "kind": kind, "name": name, **figures}


def turn(of: str, confidence: float, right: bool, status: str = "answered") -> dict[str, Any]:
    of_turn = {"set": of, "kind": "trap", "style": "plain", "status": status}
    return {**of_turn, "confidence": confidence, "right": right, "seconds": 0.1}


DIALOGUES = {
    "total": 6,
    "table": [
        line("tuning.jsonl", "set", "tuning.jsonl", (2, 2, 0), 100.4),
        line("reporting.jsonl", "set", "reporting.jsonl", (4, 3, 1), 120.4),
        line("reporting.jsonl", "type", "trap", (4, 3, 1), None),
        line("reporting.jsonl", "style", "plain", (2, 2, 0), 120.4),
        line("reporting.jsonl", "style", "telex", (2, 1, 1), 120.4),
    ],
    "turns": [
        turn("reporting.jsonl", 0.95, True),
        turn("reporting.jsonl", 0.65, False),
        turn("reporting.jsonl", 1.0, True),
        turn("tuning.jsonl", 0.75, True),
        turn("tuning.jsonl", 0.6, False, "clarify"),
    ],
    "dialogues": [{"failures": [{"user": "câu hỏi"}]}],
}
ROW = {"system": "hybrid", "query": "unaccented", "p_at_1": 93.64, "r_at_10": 99, "mrr_at_10": 95.25}
ABLATION = {"sets": [{"name": "records", "rows": [{**ROW, "ndcg_at_10": 96.15}]}]}
SPELLING = {"name": "telex", "right": 7, "kept": 6, "confidently_wrong": 2, "newly_wrong": 1}
ROBUSTNESS = {
    "questions": 10,
    "right": 9,
    "confidently_wrong": 1,
    "transformations": [
        {**SPELLING, "lost": 20.0, "bound": 1, "broken": [{"typed": "caau hoir"}]},
        {**SPELLING, "name": "caps", "lost": 0.0, "bound": None},
    ],
}
PARTS = {"dialogues": DIALOGUES, "ablation": ABLATION, "robustness": ROBUSTNESS}


@pytest.fixture
def page(tmp_path: Path) -> Path:
    (tmp_path / "docs").mkdir()
    path = tmp_path / "docs" / "quality.md"
    path.write_text(EMPTY, encoding="utf-8")
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, part in PARTS.items():
        path = tmp_path / f"{name}.json"
        path.write_text(json.dumps(part, ensure_ascii=False), encoding="utf-8")
        os.utime(path, (NOON, NOON))
    return tmp_path


def text_of(folder: Path, page: Path) -> str:
    publish(folder, page, "2 cores")
    return page.read_text(encoding="utf-8")


def test_the_scores_of_each_set_the_reporting_set_first(folder: Path, page: Path) -> None:
    text = text_of(folder, page)
    assert text.index("### reporting.jsonl") < text.index("### tuning.jsonl")
    assert "Measured on 2026-09-21, 2 cores." in text
    assert "**3 of 4 dialogues right (75.0 %)**, 1 confidently wrong (25.0 %)" in text
    assert "120 ms (p50), 120 ms (p95)" in text
    assert "| trap | 3 | 4 | 75.0 | 1 | – | – |" in text
    assert "| telex | 1 | 2 | 50.0 | -50.0 | 1 | 120 | 120 |" in text


def test_the_calibration_counts_searched_answers(folder: Path, page: Path) -> None:
    text = text_of(folder, page)
    assert "reporting.jsonl: 2 answers, said 0.800 on average, right 0.500" in text
    assert "expected calibration error 0.350" in text
    assert "| 0.650 – 0.650 | 1 | 0.650 | 0.000 |" in text
    assert "| all | 1 | 100.0 | 1 | 50.0 |\n| 0.950 | 1 | 100.0 | 0 | 0.0 |" in text
    assert "| 0.960 | 0 | 0.0 | 0 | 0.0 |" in text
    assert "| 0.980 | 0 | 0.0 | 0 | 0.0 |" in text
    assert "tuning.jsonl: 1 answers" in text


def test_the_search_and_the_spellings(folder: Path, page: Path) -> None:
    text = text_of(folder, page)
    assert "### records" in text
    assert "| hybrid | unaccented | 93.6 | 99.0 | 95.2 | 96.2 |" in text
    assert "10 questions, 9 right as they are written (90.0 %), 1 confidently wrong." in text
    assert "| telex | 7 | 6 | 20.0 **over** | 1 | 2 | 1 |" in text
    assert "| caps | 7 | 6 | 0.0 |  | 2 | 1 |" in text


def test_the_pictures_stand_where_the_page_looks_for_them(folder: Path, page: Path) -> None:
    text = text_of(folder, page)
    for name in ("reliability", "risk-coverage"):
        assert f"](images/{name}.svg)" in text
        assert (page.parent / "images" / f"{name}.svg").read_bytes().startswith(b"<?xml")


def test_no_question_gets_onto_the_page(folder: Path, page: Path) -> None:
    text = text_of(folder, page)
    assert "câu hỏi" not in text
    assert "caau" not in text


def test_publishing_again_changes_nothing(folder: Path, page: Path) -> None:
    first = text_of(folder, page)
    picture = (page.parent / "images" / "reliability.svg").read_bytes()
    assert text_of(folder, page) == first
    assert (page.parent / "images" / "reliability.svg").read_bytes() == picture
    assert first.count("kept\n") == 4


def test_a_part_that_was_not_measured_says_how(folder: Path, page: Path) -> None:
    for name in PARTS:
        (folder / f"{name}.json").unlink()
    text = text_of(folder, page)
    assert text.count("Not measured yet") == 4
    assert "`trolyso bench ablation --json FILE`" in text
    assert "`trolyso robustness --json FILE`" in text
    assert not (page.parent / "images").exists()


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ('{"sets": [{"name": "a", "rows": [{"system": "x"}]}]}', r"ablation\.json: sets\.0\.rows\.0\.query"),
        ('{"sets": 5}', r"ablation\.json: sets"),
        ("{", r"ablation\.json"),
    ],
)
def test_a_file_with_other_things_is_refused(folder: Path, page: Path, written: str, told: str) -> None:
    (folder / "ablation.json").write_text(written, encoding="utf-8")
    with pytest.raises(FiguresError, match=told):
        publish(folder, page, "2 cores")
    assert page.read_text(encoding="utf-8") == EMPTY
    assert not (page.parent / "images").exists()


def test_only_its_place_of_a_page_changes() -> None:
    page = "# Quality\n<!-- a -->\nold\n<!-- /a -->\nend\n"
    assert published(page, "a", ["new"]) == "# Quality\n<!-- a -->\nnew\n<!-- /a -->\nend\n"
    with pytest.raises(ValueError, match="expected"):
        published(page, "b", ["new"])


def test_the_real_page_has_every_place() -> None:
    text = PAGE.read_text(encoding="utf-8")
    for name in PLACES:
        assert published(text, name, []) != text


def test_command(
    folder: Path, page: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main([str(folder), str(page)]) == 0
    assert "Python 3" in page.read_text(encoding="utf-8")
    (folder / "dialogues.json").write_text("[]", encoding="utf-8")
    assert main([str(folder), str(page)]) == 2
    assert "dialogues.json" in capsys.readouterr().err
    (folder / "dialogues.json").unlink()
    monkeypatch.setattr(publishing, "PAGE", folder / "absent.md")
    assert main([str(folder)]) == 2
    assert "absent.md" in capsys.readouterr().err


def test_what_the_runner_writes_can_be_read(tmp_path: Path) -> None:
    asked = Dialogue("1", "trap", "plain", (), "", "a.jsonl")
    report = Report((Outcome(asked, (Heard("answered", 0.5, 0.1), Heard(None, None, None))),))
    path = tmp_path / "dialogues.json"
    path.write_text(json.dumps(report.to_json()), encoding="utf-8")
    found = read(Run, path)
    assert found is not None
    assert found.figures == Run(tuple(report.lines()), tuple(report.turns()))
