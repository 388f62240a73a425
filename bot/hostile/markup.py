"""What of an HTML page would run or load something that the pages themselves never do."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser

# The policy of the pages forbids all of these; none of our templates has one.
_NEVER = frozenset(
    {"iframe", "object", "embed", "base", "svg", "math", "style", "applet", "frame", "audio", "video"}
)
_ADDRESSES = frozenset({"href", "src", "action", "formaction", "srcdoc", "data", "poster", "xlink:href"})
_OURS = ("/", "#", "https://")
_FORM = "/chat"


def injected(page: str) -> str:
    """The first thing in a page that must come from an attacker; empty when there is none."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return reader.found


class _Reader(HTMLParser):
    """Reads tags as a browser does; what is escaped never becomes one."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """See `HTMLParser`."""
        self.found = self.found or next(_wrong(tag, attrs), "")


def _wrong(tag: str, attributes: list[tuple[str, str | None]]) -> Iterator[str]:
    values = {name: value or "" for name, value in attributes}
    if tag in _NEVER:
        yield f"<{tag}>"
    if tag == "script" and not values.get("src", "").startswith("/static/"):
        yield "<script> of its own"
    if tag == "form" and values.get("action") != _FORM:
        yield "<form> that leads elsewhere"
    for name, value in values.items():
        if name.startswith("on"):
            yield f"<{tag} {name}>"
        if name in _ADDRESSES and not value.startswith(_OURS):
            yield f"<{tag} {name}={value[:40]!r}>"
        if name in _ADDRESSES and value.startswith("//"):
            yield f"<{tag} {name}> to another site"
