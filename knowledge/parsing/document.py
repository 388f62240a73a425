"""One file parsed into all its records."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from knowledge.agencies import AgencyRegistry
from knowledge.parsing.annexes import AnnexParser, annex_names
from knowledge.parsing.outline import Level, Node, in_capitals, outline
from knowledge.parsing.references import resolve
from knowledge.parsing.unregistered import describe
from knowledge.reading import Block, Line, Table, read
from knowledge.records import Clause, Document, ParsedDocument, Unplaced
from knowledge.registry import Errata, Registry, checksum

_TITLE_LINES = 6
_NO_TITLE = re.compile(r"(?:[IVX]{1,5}|\d{1,2})\.\s|[-+•]|(?:KT|TM|TL|TUQ)\. |Nơi nhận|.{200}")


def parse_file(path: Path, registry: Registry, agencies: AgencyRegistry) -> ParsedDocument:
    """Read and parse one file. Raises `knowledge.reading.UnreadableFile`."""
    blocks = read(path)
    entry = registry.entry(path)
    lines = [block for block in blocks if isinstance(block, Line)]
    # The checksum is that of the file that is read, which may lie outside the folder of sources.
    document = replace(entry.document, sha256=checksum(path)) if entry else describe(path, lines)
    kept, trailing = _without_trailing(lines, registry.errata.end_of(document.id))
    titled = _annexes(blocks, entry.annexes if entry else ())
    titles = {line.number for annex in titled for line in annex.title}
    nodes = outline(line for line in kept if line.number not in titles)
    nodes = sorted([*nodes, *(annex.node() for annex in titled if annex.title)], key=lambda node: node.line)
    annexes = AnnexParser(document, agencies, registry.errata)
    for annex in titled:
        annexes.parse(annex.table, annex.id, alone=len(titled) == 1)
    return ParsedDocument(
        document,
        _clauses(nodes, document, registry.errata),
        tuple(annexes.indicators),
        tuple(annexes.tasks),
        (*annexes.unplaced, *trailing),
    )


@dataclass(frozen=True, slots=True)
class _Annex:
    """A table with its id and the lines that title it."""

    id: str
    title: tuple[Line, ...]
    table: Table

    def node(self) -> Node:
        """The title as a clause."""
        text = "\n".join(line.text for line in self.title)
        number = self.title[0].number
        return Node(Level.PARAGRAPH, "mo-dau", "", text, number, path=f"{self.id}.mo-dau")


def _without_trailing(lines: Sequence[Line], end: str | None) -> tuple[list[Line], list[Unplaced]]:
    """The document's own lines, and those of the web page around it."""
    cut = next((i for i, line in enumerate(lines) if end and line.text.startswith(end)), len(lines))
    reason = "lời của trang web, không thuộc văn bản"
    return list(lines[:cut]), [Unplaced(line.number, line.text, reason) for line in lines[cut:]]


def _annexes(blocks: Sequence[Block], registered: Sequence[str]) -> list[_Annex]:
    """The tables of a document with their ids in order, and the title lines above each."""
    places = [place for place, block in enumerate(blocks) if isinstance(block, Table)]
    return [
        _Annex(name, _title_above(blocks[:place]), table)
        for name, place in zip(annex_names(len(places), registered), places, strict=True)
        if isinstance(table := blocks[place], Table)
    ]


def _title_above(blocks: Sequence[Block]) -> tuple[Line, ...]:
    """The lines directly before a table, up to the topmost line in capitals among them."""
    above: list[Line] = []
    size = 0
    for line in reversed(blocks[-_TITLE_LINES:]):
        if isinstance(line, Table) or _NO_TITLE.match(line.text):
            break
        above.append(line)
        if in_capitals(line.text) or line.text.startswith("Phụ lục"):
            size = len(above)
    return tuple(reversed(above[:size]))


def _clauses(nodes: Sequence[Node], document: Document, errata: Errata) -> tuple[Clause, ...]:
    paths = {node.path for node in nodes}
    return tuple(
        Clause(
            document_id=document.id,
            path=node.path,
            label=node.label,
            trail=_trail(node, document, errata),
            text=errata.shown(document.id, node.text),
            order=order,
            references=tuple(path for path in resolve(node.text) if path in paths),
            note=errata.note(document.id, node.text),
        )
        for order, node in enumerate(nodes, 1)
    )


def _trail(node: Node, document: Document, errata: Errata) -> tuple[str, ...]:
    """The headings above a clause; a heading that is known not to be its own is left out."""
    titles = node.trail()[:-1] if errata.lost_heading(document.id, node.text) else node.trail()
    return tuple(errata.shown(document.id, title) for title in titles)
