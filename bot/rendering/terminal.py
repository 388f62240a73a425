"""An answer as plain text, for a terminal."""

from __future__ import annotations

from bot.citing import full_address, safe_link, source_name
from bot.rendering.layout import SOURCE, parted, sound
from bot.rendering.numbering import numbers_of
from trolyso.answer import Answer, Citation


def to_text(answer: Answer, width: int = 0, site: str = "") -> str:
    """Text, sources and numbered suggestions, in the order in which a person needs them.

    `width` > 0 shortens each quoted source to that many characters; 0 leaves the quotes out. `site` is
    put before the addresses of sources, pictures and files that lie on this site; without it, sources have no
    address.
    """
    body, closing = parted(answer.text.strip()) if answer.citations else (answer.text.strip(), ())
    parts = [body]
    parts += [f"{item.caption}: {full_address(item.url, site)}" for item in answer.attachments]
    if answer.citations:
        parts.append(
            "\n".join([*(closing or (SOURCE,)), *(_source(c, width, site) for c in answer.citations)])
        )
    if answer.suggestions:
        parts.append("Gợi ý (gõ số):\n" + "\n".join(_menu(answer)))
    return sound("\n\n".join(part for part in parts if part))


def pick(answer: Answer | None, typed: str) -> str:
    """What the person means: the suggestion with that number, else the text itself.

    A number that names no suggestion stays a number, since it may be a row or a year.
    """
    text = typed.strip()
    if answer is None or not (text.isascii() and text.isdigit() and len(text) < 4):
        return text
    numbered = dict(zip(numbers_of(answer), answer.suggestions, strict=True))
    picked = numbered.get(int(text))
    return picked.message if picked else text


def _menu(answer: Answer) -> list[str]:
    numbered = zip(numbers_of(answer), answer.suggestions, strict=True)
    return [f"  {number}. {item.title}" for number, item in numbered]


def _source(citation: Citation, width: int, site: str) -> str:
    quote = citation.quote.strip()
    short = quote if len(quote) <= width else quote[: width - 1].rstrip() + "…"
    line = f"  - {source_name(citation)}" + (f": “{short}”" if width and quote else "")
    address = full_address(safe_link(citation.url), site)
    return line if not address or address.startswith("/") else f"{line}\n    {address}"
