"""A store of a million indicators made from the real ones, and how long its questions take.

Each copy of the real plans is that of another year and province: other years, agencies and places in the
names, and series of its own for each province. The copies are made inside the database, so a million rows
with all below them take a minute or two.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Integer,
    MetaData,
    String,
    Table,
    and_,
    cast,
    func,
    insert,
    literal,
    select,
    text,
    true,
)

from knowledge.records import Indicator, Pillar, Role
from knowledge.store import models as m
from knowledge.store.columns import searchable
from knowledge.store.engine import create_store_engine
from knowledge.store.store import Store
from knowledge.store.values import IndicatorFilter

ASKED = 40
PAGE = 50
_FAR = 1_000
_YEARS = 20
_LONGEST = 8.0
_PLACES = ("An Giang", "Bạc Liêu", "Bến Tre", "Cà Mau", "Cần Thơ", "Đồng Tháp", "Hậu Giang", "Trà Vinh")

T = TypeVar("T")
_tables = MetaData()
_copies = Table(
    "copies",
    _tables,
    Column("number", Integer, primary_key=True),
    Column("province", Integer),
    Column("years", Integer),
    Column("place", String),
    Column("plain_place", String),
    prefixes=["TEMPORARY"],
)
_agencies = Table(
    "others",
    _tables,
    Column("province", Integer, primary_key=True),
    Column("agency", String, primary_key=True),
    Column("other", String),
    prefixes=["TEMPORARY"],
)


def fill(source: Store, url: str, size: int) -> float:
    """Fill the empty store at `url` with the plans of `source` and so many copies that there are `size`
    indicators or a few more; returns the seconds it took. Raises `StoreError`, or `ValueError` when `source`
    has no indicators."""
    plans = [plan for document in source.documents() if (plan := source.parsed(document.id)) is not None]
    held = sum(len(plan.indicators) for plan in plans)
    if not held:
        raise ValueError("expected a store with indicators to grow from, found none")
    began = time.perf_counter()
    with Store.open(url) as store:
        store.replace_agencies(source.agencies())
        for plan in plans:
            store.replace(plan)
    engine = create_store_engine(url)
    try:
        with engine.begin() as connection:
            _tables.create_all(connection)
            _number(connection, -(-size // held), [agency.id for agency in source.agencies()])
            _copy_all(connection)
        if engine.dialect.name == "postgresql":
            # What a server does by itself within minutes.
            with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.execute(text("VACUUM ANALYZE"))
    finally:
        engine.dispose()
    return time.perf_counter() - began


def _number(connection: Connection, sets: int, agencies: Sequence[str]) -> None:
    """The copies by number, and for each province which agency stands for which."""
    places = {place: searchable(place) for place in _PLACES}
    rows = [(number, number // _YEARS, _PLACES[number // _YEARS % len(_PLACES)]) for number in range(1, sets)]
    copies = [
        {
            "number": number,
            "province": province,
            "years": number % _YEARS - _YEARS // 2,
            "place": f" tại {place}",
            "plain_place": f" tai {places[place]}",
        }
        for number, province, place in rows
    ]
    others = [
        {"province": province, "agency": agency, "other": agencies[(place + province) % len(agencies)]}
        for province in range(sets // _YEARS + 1)
        for place, agency in enumerate(agencies)
    ]
    if copies:
        connection.execute(insert(_copies), copies)
        connection.execute(insert(_agencies), others)


def _copy_all(connection: Connection) -> None:
    years = ("period_start", "period_end")
    _copy(connection, m.DocumentRow, ("id", "cite"), years)
    _copy(connection, m.IndicatorRow, ("id", "document_id"), years)
    for child in (m.TargetRow, m.LegalBasisRow):
        _copy(connection, child, ("indicator_id",))
    _copy(connection, m.IndicatorAssignmentRow, ("indicator_id",), years)
    _copy(connection, m.TaskRow, ("id", "document_id"), years)
    _copy(connection, m.TaskAssignmentRow, ("task_id",))


def _copy(
    connection: Connection, model: type[m.Base], keys: Sequence[str], years: Sequence[str] = ()
) -> None:
    """Each row of a table for each copy; `keys` and `years` are the columns that tell the copies apart."""
    table: Any = model.__table__
    number = literal("~") + cast(_copies.c.number, String)
    province = literal("~") + cast(_copies.c.province, String)
    changed: dict[str, ColumnElement[object]] = {
        **{name: table.c[name] + number for name in keys},
        **{name: table.c[name] + _copies.c.years for name in years},
    }
    source = table.join(_copies, true())
    if model is m.IndicatorRow:
        changed["name"] = table.c.name + _copies.c.place
        changed["searchable"] = table.c.searchable + _copies.c.plain_place
        changed["series"] = table.c.series + province
    if "agency_id" in table.c:
        of_province = and_(
            _agencies.c.province == _copies.c.province, _agencies.c.agency == table.c.agency_id
        )
        source = source.outerjoin(_agencies, of_province)
        changed["agency_id"] = func.coalesce(_agencies.c.other, table.c.agency_id)
    columns = [changed.get(column.name, column) for column in table.columns]
    connection.execute(
        insert(table).from_select(
            [column.name for column in table.columns], select(*columns).select_from(source)
        )
    )


@dataclass(frozen=True, slots=True)
class QueryCost:
    """One question to the store: its seconds each time it was asked, rising, and the median of its total."""

    name: str
    total: int
    times: tuple[float, ...]


def query_costs(store: Store, source: Store) -> Iterator[QueryCost]:
    """Ask a store that `fill` made of `source` what the assistant and its pages ask, each `ASKED` times.

    A question that takes long is asked for `_LONGEST` seconds at most.
    """
    for name, ask in _questions(store, _Drawn(store, source)).items():
        totals: list[int] = []
        times: list[float] = []
        ask()
        end = time.perf_counter() + _LONGEST
        while len(times) < ASKED and (began := time.perf_counter()) < end:
            totals.append(ask())
            times.append(time.perf_counter() - began)
        yield QueryCost(name, sorted(totals)[len(totals) // 2], tuple(sorted(times)))


class _Drawn:
    """What is asked about, drawn anew each time: a copy of a real plan, a row of it, an agency, a year."""

    def __init__(self, store: Store, source: Store) -> None:
        self._random = random.Random(_YEARS)
        rows = {document.id: source.indicators(_of(document.id)).items for document in source.documents()}
        self._rows = [items for items in rows.values() if items]
        self._agencies = [agency.id for agency in source.agencies()]
        self._copies = len(store.documents()) // len(rows)

    def row(self) -> Indicator:
        return self._random.choice(self._random.choice(self._rows))

    def copied(self, name: str, size: int = 1) -> str:
        """The id of a copy; `size`: how many copies have one in common."""
        return f"{name}~{self._random.randrange(1, self._copies) // size}"

    def plan(self) -> str:
        return self.copied(self.row().document_id)

    def agency(self) -> str:
        return self._random.choice(self._agencies)

    def year(self) -> int:
        return 2024 + self._random.randrange(_YEARS) - _YEARS // 2

    def words(self) -> str:
        """Two neighbouring words of a name."""
        words = self.row().name.split()
        first = self._random.randrange(max(1, len(words) - 1))
        return " ".join(words[first : first + 2])

    def one(self, among: Sequence[T]) -> T:
        return self._random.choice(among)


def _questions(store: Store, drawn: _Drawn) -> dict[str, Callable[[], int]]:
    """Each gives the total of what it asked for."""

    def listed(limit: int | None = PAGE, offset: int = 0, **wanted: Any) -> int:
        return store.indicators(IndicatorFilter(**wanted), limit, offset).total

    def of_plan() -> dict[str, Any]:
        return {"document_ids": (drawn.plan(),)}

    def of_agency() -> dict[str, Any]:
        return {"agency_ids": (drawn.agency(),)}

    def of_role() -> dict[str, Any]:
        return {**of_agency(), "role": drawn.one(list(Role))}

    def of_pillar() -> dict[str, Any]:
        return {"year": drawn.year(), "pillar": drawn.one(list(Pillar))}

    return {
        "an indicator by its id": lambda: int(store.indicator(drawn.copied(drawn.row().id)) is not None),
        "a row number in two plans": lambda: listed(
            document_ids=(drawn.plan(), drawn.plan()), row=drawn.row().row or "1"
        ),
        "an indicator over the years": lambda: len(
            store.series(drawn.copied(drawn.row().series or drawn.row().id, _YEARS))
        ),
        "all indicators of a plan": lambda: listed(None, **of_plan()),
        "all tasks of a plan": lambda: len(store.tasks(drawn.plan())),
        "page 1 of a plan": lambda: listed(**of_plan()),
        "page 1 of an agency in a role": lambda: listed(**of_role()),
        "page 1 of a year and pillar": lambda: listed(**of_pillar()),
        "page 1 of a year": lambda: listed(year=drawn.year()),
        "page 1 of a pillar": lambda: listed(pillar=drawn.one(list(Pillar))),
        "page 1 of all": listed,
        "page 20 of a year and pillar": lambda: listed(PAGE, _FAR, **of_pillar()),
        "page 20 of all": lambda: listed(PAGE, _FAR),
        "total of an agency in a role": lambda: listed(0, **of_role()),
        "total of a year and pillar": lambda: listed(0, **of_pillar()),
        "total of all": lambda: listed(0),
        "page 1 of an agency in a year": lambda: listed(**of_agency(), year=drawn.year()),
        "page 1 of two words in a plan": lambda: listed(**of_plan(), text=drawn.words()),
        "page 1 of two words": lambda: listed(text=drawn.words()),
    }


def _of(document_id: str) -> IndicatorFilter:
    return IndicatorFilter(document_ids=(document_id,))
