"""The same clause in another plan: plans repeat each other, with other numbers and renamed agencies."""

from __future__ import annotations

from collections.abc import Sequence

from actions.corpus import Corpus
from actions.evidence import name_of, overlap
from knowledge.records import Clause

_SAME = 0.5
_HEADED = 0.3
"""The same for sections of one agency, which may be given other work."""


def clause_twin(clause: Clause, documents: Sequence[str], corpus: Corpus) -> Clause | None:
    """The clause of other documents that says what this one says, in a section of the same agency if of any.

    An agency stands for the one that holds its work in a newer plan. None when nothing is near enough.
    """
    own = _holder(clause, corpus)
    least = _HEADED if own else _SAME
    others = [other for document in documents for other in corpus.store.clauses(document)]
    alike = [
        (share, other)
        for other in others
        if (share := overlap(name_of(clause), name_of(other))) >= least
        and bool(other.trail) == bool(clause.trail)
        and _holder(other, corpus) == own
    ]
    return max(alike, key=lambda each: each[0])[1] if alike else None


def _holder(clause: Clause, corpus: Corpus) -> str | None:
    """The agency in whose section a clause stands, or that holds its work now."""
    place = " ".join([*clause.trail[1:2], clause.text.split("\n", 1)[0] if len(clause.trail) < 2 else ""])
    named = [agency for agency in corpus.agencies.values() if agency.name.casefold() in place.casefold()]
    longest = max(named, key=lambda agency: len(agency.name), default=None)
    return (longest.successor or longest.id) if longest else None
