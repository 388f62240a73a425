"""`trolyso bench growth`: search and store with up to a million records, made of the real ones."""

from __future__ import annotations

import os
import resource
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

from bot.bench import Round
from bot.soak.postgres import MISSING, PostgresServer, find_binaries
from eval.publish import machine, published
from knowledge.search.encoder import load_encoder
from knowledge.search.growth import KindCost, SearchCost, Seconds, grow, kind_costs, questions, search_cost
from knowledge.search.serving import SearchIndex, load_index
from knowledge.store import Store
from knowledge.store.growth import QueryCost, fill, query_costs
from trolyso.settings import settings

T = TypeVar("T")
SIZES = (1_000, 10_000, 100_000, 1_000_000)
# Sizes at which the kinds of index are compared, the last that HNSW is built for in reasonable time.
COMPARED = (10_000, 100_000)


@dataclass(frozen=True, slots=True)
class Built:
    """How an index was built: seconds, MiB on the disk, and the most MiB that its process held."""

    seconds: float
    disk: int
    most: int


@dataclass(frozen=True, slots=True)
class Held:
    """What an index costs in use; `memory`: MiB of its own that the process holds, without mapped files."""

    cost: SearchCost
    memory: int


@dataclass(frozen=True, slots=True)
class Growth:
    """All that one run measured; `stores` by database, with the seconds to fill it."""

    searches: dict[int, tuple[Built, Held]]
    kinds: dict[int, tuple[KindCost, ...]]
    indicators: int
    stores: dict[str, tuple[float, tuple[QueryCost, ...]]]
    skipped: str


def growth(sizes: Sequence[int] = SIZES, page: Path | None = None) -> None:
    """Measure in temporary folders, print the tables and write them into the page.

    Raises `SearchError`, `StoreError`, `PostgresError`, or `ValueError` when the page lacks the place.
    """
    found = measure(sizes)
    if page:
        measured = [f"Measured on {date.today()}, {machine()}.", "", *table(found)]
        page.write_text(published(page.read_text("utf-8"), "growth", measured), "utf-8")
    for line in table(found):
        print(line)


def measure(sizes: Sequence[int]) -> Growth:
    """The search at each size, each in processes of their own; the store at the largest."""
    searches = {}
    for size in sizes:
        _tell(f"Dựng và đo chỉ mục {size:,} đoạn…")
        with tempfile.TemporaryDirectory(prefix="trolyso-growth-") as folder:
            built = _apart(_build, size, folder, threads=os.cpu_count() or 1)
            searches[size] = built, _apart(_search, folder, threads=1)
    kinds = {size: _apart(_kinds, size, threads=1) for size in COMPARED if size <= max(sizes)}
    _tell(f"Dựng và đo kho {max(sizes):,} chỉ tiêu…")
    stores = dict(_stores(max(sizes)))
    return Growth(searches, kinds, max(sizes), stores, "" if len(stores) > 1 else MISSING)


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _apart(task: Callable[..., T], *arguments: object, threads: int) -> T:
    """The result of a task in a process of its own, whose libraries use so many threads."""
    before = os.environ.get("OMP_NUM_THREADS")
    os.environ["OMP_NUM_THREADS"] = str(threads)  # read by the process when it starts
    try:
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            return pool.submit(task, *arguments).result()
    finally:
        if before is None:
            del os.environ["OMP_NUM_THREADS"]
        else:
            os.environ["OMP_NUM_THREADS"] = before


def _real() -> tuple[SearchIndex, list[str]]:
    """The index of this home, and the names of the agencies."""
    current = settings()
    with Store.open(current.store_url) as store:
        names = [agency.name for agency in store.agencies()]
    return load_index(current.index_path, load_encoder(current.encoder_path)), names


def _build(size: int, folder: str) -> Built:
    real, agencies = _real()
    seconds = grow(real.generation, agencies, real.encoder, size, Path(folder))
    files = [path for path in Path(folder).rglob("*") if path.is_file()]
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    return Built(seconds, sum(path.stat().st_size for path in files) >> 20, most)


def _search(folder: str) -> Held:
    real, _ = _real()
    asked = questions(real.generation)
    before = _own()
    index = load_index(Path(folder), real.encoder)
    memory = _own() - before
    return Held(search_cost(index, asked), memory)


def _kinds(size: int) -> tuple[KindCost, ...]:
    real, _ = _real()
    queries = real.encoder.encode_queries(questions(real.generation))
    return tuple(kind_costs(real.generation, size, queries))


def _own() -> int:
    """MiB of this process that are no file's; 0 where there is no /proc."""
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.is_file() else []
    return next((int(line.split()[1]) >> 10 for line in lines if line.startswith("RssAnon:")), 0)


def _stores(size: int) -> Iterator[tuple[str, tuple[float, tuple[QueryCost, ...]]]]:
    binaries = find_binaries()
    with ExitStack() as stack:
        source = stack.enter_context(Store.open(settings().store_url))
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="trolyso-growth-"))
        yield "SQLite", _store(source, f"sqlite:///{folder}/store.sqlite3", size)
        if binaries:
            yield "PostgreSQL", _store(source, stack.enter_context(PostgresServer(binaries)).url, size)


def _store(source: Store, url: str, size: int) -> tuple[float, tuple[QueryCost, ...]]:
    seconds = fill(source, url, size)
    with Store.open(url) as store:
        return seconds, tuple(query_costs(store, source))


def table(found: Growth) -> Iterator[str]:
    """The tables in Markdown, in English, for the documentation; times in ms, sizes in MiB."""
    yield from _searches(found)
    yield ""
    yield from _kind_lines(found)
    yield ""
    yield from _queries(found)


def _searches(found: Growth) -> Iterator[str]:
    yield (
        "| passages | kind | build s | most memory | disk | memory in use | recall@10 | vectors p50 / p95 "
        "| words p50 / p95 | search p50 / p95 | in one year of 20 |"
    )
    yield "| ---: | --- | " + " | ".join(["---:"] * 9) + " |"
    for size, (built, held) in found.searches.items():
        cost = held.cost
        cells = (
            f"{size:,}", cost.kind, f"{built.seconds:.0f}", built.most, built.disk, held.memory,
            f"{cost.vectors.recall:.3f} ({cost.vectors_of_year.recall:.3f})", _ms(cost.vectors.times),
            _ms(cost.words), _ms(cost.whole), _ms(cost.whole_of_year),
        )  # fmt: skip
        yield f"| {' | '.join(map(str, cells))} |"


def _kind_lines(found: Growth) -> Iterator[str]:
    yield "| vectors | kind of index | build s | recall@10 | p50 / p95 |"
    yield "| ---: | --- | ---: | ---: | ---: |"
    for size, kinds in found.kinds.items():
        for kind in kinds:
            recall = f"{kind.vectors.recall:.3f}"
            yield f"| {size:,} | {kind.name} | {kind.seconds:.1f} | {recall} | {_ms(kind.vectors.times)} |"


def _queries(found: Growth) -> Iterator[str]:
    filled = [f"{name} filled in {seconds:.0f} s" for name, (seconds, _) in found.stores.items()]
    notes = "; ".join([*filled, *filter(None, [found.skipped])])
    yield f"A store of {found.indicators:,} indicators; {notes}."
    yield ""
    yield f"| question | matches | {' | '.join(f'{name} p50 / p95' for name in found.stores)} |"
    yield f"| --- | ---: | {' | '.join('---:' for _ in found.stores)} |"
    for costs in zip(*(costs for _, costs in found.stores.values()), strict=True):
        times = " | ".join(_ms(cost.times) for cost in costs)
        yield f"| {costs[0].name} | {costs[0].total:,} | {times} |"


def _ms(times: Seconds) -> str:
    found = Round(1, sum(times), times, 0)
    return f"{found.percentile(50):.1f} / {found.percentile(95):.1f}"
