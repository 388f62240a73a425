"""Run dialogue sets against a running assistant and score it.

``python -m eval.runner [--url URL] [--type TYPE] [--style STYLE] [--show N] [--min P] [--max-wrong P]
[--json OUT] FILE…``; exit 1 below the bounds, 2 when the sets or the options cannot be used.
"""

from __future__ import annotations

import argparse
import json
import sys
import uuid
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol

from eval.client import DEFAULT_URL, AssistantError, Client
from eval.dialogues import STYLES, TYPES, Dialogue, DialogueError, load
from eval.judge import Reply, judge
from eval.report import Failure, Outcome, Report, render


class Assistant(Protocol):
    """Who is examined."""

    def send(self, conversation: str, message: str) -> tuple[Reply, float]:
        """Reply and latency in seconds; raises `AssistantError`."""


def run(dialogues: Iterable[Dialogue], assistant: Assistant) -> Report:
    """Hold every dialogue, each in a conversation of its own, one after the other."""
    return Report(tuple(converse(dialogue, assistant) for dialogue in dialogues))


def converse(dialogue: Dialogue, assistant: Assistant) -> Outcome:
    """Hold one dialogue to its end, also after a turn that failed."""
    conversation = uuid.uuid4().hex
    failures: list[Failure] = []
    latencies: list[float] = []
    for number, turn in enumerate(dialogue.turns):
        try:
            reply, seconds = assistant.send(conversation, turn.user)
        except AssistantError as error:
            failures.append(Failure(number, turn.user, (f"error {error}",), None, ""))
            continue
        latencies.append(seconds)
        if problems := judge(turn.expect, reply):
            failures.append(Failure(number, turn.user, tuple(problems), reply.status, reply.text))
    return Outcome(dialogue, tuple(failures), tuple(latencies))


def select(paths: Iterable[Path], kind: str | None = None, style: str | None = None) -> list[Dialogue]:
    """The dialogues of all files, narrowed to one type and one style. Raises `DialogueError`."""
    return [
        dialogue
        for path in paths
        for dialogue in load(path)
        if kind in (None, dialogue.type) and style in (None, dialogue.style)
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run, print and compare with the bounds; returns the exit status."""
    given = _parser().parse_args(arguments)
    try:
        dialogues = select(given.files, given.type, given.style)
    except DialogueError as error:
        print(error, file=sys.stderr)
        return 2
    with Client(given.url) as client:
        report = run(dialogues, client)
    print(*render(report, given.show), sep="\n")
    if given.json:
        given.json.write_text(json.dumps(report.to_json(), ensure_ascii=False, indent=1), encoding="utf-8")
    return int(report.percent < given.min or report.wrong_percent > given.max_wrong)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval.runner", description=__doc__)
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--url", default=DEFAULT_URL)
    parser.add_argument("--type", choices=sorted(TYPES))
    parser.add_argument("--style", choices=sorted(STYLES))
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print the first N failed dialogues")
    parser.add_argument("--min", type=float, default=0, metavar="P", help="lowest pass rate, percent")
    parser.add_argument(
        "--max-wrong", type=float, default=100, metavar="P", help="most confidently wrong, percent"
    )
    parser.add_argument("--json", type=Path, metavar="OUT", help="write the whole report there")
    return parser


if __name__ == "__main__":
    sys.exit(main())
