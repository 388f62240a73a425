"""Prove the gold: every citation exists in the store, and what a reply must hold stands in what it cites.

Run as ``python -m eval.check_gold [--store URL] FILE…``; exit 1 when something is not proved.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from eval.dialogues import BY_HAND, Cite, Dialogue, DialogueError, Expect, load
from eval.judge import normalise, occurs
from knowledge.records import Clause, Document, Guide, Indicator, Pillar, Task
from knowledge.store import Store, StoreError
from trolyso.settings import settings

_RANGE = re.compile(r"(\d+)\s*-\s*(\d+)")
_PILLARS = {
    Pillar.GOVERNMENT: "chính quyền số",
    Pillar.ECONOMY: "kinh tế số",
    Pillar.SOCIETY: "xã hội số",
}


@dataclass(frozen=True, slots=True)
class Flaw:
    """Gold that the records do not bear out."""

    dialogue: str
    turn: int
    problem: str

    def __str__(self) -> str:
        return f"{self.dialogue} turn {self.turn}: {self.problem}"


class MissingRecord(LookupError):
    """A citation that no record answers to."""


class Facts:
    """What the records say, found by citation. All texts are normalised for `eval.judge.occurs`."""

    def __init__(
        self,
        documents: Iterable[Document],
        clauses: Iterable[Clause],
        indicators: Iterable[Indicator],
        tasks: Iterable[Task],
        guides: Iterable[Guide] = (),
    ) -> None:
        self._documents = {normalise(document.cite): document for document in documents}
        self._clauses = {clause.id: clause for clause in clauses}
        self._rows = {row.id: indicator_facts(row) for row in indicators}
        self._rows |= {task.id: task_facts(task) for task in tasks}
        self._guides = tuple(map(guide_facts, guides))

    @classmethod
    def of(cls, store: Store) -> Facts:
        """Everything that a store holds. Raises a `StoreError` when the database fails."""
        documents = store.documents()
        clauses = [clause for document in documents for clause in store.clauses(document.id)]
        return cls(documents, clauses, store.indicators().items, store.tasks(), store.guides())

    @cached_property
    def everything(self) -> str:
        """All texts of all documents and guides."""
        documents = map(document_facts, self._documents.values())
        clauses = (clause.text for clause in self._clauses.values())
        return normalise("\n".join([*documents, *clauses, *self._rows.values(), *self._guides]))

    def cited(self, cite: Cite) -> str:
        """What one citation covers; without row and section, what the document says of itself.

        A list of rows also proves how many they are. Raises `MissingRecord`.
        """
        document = self._documents.get(normalise(cite.document))
        if document is None:
            raise MissingRecord(f"no document {cite.document}")
        texts = [document_facts(document)]
        if cite.row is not None:
            texts.append(self._row(document, cite))
        elif cite.section is not None:
            pieces = [self._piece(document, piece) for piece in _pieces(cite.section)]
            texts += [text for piece in pieces for text in piece]
            texts += [str(len(piece)) for piece in pieces] + [str(sum(map(len, pieces)))]
        return normalise("\n".join(texts))

    def _row(self, document: Document, cite: Cite) -> str:
        # A plan with several annexes counts each from 1: the section then says which row is meant.
        wanted = cite.section if cite.section and f"{document.id}:{cite.section}" in self._rows else cite.row
        key = f"{document.id}:{wanted}"
        if key not in self._rows or str(wanted).rpartition(".")[2] != cite.row:
            raise MissingRecord(
                f"no row {cite.row} in {cite.document}" + (f" at {cite.section}" if cite.section else "")
            )
        return self._rows[key]

    def _piece(self, document: Document, piece: str) -> list[str]:
        rows = list(_under(f"{document.id}:{piece}", self._rows))
        if rows:
            return [self._rows[key] for key in rows]
        clauses = list(_under(f"{document.id}#{piece}", self._clauses))
        if not clauses:
            raise MissingRecord(f"no section {piece} in {document.cite}")
        return ["\n".join(self._clause(self._clauses[key]) for key in clauses)]

    def _clause(self, clause: Clause) -> str:
        referred = (self._clauses.get(f"{clause.document_id}#{path}") for path in clause.references)
        return "\n".join(
            [*clause.trail, clause.label, clause.text, *(other.text for other in referred if other)]
        )


def _pieces(section: str) -> Iterator[str]:
    for piece in filter(None, map(str.strip, re.split(r"[|,;]", section))):
        if span := _RANGE.fullmatch(piece):
            yield from map(str, range(int(span[1]), int(span[2]) + 1))
        else:
            yield piece


def _under(prefix: str, keys: Iterable[str]) -> Iterator[str]:
    return (key for key in keys if key == prefix or key.startswith(f"{prefix}."))


def document_facts(document: Document) -> str:
    """What a document says of itself, its dates in every usual way of writing."""
    texts = [document.cite, document.title, document.kind, document.issuer, document.note]
    texts += [document.number or "", document.signer or "", *_dates(document.signed_on)]
    if document.approval:
        approval = document.approval
        texts += [approval.title, approval.issuer, approval.signer, *_dates(approval.signed_on)]
    return "\n".join(texts)


def indicator_facts(row: Indicator) -> str:
    """All cells of an annex row."""
    cells = [row.name, row.target_raw, row.lead_raw, row.coordinator_raw, row.basis_raw, row.note_raw]
    pillar = _PILLARS[row.pillar] if row.pillar else ""
    return "\n".join([*filter(None, cells), pillar])


def task_facts(task: Task) -> str:
    """All cells of a task or planned document."""
    cells = [task.name, task.group_title, task.period_raw, task.lead_raw, task.coordinator_raw, task.form]
    return "\n".join(cells)


def guide_facts(guide: Guide) -> str:
    """All points of a guide, and the addresses that it leads to."""
    points = [*guide.when, *guide.steps, *guide.prepare, *guide.check, *guide.avoid]
    return "\n".join([guide.title, guide.summary, *points, *(link.url for link in guide.links)])


def _dates(day: date | None) -> list[str]:
    if day is None:
        return []
    forms = (f"{day:%d/%m/%Y}", f"{day.day}/{day.month}/{day.year}", f"{day:%d}/{day.month}/{day.year}")
    return [*forms, f"{day.day} tháng {day.month} năm {day.year}"]


def check(dialogue: Dialogue, facts: Facts) -> list[Flaw]:
    """What the records do not bear out; of gold that is checked by hand only the citations are proved."""
    flaws = []
    for number, turn in enumerate(dialogue.turns):
        problems, text = _cited(turn.expect, facts)
        if dialogue.checked != BY_HAND:
            problems += _unproved(turn.expect, text)
        flaws += [Flaw(dialogue.id, number, problem) for problem in problems]
    return flaws


def _cited(expect: Expect, facts: Facts) -> tuple[list[str], str]:
    problems, texts = [], []
    for cite in expect.cites:
        try:
            texts.append(facts.cited(cite))
        except MissingRecord as missing:
            problems.append(str(missing))
    return problems, "\n".join(texts) if expect.cites else facts.everything


def _unproved(expect: Expect, text: str) -> list[str]:
    problems = [
        f"nothing cited says {' / '.join(group[:3])}"
        for group in expect.all_of
        if not any(occurs(alternative, text) for alternative in group)
    ]
    cited_wrong = (string for string in expect.none_of if expect.cites and occurs(string, text))
    return problems + [f"what is cited says {string!r}, which no reply may say" for string in cited_wrong]


def main(arguments: Sequence[str] | None = None) -> int:
    """Check the files; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m eval.check_gold", description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--store", default=settings().store_url, help="SQLAlchemy URL of the store")
    given = parser.parse_args(arguments)
    try:
        dialogues = [dialogue for path in given.files for dialogue in load(path)]
        with Store.open(given.store) as store:
            facts = Facts.of(store)
    except (DialogueError, StoreError) as error:
        print(error, file=sys.stderr)
        return 2
    flaws = [flaw for dialogue in dialogues for flaw in check(dialogue, facts)]
    print(*flaws, sep="\n", end="\n" if flaws else "")
    by_hand = sum(dialogue.checked == BY_HAND for dialogue in dialogues)
    print(f"{len(dialogues)} dialogues, {by_hand} checked by hand, {len(flaws)} flaws")
    return int(bool(flaws))


if __name__ == "__main__":
    sys.exit(main())
