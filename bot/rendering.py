"""An answer as plain text, for channels without markup."""

from __future__ import annotations

from bot.citing import source_name
from trolyso.answer import Answer, Suggestion


def to_text(answer: Answer, width: int = 0, site: str = "") -> str:
    """Text, sources and numbered suggestions, in the order in which a person needs them.

    `width` > 0 shortens each quoted source to that many characters; 0 leaves the quotes out. `site` is
    put before the addresses of pictures and files that lie on this site.
    """
    parts = [answer.text.strip()]
    parts += [f"{item.caption}: {full_address(item.url, site)}" for item in answer.attachments]
    if answer.citations:
        parts.append("Nguồn:\n" + "\n".join(_sources(answer, width)))
    if answer.suggestions:
        parts.append("Gợi ý (gõ số):\n" + "\n".join(_menu(answer.suggestions)))
    return "\n\n".join(part for part in parts if part)


def full_address(url: str, site: str) -> str:
    """An address that works outside the site's own pages; one that names a host stays as it is."""
    return f"{site.rstrip('/')}{url}" if url.startswith("/") else url


def pick(answer: Answer | None, typed: str) -> str:
    """What the person means: the suggestion with that number, else the text itself.

    A number that names no suggestion stays a number, since it may be a row or a year.
    """
    text = typed.strip()
    if answer is None or not text.isascii() or not text.isdigit():
        return text
    number = int(text) if len(text) < 4 else 0
    if 1 <= number <= len(answer.suggestions):
        return answer.suggestions[number - 1].message
    return text


def _menu(suggestions: tuple[Suggestion, ...]) -> list[str]:
    return [f"  {number}. {item.title}" for number, item in enumerate(suggestions, 1)]


def _sources(answer: Answer, width: int) -> list[str]:
    lines: list[str] = []
    for citation in answer.citations:
        quote = citation.quote.strip()
        short = quote if len(quote) <= width else quote[: width - 1].rstrip() + "…"
        lines.append(f"  - {source_name(citation)}" + (f": “{short}”" if width and quote else ""))
    return lines
