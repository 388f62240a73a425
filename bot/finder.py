"""The search that the gateway offers: the index of this home, opened when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock

from bot.errors import SearchUnavailableError
from knowledge.search.encoder import load_encoder
from knowledge.search.engine import Hit, Query, SearchEngine
from knowledge.search.errors import SearchError
from knowledge.search.index import POINTER
from knowledge.search.passages import Kind
from knowledge.search.serving import SearchIndex
from trolyso.settings import Settings
from vietnamese import normalise


class Finder:
    """Searches like the assistant does, so that one sees why it finds what it finds.

    The encoder takes seconds and some hundred megabytes: a gateway that nobody asks for a search
    never loads it. Safe to share between threads.
    """

    def __init__(self, open_engine: Callable[[], SearchEngine], problem: Callable[[], str | None]) -> None:
        self._open = open_engine
        self._problem = problem
        self._engine: SearchEngine | None = None
        self._lock = Lock()

    def find(self, typed: str, kind: Kind | None, year: int | None, limit: int) -> list[Hit]:
        """At most `limit` hits, best first. Raises `SearchUnavailableError`."""
        reading = normalise(typed)
        query = Query(
            text=reading.text,
            original=typed,
            accented=not reading.restored,
            kinds=frozenset((kind,) if kind else ()),
            years=frozenset((year,) if year else ()),
            limit=limit,
        )
        try:
            return self._ready().search(query)
        except SearchError as error:
            raise SearchUnavailableError() from error

    def problem(self) -> str | None:
        """What is missing, in Vietnamese; None when a search can be made. Loads nothing."""
        return self._problem()

    def _ready(self) -> SearchEngine:
        with self._lock:
            if self._engine is None:
                self._engine = self._open()
            else:
                self._engine.index.reload_if_changed()
            return self._engine


def finder(settings: Settings) -> Finder:
    """The finder over the index and the encoder of `settings`."""

    def open_engine() -> SearchEngine:
        return SearchEngine(SearchIndex(settings.index_path, load_encoder(settings.encoder_path)))

    def problem() -> str | None:
        return None if (settings.index_path / POINTER).is_file() else "chưa dựng chỉ mục"

    return Finder(open_engine, problem)
