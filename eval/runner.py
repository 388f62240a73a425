"""Run dialogue sets against a running assistant and score it.

``python -m eval.runner [--url URL] [--type TYPE] [--style STYLE] [--show N] [--min P] [--max-wrong P]
[--json OUT] [--reveal] FILE…``; exit 1 below the bounds, 2 when the sets or the options cannot be used
or nobody replies.
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
from eval.dialogues import STYLES, TYPES, Dialogue, DialogueError, Turn, load
from eval.judge import Reply, judge
from eval.report import KEPT_APART, Failure, Heard, Outcome, Report, render


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
    turns = (hear(number, turn, conversation, assistant) for number, turn in enumerate(dialogue.turns))
    return Outcome(dialogue, tuple(turns))


def hear(number: int, turn: Turn, conversation: str, assistant: Assistant) -> Heard:
    """Say one message and judge the reply; no reply is a failure without status."""
    try:
        reply, seconds = assistant.send(conversation, turn.user)
    except AssistantError as error:
        return Heard(None, None, None, Failure(number, turn.user, (f"error {error}",), None, ""))
    problems = tuple(judge(turn.expect, reply))
    failure = Failure(number, turn.user, problems, reply.status, reply.text) if problems else None
    return Heard(reply.status, reply.confidence, seconds, failure)


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
    if dialogues and report.latency(1) is None:
        print(f"{given.url}: {report.outcomes[0].failures[0].problems[0]}", file=sys.stderr)
        return 2
    print(*render(report, given.show, given.reveal), sep="\n")
    if given.json:
        whole = json.dumps(report.to_json(given.reveal), ensure_ascii=False, indent=1)
        given.json.parent.mkdir(parents=True, exist_ok=True)
        given.json.write_text(whole, encoding="utf-8")
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
    parser.add_argument(
        "--reveal", action="store_true", help=f"failures of {', '.join(sorted(KEPT_APART))} as well"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
