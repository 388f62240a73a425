"""Calls that the mailbox refuses, changing nothing. A failing database raises another `StoreError`."""

from __future__ import annotations

from knowledge.store import StoreError


class MailboxError(StoreError):
    """The root: the caller asked for what the mailbox does not hold or must not do."""


class UnknownMessage(MailboxError):
    """No message was received under this key."""

    def __init__(self) -> None:
        super().__init__("no message was received under this key")


class UnknownParcel(MailboxError):
    """No parcel has this id."""

    def __init__(self, id_: int) -> None:
        super().__init__(f"there is no parcel {id_}")


class WrongState(MailboxError):
    """A parcel cannot go from its state to the one that was asked for."""

    def __init__(self, id_: int, state: str, wanted: str) -> None:
        super().__init__(f"parcel {id_} is {state}: it cannot become {wanted}")
