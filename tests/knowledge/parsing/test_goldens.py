"""Every row of every annex, field by field, and every outline, as reviewed against the sources.

After a change of the parser: `pytest tests/knowledge --regenerate-goldens`, then read the diff.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from knowledge.records import Indicator, ParsedDocument, Task
from tests.goldens import OPTION

GOLDEN = Path(__file__).parents[1] / "golden"
DOCUMENTS = ("54-kh-stttt", "article-001", "67-kh-ubnd", "206-qd-ubnd", "kh-2025")


@pytest.mark.parametrize("document_id", ["54-kh-stttt", "67-kh-ubnd", "206-qd-ubnd"])
def test_rows(document_id: str, parsed: Mapping[str, ParsedDocument], pytestconfig: pytest.Config) -> None:
    found = parsed[document_id]
    rows = [*map(_plain, found.indicators), *map(_plain, found.tasks)]
    _compare(f"{document_id}.rows.json", rows, _pretty(rows), pytestconfig)


@pytest.mark.parametrize("document_id", DOCUMENTS)
def test_outline(document_id: str, parsed: Mapping[str, ParsedDocument], pytestconfig: pytest.Config) -> None:
    """Path, label, first 60 characters and references of each clause."""
    clauses = [
        [clause.path, clause.label, clause.text[:60], list(clause.references)]
        for clause in parsed[document_id].clauses
    ]
    lines = ",\n".join(json.dumps(clause, ensure_ascii=False) for clause in clauses)
    _compare(f"{document_id}.outline.json", clauses, f"[\n{lines}\n]\n", pytestconfig)


def _plain(row: Indicator | Task) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(json.dumps(asdict(row), default=_text))
    return plain


def _text(value: object) -> str:
    assert isinstance(value, Decimal | date)
    return str(value)


def _pretty(rows: Iterable[Mapping[str, Any]]) -> str:
    """An object a row, a field a line."""
    objects = (
        "{\n" + ",\n".join(f'  "{k}": {json.dumps(v, ensure_ascii=False)}' for k, v in row.items()) + "\n}"
        for row in rows
    )
    return "[\n" + ",\n".join(objects) + "\n]\n"


def _compare(name: str, found: list[Any], written: str, config: pytest.Config) -> None:
    path = GOLDEN / name
    if config.getoption(OPTION):
        path.write_text(written, encoding="utf-8")
    golden = json.loads(path.read_text(encoding="utf-8"))
    for expected, actual in zip(golden, found, strict=False):
        assert actual == expected
    assert len(found) == len(golden)
