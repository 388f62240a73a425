"""The features of a message that its kind is told from.

Each view is a bag of strings: words, letters, folded letters, the frame, and the edges and pairs of the
shape (see `nlu.shape`). The frame is the message with every closed thing replaced by its kind and every
run of the documents' own words by one mark, so that "ai chủ trì OCOP 2024" and "ai chủ trì bệnh án điện
tử 2023" look alike.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from nlu.entities import Entity
from nlu.shape import edges, pairs, shape
from vietnamese import fold, syllables, tokens

#: Entities that the frame replaces by their kind; the asking words stay as they are.
MASKED = frozenset(
    {"agency", "document", "reference", "horizon", "period", "year", "row", "clause", "pillar"}
)
#: Entities whose value is told as a feature by itself.
TOLD = frozenset({"field", "meta", "ask", "unheld", "role", "ordinal", "kind"})
_SUBJECT_RUN = 3


@dataclass(frozen=True)
class Features:
    """The bags of one message, by view."""

    words: Counter[str]
    letters: Counter[str]
    folded: Counter[str]
    frame: Counter[str]
    edges: Counter[str]
    pairs: Counter[str]

    def bags(self) -> tuple[Counter[str], ...]:
        """The bags in their fixed order."""
        return self.words, self.letters, self.folded, self.frame, self.edges, self.pairs


def document_pairs(texts: Iterable[str]) -> frozenset[str]:
    """The pairs of folded syllables that occur in the documents: what they speak about."""
    met: set[str] = set()
    for text in texts:
        for line in text.splitlines():
            found = [fold(word) for word in syllables(line)]
            met.update(f"{first} {second}" for first, second in pairwise(found))
    return frozenset(met)


def features(text: str, entities: Sequence[Entity], known: frozenset[str]) -> Features:
    """The bags of a normalised text; `known` are the documents' pairs (see `document_pairs`)."""
    words = syllables(text)
    lower = " ".join(words)
    folded = fold(lower)
    framed, subject = _frame(text, entities, known)
    frame = Counter(_grams(framed, 3))
    frame.update(_told(entities, len(words), subject))
    masked = shape(words)
    return Features(
        words=Counter([*_grams(words, 2), *(f"~{gram}" for gram in _grams(folded.split(), 2))]),
        letters=Counter(_letters(lower, 2, 4)),
        folded=Counter(_letters(folded, 2, 4)),
        frame=frame,
        edges=Counter(edges(masked)),
        pairs=Counter(pairs(masked)),
    )


def _grams(words: Sequence[str], longest: int) -> Iterator[str]:
    for size in range(1, longest + 1):
        for start in range(len(words) - size + 1):
            yield " ".join(words[start : start + size])


def _letters(text: str, shortest: int, longest: int) -> Iterator[str]:
    """Runs of letters inside words, word borders as blanks."""
    for word in text.split():
        padded = f" {word} "
        for size in range(shortest, longest + 1):
            if size >= len(padded):
                yield padded
                break
            for start in range(len(padded) - size + 1):
                yield padded[start : start + size]


def _frame(text: str, entities: Sequence[Entity], known: frozenset[str]) -> tuple[list[str], float]:
    """The masked words, and the share of the words left over that the documents speak about."""
    spans = [entity for entity in entities if _mask(entity)]
    asking = [entity for entity in entities if entity.entity in TOLD and entity.entity != "kind"]
    out: list[str] = []
    run: list[str] = []
    free = subject = 0
    for token in tokens(text):
        if not token.text[0].isalnum():
            continue
        mask = next((entity for entity in spans if entity.start <= token.start < entity.end), None)
        word = fold(token.text)
        open_word = mask is None and not any(entity.start <= token.start < entity.end for entity in asking)
        free += open_word
        if open_word and (not run or f"{run[-1]} {word}" in known):
            run.append(word)
            continue
        subject += _close(run, out)
        if open_word:
            run.append(word)
        elif mask is None:
            out.append(word)
        elif not out or out[-1] != _mask(mask):
            out.append(_mask(mask))
    subject += _close(run, out)
    return out, subject / free if free else 0.0


def _mask(entity: Entity) -> str:
    if entity.entity in MASKED:
        return f"<{entity.entity}>"
    return "<place>" if entity.value.startswith("place:") else ""


def _close(run: list[str], out: list[str]) -> int:
    """Write the run out, as one mark when the documents hold it; returns its words when they do."""
    held = len(run) if len(run) >= _SUBJECT_RUN else 0
    if held:
        out.append("<subject>")
    else:
        out.extend(run)
    run.clear()
    return held


def _told(entities: Sequence[Entity], length: int, subject: float) -> Iterator[str]:
    for entity in entities:
        value = entity.value.partition(":")[0] if entity.entity in TOLD else ""
        yield f"@{entity.entity}={value}" if value else f"@{entity.entity}"
    years = {entity.value for entity in entities if entity.entity in {"year", "horizon"}}
    yield f"#years={min(len(years), 2)}"
    yield f"#length={min(length, 24) // 3}"
    yield f"#subject={round(subject * 4)}"
