"""An answer as Zalo messages: plain text with bare links, and a numbered menu in place of buttons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.channels.protocol import Offer, Parcel, ParcelKind
from bot.citing import full_address, safe_link
from bot.rendering.layout import SOURCE, airy, flat, parted, sound, tabled
from bot.rendering.numbering import is_listed, listed
from bot.rendering.sources import LONGEST_LINK, SourceGroup, grouped, named
from bot.rendering.splitting import pack, split
from trolyso.answer import Answer, Attachment, Citation

# The platform takes 2000 characters in a text and in a caption; a text that is sent again is marked as such.
_TEXT = 1900
_WHOLE = 1980
_CAPTION = 900
_NAMED_SITE = "xem trên trang web của trợ lý"


def render(answer: Answer, offers: Sequence[Offer], site: str) -> tuple[Parcel, ...]:
    """The answer in the order in which it is read: text, sources, files, menu; then the pictures.

    `site` stands before addresses of this site; when it is empty, sources are named without links and
    pictures with words. `offers` have the numbers that are shown.
    """
    body, closing = parted(sound(answer.text))
    items = [item for item in answer.attachments if safe_link(item.url)]
    pictures = [item for item in items if item.kind == "image" and _address(item, site)]
    parts = (
        tabled(airy(body)),
        "\n".join(_sources(answer.citations, closing, site)),
        "\n".join(_told(item, site) for item in items if item not in pictures),
        "\n".join(_menu(offers, body)),
    )
    pieces = [piece for part in parts for piece in split(part, _TEXT)]
    texts = [Parcel(ParcelKind.TEXT, text) for text in pack(pieces, _WHOLE) or ["…"]]
    return (*texts, *(parcel for item in pictures for parcel in _picture(item, site)))


def _sources(citations: Sequence[Citation], closing: Sequence[str], site: str) -> Iterator[str]:
    if spots := named(citations, closing, site):
        for line, spot in zip(closing, spots, strict=True):
            yield f"{line}\n{spot.link}".rstrip()
        return
    groups = grouped(citations, site)
    head = "\n".join(closing) or (SOURCE if groups else "")
    yield head
    for group in groups:
        yield from _group(group, len(groups) == 1 and group.document in head)


def _group(group: SourceGroup, is_named: bool) -> Iterator[str]:
    """One line for each link, one for all places without; the document comes first unless it is known."""
    if len(group.spots) == 1:
        spot = group.spots[0]
        yield f"• {spot.name}: {spot.link}" if spot.link else f"• {spot.name}"
        return
    if not any(spot.link for spot in group.spots):
        places = ", ".join(spot.place for spot in group.spots)
        yield f"• {places}" if is_named else f"• {group.document}: {places}"
        return
    if not is_named:
        yield f"{group.document}:"
    for spot in group.spots:
        yield f"• {spot.place}: {spot.link}" if spot.link else f"• {spot.place}"


def _menu(offers: Sequence[Offer], body: str) -> Iterator[str]:
    """How to pick: what stands in the text under its number already is not told again."""
    lines = listed(body)
    if not offers:
        return
    if len(offers) == 1:
        yield f"Trả lời {offers[0].number}: {flat(offers[0].title)}"
        return
    told = [f"{offer.number}. {flat(offer.title)}" for offer in offers if not is_listed(offer, lines)]
    yield f"Trả lời {_numbers([offer.number for offer in offers])}" + (":" if told else " để chọn.")
    yield from told


def _numbers(numbers: Sequence[int]) -> str:
    first, last = numbers[0], numbers[-1]
    if len(numbers) > 3 and list(numbers) == list(range(first, last + 1)):
        return f"một số từ {first} đến {last}"
    return f"{', '.join(map(str, numbers[:-1]))} hoặc {last}"


def _address(item: Attachment, site: str) -> str:
    address = full_address(item.url, site)
    return "" if address.startswith("/") or len(address) > LONGEST_LINK else address


def _told(item: Attachment, site: str) -> str:
    return f"{sound(item.caption)}: {_address(item, site) or _NAMED_SITE}"


def _picture(item: Attachment, site: str) -> Iterator[Parcel]:
    """The picture; a caption that is too long goes on behind it."""
    caption, *more = split(sound(item.caption), _CAPTION) or ("",)
    instead = f"{caption}: {_address(item, site)}"
    yield Parcel(ParcelKind.IMAGE, caption, url=item.url, instead=instead)
    yield from (Parcel(ParcelKind.TEXT, text) for text in more)
