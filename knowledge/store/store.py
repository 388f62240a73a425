"""The store: records in, records out, one transaction a call."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete
from sqlalchemy.orm import Session

from knowledge.records import Agency, Clause, Document, Guide, Indicator, ParsedDocument, Task, Unplaced
from knowledge.store import mapping, queries
from knowledge.store import models as m
from knowledge.store.database import Database
from knowledge.store.values import DocumentCounts, IndicatorFilter, Ingestion, Page

_ALL = IndicatorFilter()


class Store(Database):
    """All records of all documents. Safe to share between threads; each call is one transaction.

    Every method raises a `StoreError` when the database fails.
    """

    # Writing

    def replace(self, parsed: ParsedDocument, fingerprint: str = "") -> Ingestion:
        """Write a document in place of what was held under its id; on any error nothing changes.

        `fingerprint` is kept with the returned log entry (see `Ingestion`).
        """
        ingestion = Ingestion.of(parsed, fingerprint)
        with self._write() as session:
            session.execute(delete(m.DocumentRow).where(m.DocumentRow.id == parsed.document.id))
            session.add(mapping.document_row(parsed.document))
            session.flush()
            session.add_all(mapping.clause_row(clause) for clause in parsed.clauses)
            session.add_all(mapping.indicator_row(indicator) for indicator in parsed.indicators)
            session.add_all(mapping.task_row(task) for task in parsed.tasks)
            session.add(mapping.ingestion_row(ingestion))
        return ingestion

    def replace_agencies(self, agencies: Sequence[Agency]) -> None:
        """Write the whole registry of agencies in place of the one held."""
        with self._write() as session:
            session.execute(delete(m.AgencyRow))
            session.add_all(mapping.agency_row(n, agency) for n, agency in enumerate(agencies))

    def replace_guide(self, guide: Guide) -> None:
        """Write a guide in place of the one held under its slug."""
        with self._write() as session:
            session.execute(delete(m.GuideRow).where(m.GuideRow.slug == guide.slug))
            session.add(mapping.guide_row(guide))

    def delete_guide(self, slug: str) -> None:
        """Forget a guide; nothing happens when it is not held."""
        with self._write() as session:
            session.execute(delete(m.GuideRow).where(m.GuideRow.slug == slug))

    # Documents and clauses

    def documents(self) -> tuple[Document, ...]:
        """All documents, newest plan first."""
        with self._read() as session:
            return tuple(map(mapping.document, session.scalars(queries.documents())))

    def document(self, document_id: str) -> Document | None:
        """One document."""
        with self._read() as session:
            row = session.get(m.DocumentRow, document_id)
            return None if row is None else mapping.document(row)

    def clauses(self, document_id: str) -> tuple[Clause, ...]:
        """The clauses of a document in reading order."""
        with self._read() as session:
            return tuple(map(mapping.clause, session.scalars(queries.clauses(document_id))))

    def clause(self, document_id: str, path: str) -> Clause | None:
        """One clause by its path."""
        with self._read() as session:
            row = session.get(m.ClauseRow, (document_id, path))
            return None if row is None else mapping.clause(row)

    # Indicators and tasks

    def indicator(self, indicator_id: str) -> Indicator | None:
        """One indicator by its id, such as ``206-qd-ubnd:80``."""
        with self._read() as session:
            row = session.get(m.IndicatorRow, indicator_id)
            return None if row is None else mapping.indicator(row)

    def indicators(
        self, wanted: IndicatorFilter = _ALL, limit: int | None = None, offset: int = 0
    ) -> Page[Indicator]:
        """The indicators that `wanted` matches, newest plan first, in the order of each annex.

        Without `limit` all of them, and the page's limit is then their number. Raises `ValueError`
        for a negative limit or offset.
        """
        if offset < 0 or (limit is not None and limit < 0):
            raise ValueError("limit and offset are not negative")
        with self._read() as session:
            total = session.scalar(queries.indicator_total(wanted)) or 0
            size = total if limit is None else limit
            # Neither number is larger than any that a database takes.
            found = queries.indicators(wanted, total).limit(min(size, total)).offset(min(offset, total))
            rows = session.scalars(found)
            return Page(tuple(map(mapping.indicator, rows)), total, size, offset)

    def series(self, key: str) -> tuple[Indicator, ...]:
        """The same indicator across documents, oldest first."""
        with self._read() as session:
            return tuple(map(mapping.indicator, session.scalars(queries.series(key))))

    def tasks(
        self, document_id: str | None = None, agency_id: str | None = None, planned: bool | None = None
    ) -> tuple[Task, ...]:
        """Tasks and planned documents in annex order; `planned` keeps only one of the two kinds."""
        with self._read() as session:
            rows = session.scalars(queries.tasks(document_id, agency_id, planned))
            return tuple(map(mapping.task, rows))

    def task(self, task_id: str) -> Task | None:
        """One task or planned document by its id, such as ``67-kh-ubnd:PL3.D.4``."""
        with self._read() as session:
            row = session.get(m.TaskRow, task_id)
            return None if row is None else mapping.task(row)

    # Agencies

    def agencies(self) -> tuple[Agency, ...]:
        """All agencies in the order of their registry."""
        with self._read() as session:
            return tuple(map(mapping.agency, session.scalars(queries.agencies())))

    def agency(self, agency_id: str) -> Agency | None:
        """One agency."""
        with self._read() as session:
            row = session.get(m.AgencyRow, agency_id)
            return None if row is None else mapping.agency(row)

    # Guides

    def guides(self) -> tuple[Guide, ...]:
        """All guides, by slug."""
        with self._read() as session:
            return tuple(map(mapping.guide, session.scalars(queries.guides())))

    def guide(self, slug: str) -> Guide | None:
        """One guide."""
        with self._read() as session:
            row = session.get(m.GuideRow, slug)
            return None if row is None else mapping.guide(row)

    # The state of the store

    def counts(self) -> tuple[DocumentCounts, ...]:
        """How many records each document holds, newest plan first."""
        with self._read() as session:
            return tuple(DocumentCounts(*row) for row in session.execute(queries.counts()))

    def ingestions(self) -> tuple[Ingestion, ...]:
        """The newest ingestion of each document, by document id."""
        with self._read() as session:
            return tuple(map(mapping.ingestion, session.scalars(queries.latest_ingestions())))

    def parsed(self, document_id: str) -> ParsedDocument | None:
        """Everything held of one document, as it was given to `replace`."""
        with self._read() as session:
            row = session.get(m.DocumentRow, document_id)
            if row is None:
                return None
            wanted = IndicatorFilter(document_ids=(document_id,))
            return ParsedDocument(
                document=mapping.document(row),
                clauses=tuple(map(mapping.clause, session.scalars(queries.clauses(document_id)))),
                indicators=tuple(map(mapping.indicator, session.scalars(queries.indicators(wanted)))),
                tasks=tuple(map(mapping.task, session.scalars(queries.tasks(document_id, None, None)))),
                unplaced=_unplaced(session, document_id),
            )


def _unplaced(session: Session, document_id: str) -> tuple[Unplaced, ...]:
    row = session.scalars(queries.latest_ingestion(document_id)).first()
    return () if row is None else mapping.ingestion(row).unplaced
