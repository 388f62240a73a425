"""An answer as Telegram messages: HTML that Telegram knows, links to the sources, buttons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import groupby

from bot.channels.protocol import Button, Offer, Parcel, ParcelKind
from bot.citing import full_address, safe_link
from bot.rendering.layout import COLUMNS, SOURCE, airy, flat, parted, sound, tabled
from bot.rendering.numbering import is_listed, listed
from bot.rendering.sources import SourceGroup, Spot, grouped, named, unsaid
from bot.rendering.splitting import pack, split, utf16
from trolyso.answer import Answer, Attachment, Citation

# Telegram's own limits are 4096 before and after its reading of the markup, 1024 for a caption, and 64 for
# a button to stay on one line of a small phone; the first is kept with a margin for what is put around.
_TEXT = 3500
_WHOLE = 4000
_CAPTION = 1000
_TITLE = 64
_SHORT_TITLE = 20
_WIDEST_TABLE = 38
_LINES_SHOWN = 3
_LINKS_A_LINE = 12
_QUOTE = 2000
_PRE = ("<pre>", "</pre>")
_FOLD = ("<blockquote expandable>", "</blockquote>")
_CHARACTERS = {"&": 5, "<": 4, ">": 4, COLUMNS: len("".join(_PRE)) + 1}


def render(answer: Answer, offers: Sequence[Offer], site: str, reply_to: str = "") -> tuple[Parcel, ...]:
    """The answer in the order in which it is read: text, sources, pictures and files.

    `site` stands before addresses of this site; when it is empty, sources are named without links. The keys
    are under the last text; the first parcel is the reply to `reply_to`.
    """
    texts = _texts(answer, site)
    found = [Parcel(ParcelKind.TEXT, text) for text in texts[:-1]]
    found.append(Parcel(ParcelKind.TEXT, texts[-1], rows=_keyboard(offers, answer.text)))
    found += (parcel for item in answer.attachments for parcel in _attachment(item, site))
    first, *others = found
    return (Parcel(first.kind, first.text, rows=first.rows, reply_to=reply_to), *others)


def _texts(answer: Answer, site: str) -> list[str]:
    body, closing = parted(sound(answer.text))
    laid = tabled(airy(body), _WIDEST_TABLE)
    pieces = [_marked(piece) for piece in split(laid, _TEXT, _cost)]
    evidence = pack(_evidence(answer.citations, body, closing, site), _WHOLE, gap="\n")
    return pack([*pieces, *evidence], _WHOLE) or ["…"]


def _cost(text: str) -> int:
    """Length of the markup that `_marked` makes, or more."""
    return sum(_CHARACTERS.get(char) or utf16(char) for char in text)


def _marked(piece: str) -> str:
    parts: list[str] = []
    for is_table, lines in groupby(piece.split("\n"), lambda line: line.startswith(COLUMNS)):
        block = escape("\n".join(line.removeprefix(COLUMNS) for line in lines), quote=False)
        parts.append(block.join(_PRE) if is_table else block)
    return "\n".join(parts)


def _evidence(citations: Sequence[Citation], body: str, closing: Sequence[str], site: str) -> Iterator[str]:
    """The sources as blocks of markup: a few lines in sight, the others and the quotes behind a fold."""
    if spots := named(citations, closing, site):
        lines = [f"{SOURCE} {_link(spot, spot.name)}." for spot in spots]
    else:
        groups = grouped(citations, site)
        head = "\n".join(closing) or (SOURCE if groups else "")
        yield from (escape(piece, quote=False) for piece in split(head, _TEXT, _cost))
        only = len(groups) == 1 and groups[0].document in head
        lines = [line for group in groups for line in _lines(group, only)]
    yield from lines[:_LINES_SHOWN]
    yield from _folded([*lines[_LINES_SHOWN:], *_quotes(citations, body)])


def _lines(group: SourceGroup, is_named: bool) -> Iterator[str]:
    """The places of a document, `_LINKS_A_LINE` a line; each line names the document unless it is known."""
    if len(group.spots) == 1:
        yield f"• {_link(group.spots[0], group.spots[0].name)}"
        return
    name = "• " if is_named else f"• {escape(group.document, quote=False)}: "
    for at in range(0, len(group.spots), _LINKS_A_LINE):
        spots = group.spots[at : at + _LINKS_A_LINE]
        places = pack([_link(spot, spot.place) for spot in spots], _TEXT - utf16(name), gap=", ")
        yield from (name + line for line in places)


def _quotes(citations: Sequence[Citation], body: str) -> Iterator[str]:
    for name, quote in unsaid(citations, body):
        for piece in split(f"{name}: “{quote}”", _QUOTE, _cost):
            yield escape(piece, quote=False)


def _folded(lines: Iterable[str]) -> Iterator[str]:
    return (block.join(_FOLD) for block in pack(lines, _TEXT, gap="\n"))


def _link(spot: Spot, words: str) -> str:
    shown = escape(words, quote=False)
    return f'<a href="{escape(spot.link)}">{shown}</a>' if spot.link else shown


def _keyboard(offers: Sequence[Offer], text: str) -> tuple[tuple[Button, ...], ...]:
    """One button a row, two where both titles are short."""
    lines = listed(text)
    rows: list[tuple[Button, ...]] = []
    for offer in offers:
        button = Button(_title(offer, is_listed(offer, lines)), offer.id)
        before = rows[-1] if rows else ()
        if len(before) == 1 and max(len(before[0].title), len(button.title)) <= _SHORT_TITLE:
            rows[-1] = (*before, button)
        else:
            rows.append((button,))
    return tuple(rows)


def _title(offer: Offer, numbered: bool) -> str:
    """What stands on the button; its number tells apart what begins alike where a screen cuts it off."""
    words = flat(offer.title)
    title = f"{offer.number}. {words}".strip() if numbered or not words else words
    return title if utf16(title) <= _TITLE else split(title, _TITLE - 1)[0] + "…"


def _attachment(item: Attachment, site: str) -> Iterator[Parcel]:
    """The picture or file; a caption that is too long goes on behind it."""
    if not safe_link(item.url):
        return
    kind = ParcelKind.IMAGE if item.kind == "image" else ParcelKind.FILE
    caption, *more = map(_marked, split(sound(item.caption), _CAPTION, _cost) or ("",))
    address = full_address(item.url, site)
    known = not address.startswith("/")
    yield Parcel(kind, caption, url=item.url, instead=f"{caption}: {escape(address)}" if known else caption)
    yield from (Parcel(ParcelKind.TEXT, text) for text in more)
