"""Long texts cut into windows that an encoder can read whole."""

from __future__ import annotations

SIZE = 200
STRIDE = 170
HEAD = 16


def chunks(text: str, size: int = SIZE, stride: int = STRIDE, head: int = HEAD) -> list[str]:
    """Windows of at most `size` words that begin `stride` words apart; a short text is its own only one.

    Every window after the first begins with the first `head` words of the text (the number and title
    of an article), without which it would not say what it is about.
    """
    words = text.split()
    if len(words) <= size:
        return [text]
    # A last window of few words would only repeat what the one before holds.
    starts = range(0, max(len(words) - (size - stride), 1), stride)
    return [" ".join([*words[: head if start else 0], *words[start : start + size]]) for start in starts]
