"""docs/settings.md names every setting, with its default and its meaning."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from trolyso.settings import ROOT, Settings


def _row(name: str, default: Any, description: str | None) -> str:
    shown = default.relative_to(ROOT) if isinstance(default, Path) else default
    value = f"`{shown}`" if str(shown) else ""
    return f"| `TROLYSO_{name.upper()}` | {value} | {description} |"


def test_each_setting_has_its_row() -> None:
    text = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    rows = [_row(name, field.default, field.description) for name, field in Settings.model_fields.items()]
    assert [row for row in rows if row not in text] == []


def test_no_row_names_a_setting_that_is_gone() -> None:
    text = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    table = text.split("##")[1]
    named = {line.split("`")[1] for line in table.splitlines() if line.startswith("| `TROLYSO_")}
    assert named == {f"TROLYSO_{name.upper()}" for name in Settings.model_fields}
