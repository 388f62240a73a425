"""Column types and annotations that all tables share."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import DateTime, Dialect, Enum, Numeric, String
from sqlalchemy.types import TypeDecorator, TypeEngine

from vietnamese.text import clean, fold

E = TypeVar("E", bound=StrEnum)
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")


class PlainText(TypeDecorator[str]):
    """Text of any length. What a database cannot hold in text is sent as U+FFFD, thus simply not found.

    That is a zero byte (PostgreSQL) or a lone surrogate (both); no source holds one, a request may.
    """

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Replace what cannot be held."""
        return None if value is None else _UNSTORABLE.sub("\ufffd", value)


class ExactDecimal(TypeDecorator[Decimal]):
    """A decimal that comes back as it was written: SQLite has no such type, so there it is text."""

    impl = String
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """`NUMERIC` where the database has it."""
        return dialect.type_descriptor(Numeric() if dialect.name == "postgresql" else String())

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Any:
        """Text for SQLite, the number itself for PostgreSQL."""
        return value if value is None or dialect.name == "postgresql" else str(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        """Always a `Decimal`."""
        return None if value is None else Decimal(value)


class UtcDateTime(TypeDecorator[datetime]):
    """A moment; aware in Python, UTC in the database (SQLite keeps no zone)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Convert to UTC."""
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Read back as UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _values(kind: type[StrEnum]) -> list[str]:
    return [member.value for member in kind]


def enum_type(kind: type[E], name: str) -> Enum:
    """The values of `kind` as short text, with a check constraint called `name`."""
    values: Callable[[type[E]], list[str]] = _values
    return Enum(kind, values_callable=values, native_enum=False, create_constraint=True, length=16, name=name)


def searchable(text: str) -> str:
    """Lower case without accents, so that one spelling of a word finds the others."""
    return fold(clean(text))
