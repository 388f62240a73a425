"""Things that are counted in a question and that no plan speaks of: "bao nhiêu trạm sạc xe điện"."""

from __future__ import annotations

import re

from actions.corpus import Corpus
from actions.question import Question
from actions.terms import default_terms
from vietnamese.wordlists import words

_STOP = (
    "được|cho|trong|năm|của|ở|thì|là|phải|có|không|vậy|theo|để|tại|và|với|mới|nữa|ạ|rồi|đã|sẽ|do|trên|vào"
    "|đạt|thực|phần|nào|ông|bà|anh|chị|đứa|thằng|người"
)
_COUNTED = re.compile(rf"\b(?:bao nhiêu|mấy|nhiêu) ((?:(?!(?:{_STOP})\b)[^\W\d_]+ ?){{1,5}})", re.IGNORECASE)
_SPOKEN = words("nhỉ hả ta vậy dzậy luôn lận thế à á nhé nha hén hông hổng hén ha chứ đây đó ấy")
_CLASSIFIERS = ("cái", "chiếc", "con", "cây", "bộ")
_LEAST = 4
_STRANGE = 0.5
"""Share of the counted thing, by rarity, that no passage holds."""


def counts_unknown(question: Question, corpus: Corpus) -> bool:
    """True when an amount is asked of a thing whose name stands in no plan."""
    if "how_much" not in question.asks:
        return False
    counted = [_less_spoken(thing) for thing in _COUNTED.findall(question.typed)]
    asked = set(question.subject.split())
    # Of a story only what its question counts: "mấy cuốn sách" that somebody owns are only told.
    counted = [thing for thing in counted if thing and (not question.wider or asked & set(thing.split()))]
    things = [default_terms().read(thing) for thing in counted]
    return any(corpus.untold(part) >= _STRANGE for thing in things for part in (thing, _head(thing)))


def _less_spoken(thing: str) -> str:
    return " ".join(word for word in thing.split() if word.lower() not in _SPOKEN)


def _head(thing: str) -> str:
    """The noun that is counted, when it is long enough not to be an abbreviation."""
    words = [word for word in thing.split() if word not in _CLASSIFIERS]
    return words[0] if words and len(words[0]) >= _LEAST else ""
