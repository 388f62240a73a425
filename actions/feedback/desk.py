"""The desk that keeps tickets and tells how far they are."""

from __future__ import annotations

import re

from actions.feedback import wording
from actions.feedback.draft import Draft
from knowledge.feedback import Ticket, read_code
from knowledge.store.people import PeopleStore
from trolyso.answer import Answer

# Something that was meant as a code: letters and digits in one word.
_LIKE_A_CODE = re.compile(r"\b(?=\w*\d)(?=\w*[^\W\d_])[\w-]{5,12}\b")


def is_like_code(typed: str) -> bool:
    """True when a message holds a code or something that was meant as one."""
    return read_code(typed) is not None or _LIKE_A_CODE.search(typed) is not None


class Desk:
    """Tickets for the dialogue: sent whole, found by their exact code only."""

    def __init__(self, people: PeopleStore) -> None:
        self._people = people

    def send(self, draft: Draft) -> Ticket:
        """Keep a draft that the person agreed to send. Raises `StoreError` or `ValueError`."""
        return self._people.add(draft.ticket())

    def state(self, typed: str) -> Answer:
        """What is known of the ticket whose code a message holds. Raises `StoreError`."""
        code = read_code(typed)
        if code is None:
            meant = _LIKE_A_CODE.search(typed)
            return wording.no_such_ticket(meant.group().upper()) if meant else wording.which_ticket()
        ticket = self._people.ticket(code)
        return wording.no_such_ticket(code) if ticket is None else wording.state_of(ticket)
