"""What each part of the search is worth, on questions about the project's own records."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from knowledge.search.benchmark import Figures, figures, systems
from knowledge.search.encoder import Encoder
from knowledge.search.engine import Hit, Query, SearchEngine
from knowledge.search.index import build_index
from knowledge.search.passages import Passage
from knowledge.search.serving import SearchIndex
from knowledge.search.tuning import Question
from vietnamese import fold, restore

DEPTH = 10
FORMS: Mapping[str, Callable[[Query], Query]] = {
    "có dấu": lambda query: query,
    "bỏ dấu rồi phục hồi": lambda query: replace(query, text=restore(fold(query.text)), accented=False),
    "bỏ dấu": lambda query: replace(query, text=fold(query.text), accented=False),
}
"""How a question is put to the search: as written, without marks but restored, without marks."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: an encoder, a part of the engine, and its figures for each form."""

    encoder: str
    system: str
    figures: Mapping[str, Figures]

    def to_json(self) -> dict[str, Any]:
        """Ready for `json.dumps`."""
        figures = {form: found.to_json() for form, found in self.figures.items()}
        return {"encoder": self.encoder, "system": self.system, "figures": figures}


def ablate(
    passages: Sequence[Passage], questions: Sequence[Question], encoders: Mapping[str, Encoder]
) -> Iterator[Line]:
    """BM25 once, then the encoder alone and both together for each encoder."""
    for place, (name, encoder) in enumerate(encoders.items()):
        with tempfile.TemporaryDirectory(prefix="trolyso-ablation-") as folder:
            build_index(passages, encoder, Path(folder))
            index = SearchIndex(Path(folder), encoder)
        for system, weights in systems().items():
            if system == "BM25" and place:
                continue
            engine = SearchEngine(index, weights)
            found = {form: _figures(engine, questions, change) for form, change in FORMS.items()}
            yield Line("" if system == "BM25" else name, system, found)


def _figures(
    engine: SearchEngine, questions: Sequence[Question], change: Callable[[Query], Query]
) -> Figures:
    answers = (
        [_credited(hit, question) for hit in engine.search(replace(change(question.query), limit=DEPTH))]
        for question in questions
    )
    return figures([question.right for question in questions], answers)


def _credited(hit: Hit, question: Question) -> str:
    """The id of a hit, or that of a right passage which says the same."""
    return next((key for key in (hit.passage.id, *hit.same) if key in question.right), hit.passage.id)
