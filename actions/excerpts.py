"""The part of a long text that a question is about, cut at the ends of sentences."""

from __future__ import annotations

import re

from vietnamese import fold, syllables

_PIECE = re.compile(r"[^.;:\n]+[.;:\n]*\s*")
_CUT = "…"


def excerpt(text: str, subject: str, limit: int) -> str:
    """At most about `limit` characters of a text: the neighbouring sentences that hold most of the subject.

    A text within the limit is given whole; what is left out is shown by an ellipsis.
    """
    flat = " ".join(text.split())
    if len(flat) <= limit:
        return flat
    pieces = _PIECE.findall(flat) or [flat]
    said = set(syllables(fold(subject)))
    start, end = max(_windows(pieces, limit), key=lambda window: (_held(pieces, window, said), -window[0]))
    kept = "".join(pieces[start:end]).strip()
    cut = kept if len(kept) <= limit else kept[: limit + 1].rsplit(" ", 1)[0]
    after = _CUT if end < len(pieces) or len(cut) < len(kept) else ""
    return f"{_CUT if start else ''}{cut}{after}"


def _windows(pieces: list[str], limit: int) -> list[tuple[int, int]]:
    """For each first sentence, how many fit; always one at least."""
    windows = []
    for start in range(len(pieces)):
        end, size = start, 0
        while end < len(pieces) and (end == start or size + len(pieces[end]) <= limit):
            size += len(pieces[end])
            end += 1
        windows.append((start, end))
    return windows


def _held(pieces: list[str], window: tuple[int, int], said: set[str]) -> int:
    return len(said & set(syllables(fold("".join(pieces[window[0] : window[1]])))))
