"""A source in words and its address, the same in every channel."""

from __future__ import annotations

from datetime import date

from trolyso.answer import Citation


def day(value: date | str | None) -> str:
    """A date as Vietnamese write it, from a date or from ISO 8601; what is not a date stays as it is."""
    if isinstance(value, str):
        try:
            value = date.fromisoformat(value)
        except ValueError:
            return str(value)
    return value.strftime("%d/%m/%Y") if value else ""


def source_name(citation: Citation) -> str:
    """A citation in words: document, date, and the row or the clause."""
    name = citation.document + (f" ngày {day(citation.date)}" if citation.date else "")
    if citation.row:
        return f"{name}, STT {citation.row}"
    return f"{name}, mục {citation.section}" if citation.section else name


def safe_link(url: str) -> str:
    """`url` when it may stand in a link (this site, or https), "" otherwise."""
    local = url.startswith("/") and not url.startswith(("//", "/\\"))
    return url if local or url.startswith("https://") else ""


def full_address(url: str, site: str) -> str:
    """An address that works outside the site's own pages; one that names a host stays as it is."""
    return f"{site.rstrip('/')}{url}" if url.startswith("/") else url
