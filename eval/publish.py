"""Writes the figures of a run into docs/quality.md: ``python -m eval.publish REPORT.json [PAGE]``."""

from __future__ import annotations

import json
import os
import platform
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

BEGIN, END = "<!-- figures -->", "<!-- /figures -->"
PAGE = Path(__file__).resolve().parent.parent / "docs" / "quality.md"
_NAMES = {"set": "by set", "type": "by type of question", "style": "by style of writing"}


def figures(report: Mapping[str, Any], day: str, machine: str) -> Iterator[str]:
    """The lines of the figures: a sentence on the whole run, then a table for each grouping."""
    latency = report["latency_ms"]
    yield (
        f"Measured on {day}, {machine}: {report['passed']} of {report['total']} dialogues right "
        f"({report['percent']:.1f} %), {report['confidently_wrong_percent']:.1f} % confidently wrong; "
        f"a turn takes {latency['p50']:.0f} ms (p50), {latency['p95']:.0f} ms (p95)."
    )
    for kind, name in _NAMES.items():
        yield from ("", f"| {name} | right | of | % |", "| --- | ---: | ---: | ---: |")
        for line in report["table"]:
            if line["kind"] == kind:
                share = 100 * line["passed"] / line["total"]
                wrong = f" ({_wrong(report, line['name'])})" if kind == "set" else ""
                yield f"| {line['name']}{wrong} | {line['passed']} | {line['total']} | {share:.1f} |"


def _wrong(report: Mapping[str, Any], name: str) -> str:
    """How many dialogues of a set were confidently wrong."""
    count = sum(one["confidently_wrong"] for one in report["dialogues"] if one["set"] == name)
    return f"{count} confidently wrong"


def published(page: str, lines: Iterator[str]) -> str:
    """The page with its figures replaced. Raises `ValueError` when it has no place for them."""
    before, found, rest = page.partition(BEGIN)
    _, closed, after = rest.partition(END)
    if not (found and closed):
        raise ValueError(f"expected {BEGIN} and {END} in the page")
    return f"{before}{BEGIN}\n{chr(10).join(lines)}\n{END}{after}"


def main(arguments: list[str]) -> None:
    """Put the report named first into the page named second."""
    report = json.loads(Path(arguments[0]).read_text(encoding="utf-8"))
    page = Path(arguments[1]) if len(arguments) > 1 else PAGE
    day = datetime.now(UTC).date().isoformat()
    machine = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
    page.write_text(
        published(page.read_text(encoding="utf-8"), figures(report, day, machine)), encoding="utf-8"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
