from __future__ import annotations

import pytest

from eval.publish import BEGIN, END, figures, published

REPORT = {
    "total": 4,
    "passed": 3,
    "percent": 75.0,
    "confidently_wrong_percent": 25.0,
    "latency_ms": {"p50": 120.4, "p95": 200.6},
    "table": [
        {"kind": "set", "name": "tuning", "passed": 3, "total": 4},
        {"kind": "style", "name": "telex", "passed": 1, "total": 2},
    ],
    "dialogues": [
        {"set": "tuning", "confidently_wrong": True},
        {"set": "tuning", "confidently_wrong": False},
    ],
}


def test_the_figures_say_what_was_measured() -> None:
    text = "\n".join(figures(REPORT, "2026-11-22", "2 cores"))
    assert "3 of 4 dialogues right (75.0 %), 25.0 % confidently wrong" in text
    assert "120 ms (p50), 201 ms (p95)" in text
    assert "| tuning (1 confidently wrong) | 3 | 4 | 75.0 |" in text
    assert "| telex | 1 | 2 | 50.0 |" in text


def test_only_the_figures_of_a_page_change() -> None:
    page = f"# Quality\n{BEGIN}\nold\n{END}\nend\n"
    assert published(page, iter(["new"])) == f"# Quality\n{BEGIN}\nnew\n{END}\nend\n"


def test_a_page_without_a_place_is_refused() -> None:
    with pytest.raises(ValueError, match="expected"):
        published("# Quality\n", iter(["new"]))
