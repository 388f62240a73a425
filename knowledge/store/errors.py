"""What can go wrong in the store, and the translation of SQLAlchemy's errors into it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import exc

# SQLite's words for what PostgreSQL reports as a `ProgrammingError`.
_MISSING = ("no such table", "no such column", "has no column named", "not a database")


class StoreError(Exception):
    """Anything that the store could not do; the store is as it was before the call."""


class StoreUnavailable(StoreError):
    """The database cannot be reached: a bad URL, no server, a locked or unreadable file."""


class StoreSchemaError(StoreError):
    """The database holds other tables than this version knows, for instance those of a newer one."""


@contextmanager
def translated() -> Iterator[None]:
    """Raise SQLAlchemy's errors as a `StoreError`. Messages never hold the URL or bound values."""
    try:
        yield
    except exc.SQLAlchemyError as error:
        raise _translate(error) from error


def _translate(error: exc.SQLAlchemyError) -> StoreError:
    # The driver's first line: SQLAlchemy's text and the lines below repeat the values.
    reason = next(iter(str(error.orig if isinstance(error, exc.DBAPIError) else error).splitlines()), "")
    if isinstance(error, exc.ProgrammingError) or any(words in reason for words in _MISSING):
        return StoreSchemaError(reason)
    if isinstance(error, exc.OperationalError | exc.InterfaceError | exc.TimeoutError | exc.ArgumentError):
        return StoreUnavailable(reason)
    return StoreError(reason)
