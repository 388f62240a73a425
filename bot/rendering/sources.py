"""The sources of an answer, each document named once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.citing import day, full_address, safe_link, source_name
from bot.rendering.layout import SOURCE, parted, sound
from trolyso.answer import Answer, Citation

# Names come from the registry of documents; a longer one is a mistake, and no message may fail of it.
_LONGEST_NAME = 300
LONGEST_LINK = 1000


@dataclass(frozen=True, slots=True)
class Spot:
    """One source: its name inside its document, its full name, and its whole address ("": no link)."""

    place: str
    name: str
    link: str


@dataclass(frozen=True, slots=True)
class SourceGroup:
    """The places of one document."""

    document: str
    spots: tuple[Spot, ...]


def grouped(citations: Iterable[Citation], site: str) -> tuple[SourceGroup, ...]:
    """Citations by document, in the order in which they first appear."""
    found: dict[str, list[Spot]] = {}
    for citation in citations:
        document = sound(citation.document) + (f" ngày {day(citation.date)}" if citation.date else "")
        found.setdefault(_short(document), []).append(_spot(citation, site))
    return tuple(SourceGroup(document, tuple(spots)) for document, spots in found.items())


def named(citations: Sequence[Citation], closing: Sequence[str], site: str) -> tuple[Spot, ...]:
    """The sources with the names that the lines at the end of the text give them; empty when they do not."""
    names = names_in(closing, citations)
    return tuple(
        replace(_spot(citation, site), name=_short(name))
        for name, citation in zip(names, citations, strict=bool(names))
    )


def names_in(closing: Sequence[str], citations: Sequence[Citation]) -> tuple[str, ...]:
    """A name for each source from the lines at the end of the text.

    Empty unless there is one line for each source, in the same order.
    """
    if len(closing) != len(citations):
        return ()
    if len(closing) > 1 and not all(map(_tells, closing, citations)):
        return ()
    return tuple(line.removeprefix(SOURCE).strip().removesuffix(".") for line in closing)


@dataclass(frozen=True, slots=True)
class Evidence:
    """An answer's text without the lines that name its sources, the words above the list of sources, and a
    name for each of them."""

    body: str
    head: str
    names: tuple[str, ...]


def evidence(answer: Answer) -> Evidence:
    """What the page shows of the text and the sources, so that no source is named twice."""
    body, closing = parted(answer.text) if answer.citations else (answer.text, ())
    names = names_in(closing, answer.citations)
    head = "" if names else " ".join(closing)
    return Evidence(body, head or SOURCE.rstrip(":"), names or tuple(map(source_name, answer.citations)))


def _tells(line: str, citation: Citation) -> bool:
    return bool(citation.row or citation.section) and f"{_place(citation)}." in line + "."


def unsaid(citations: Sequence[Citation], text: str) -> tuple[tuple[str, str], ...]:
    """Name and words of the quotes that the answer's text does not hold already, each once.

    The quote of a row is its name and its target, parted by a colon; where the text holds the name, it has
    told the target in words.
    """
    said = _plain(text)
    quotes = {sound(c.quote): _short(sound(source_name(c))) for c in reversed(citations)}
    return tuple(
        (name, quote)
        for quote, name in reversed(quotes.items())
        if not said.count(_plain((quote.rpartition(": ")[0] or quote).rstrip("…. ")))
    )


def _spot(citation: Citation, site: str) -> Spot:
    link = full_address(safe_link(citation.url), site)
    reachable = not link.startswith("/") and len(link) <= LONGEST_LINK
    return Spot(
        _short(sound(_place(citation))), _short(sound(source_name(citation))), link if reachable else ""
    )


def _place(citation: Citation) -> str:
    if citation.row:
        return f"STT {citation.row}"
    if citation.section:
        return f"mục {citation.section}"
    return "dòng không số" if "#" in citation.url else "cả văn bản"


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1] + "…"


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
