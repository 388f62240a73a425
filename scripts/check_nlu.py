"""Fail when the report of `rasa test nlu` shows fewer right intents than asked for.

Usage: ``python scripts/check_nlu.py REPORT [--least 0.97]``; the report is ``intent_report.json``.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any


def accuracy(report: dict[str, Any]) -> float:
    """The share of right intents; scikit-learn leaves it out when it equals the micro average."""
    if "accuracy" in report:
        return float(report["accuracy"])
    return float(report["micro avg"]["f1-score"])


def weakest(report: dict[str, Any], count: int = 3) -> list[tuple[str, float]]:
    """The intents with the lowest F1, worst first."""
    scores = [
        (name, float(entry["f1-score"]))
        for name, entry in report.items()
        if isinstance(entry, dict) and not name.endswith(" avg") and entry.get("support")
    ]
    return sorted(scores, key=lambda score: score[1])[:count]


def main() -> int:
    """Read the arguments, print what was found; 1 when the bound is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("report", type=Path)
    parser.add_argument("--least", type=float, default=0.97)
    arguments = parser.parse_args()
    report = json.loads(arguments.report.read_text(encoding="utf-8"))
    share = accuracy(report)
    print(f"intent accuracy {share:.3f} (at least {arguments.least:.3f} is asked for)")
    print("weakest: " + ", ".join(f"{name} {score:.2f}" for name, score in weakest(report)))
    return 0 if share >= arguments.least else 1


if __name__ == "__main__":
    sys.exit(main())
