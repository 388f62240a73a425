"""Everything that answers are made from: the store, the search index and the registry of agencies."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cached_property

from actions.ranking import Ranking, default_ranking
from knowledge.records import Agency, Clause, Document, Indicator, Task
from knowledge.search.engine import Hit, Query, SearchEngine
from knowledge.store import IndicatorFilter, RememberingStore
from trolyso.answer import Trace

Record = Indicator | Task | Clause | Document


class Corpus:
    """Read access for the actions; `today` is the clock that "năm ngoái" is read by."""

    def __init__(
        self,
        store: RememberingStore,
        engine: SearchEngine,
        today: date | None = None,
        ranking: Ranking | None = None,
    ) -> None:
        self.store = store
        self.ranking = ranking or default_ranking()
        self._engine = engine
        self._today = today
        self._records: dict[str, Record | None] = {}
        self._rarities: dict[str, dict[str, float]] = {}
        self._series: dict[str, tuple[Indicator, ...]] = {}
        self._generation = ""

    @property
    def today(self) -> date:
        """The date of the question."""
        return self._today or date.today()

    @cached_property
    def documents(self) -> dict[str, Document]:
        """All documents by id, newest plan first."""
        ordered = sorted(
            self.store.documents(), key=lambda d: (d.official, d.period.end == d.period.start, d.period.start)
        )
        return {document.id: document for document in reversed(ordered)}

    @cached_property
    def agencies(self) -> dict[str, Agency]:
        """All agencies by id."""
        return {agency.id: agency for agency in self.store.agencies()}

    @cached_property
    def with_indicators(self) -> frozenset[str]:
        """The documents whose annex of indicators is held."""
        return frozenset(c.document_id for c in self.store.counts() if c.indicators)

    def search(self, query: Query) -> list[Hit]:
        """Passages nearest to a subject, best first."""
        self._refresh()
        return self._engine.search(query)

    def nearness(self, subject: str, texts: Sequence[str]) -> list[float]:
        """How near each of some short texts is to a subject in meaning, as a cosine."""
        return [float(near) for near in self._engine.nearness(subject, texts)]

    @property
    def edition(self) -> str:
        """Tells the records in force from those before them."""
        self._refresh()
        return self._generation

    def traced(self, seconds: float) -> Trace:
        """The trace of an answer that took so many seconds to make."""
        return Trace(seconds, self._generation, bool(self._engine.index.refused))

    def _refresh(self) -> None:
        """A new generation of the index means new records: what was remembered of the old is dropped."""
        self._engine.index.reload_if_changed()
        name = self._engine.index.generation.name
        if name != self._generation:
            self._generation = name
            self.store.turn_to(name)
            self._records.clear()
            self._series.clear()
            self._rarities.clear()
            for remembered in ("documents", "agencies", "with_indicators"):
                self.__dict__.pop(remembered, None)

    def rarity(self, text: str) -> dict[str, float]:
        """How rare each folded syllable of a text is among the passages."""
        return self._engine.index.generation.coverage.weights(text)

    def name_rarity(self, record_id: str, name: str) -> dict[str, float]:
        """`rarity` of the name of a record, read once for a generation of the index."""
        if record_id not in self._rarities:
            self._rarities[record_id] = self.rarity(name)
        return self._rarities[record_id]

    def unheard(self, text: str) -> float:
        """The share, 0 to 1, of a text by rarity that no passage holds at all."""
        coverage = self._engine.index.generation.coverage
        return coverage.unheard(coverage.weights(text))

    def untold(self, text: str) -> float:
        """The same, of what the documents themselves do not say, whatever people call their records."""
        told = self._engine.index.generation.told
        return told.unheard(told.weights(text))

    def record(self, record_id: str) -> Record | None:
        """A record by its id, whatever its kind; each is read once for a generation of the index."""
        if record_id not in self._records:
            self._records[record_id] = self._read(record_id)
        return self._records[record_id]

    def _read(self, record_id: str) -> Record | None:
        if "#" in record_id:
            document_id, path = record_id.split("#", 1)
            return self.store.clause(document_id, path)
        if ":" in record_id:
            return self.store.indicator(record_id) or self.store.task(record_id)
        return self.documents.get(record_id)

    def document_of(self, record: Record) -> Document:
        """The document that holds a record."""
        return record if isinstance(record, Document) else self.documents[record.document_id]

    def twins(self, indicator: Indicator) -> tuple[Indicator, ...]:
        """The same indicator in the plans of all years, oldest first, itself included."""
        key = indicator.series
        if key is None:
            return (indicator,)
        if key not in self._series:
            self._series[key] = self.store.series(key)
        return self._series[key]

    def plans_of(self, year: int) -> tuple[Document, ...]:
        """The official plans made for exactly this year."""
        return tuple(
            d for d in self.documents.values() if d.official and d.period.start == d.period.end == year
        )

    def covering(self, year: int) -> tuple[Document, ...]:
        """The official plans of several years that cover a year."""
        return tuple(
            d
            for d in self.documents.values()
            if d.official and d.period.start < d.period.end and d.period.start <= year <= d.period.end
        )

    def by_row(self, row: str, documents: Sequence[str]) -> tuple[Indicator, ...]:
        """The indicators with a printed row number, newest plan first."""
        return self.store.indicators(IndicatorFilter(document_ids=tuple(documents), row=row)).items
