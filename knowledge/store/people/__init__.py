"""The database of what people entrust to us: apart from the records, since it cannot be built anew."""

from __future__ import annotations

from knowledge.store.people.store import PeopleStore, UnknownTicket

__all__ = ["PeopleStore", "UnknownTicket"]
