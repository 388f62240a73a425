"""Comparing with a reviewed file, which `pytest --regenerate-goldens` writes anew and whose diff is read."""

from __future__ import annotations

from pathlib import Path

import pytest

OPTION = "--regenerate-goldens"


def compare(path: Path, found: str, config: pytest.Config) -> None:
    """Fail unless the golden file at `path` holds `found`."""
    if config.getoption(OPTION):
        path.write_text(found, encoding="utf-8", newline="\n")
    assert found == path.read_text(encoding="utf-8")
