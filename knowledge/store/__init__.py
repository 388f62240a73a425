"""The records in a database: SQLite or PostgreSQL, behind values that know nothing of either."""

from __future__ import annotations

from knowledge.store.errors import StoreError, StoreSchemaError, StoreUnavailable
from knowledge.store.migrate import migrate
from knowledge.store.remembering import RememberingStore
from knowledge.store.store import Store
from knowledge.store.values import DocumentCounts, IndicatorFilter, Ingestion, Page

__all__ = [
    "DocumentCounts",
    "IndicatorFilter",
    "Ingestion",
    "Page",
    "RememberingStore",
    "Store",
    "StoreError",
    "StoreSchemaError",
    "StoreUnavailable",
    "migrate",
]
