"""How people say what a record is about, in words that it does not use itself.

``data/wordings.jsonl`` holds, for each record or group of records that say the same, phrases of everyday and
office speech. They help a question to find the record and are never shown: what is said of a record is read
from the record alone. People wrote them from the texts, without any of the questions that `eval/` asks.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from importlib import resources

from knowledge.search.passages import Passage

TABLE = "wordings.jsonl"
Wordings = Mapping[str, tuple[str, ...]]


@cache
def default_wordings() -> Wordings:
    """The committed phrases by the id of a passage."""
    text = resources.files("knowledge.search").joinpath("data", TABLE).read_text("utf-8")
    return read_wordings(text.splitlines())


def read_wordings(lines: Iterable[str]) -> Wordings:
    """The phrases of lines ``{"ids": […], "said": […]}``, by id; empty lines are passed over."""
    entries = [json.loads(line) for line in lines if line.strip()]
    return {name: tuple(entry["said"]) for entry in entries for name in entry["ids"]}


def worded(passages: Iterable[Passage], wordings: Wordings | None = None) -> Iterator[Passage]:
    """The passages, each with the phrases that people use for it."""
    known = default_wordings() if wordings is None else wordings
    for passage in passages:
        said = known.get(passage.id)
        yield replace(passage, said=said) if said else passage
