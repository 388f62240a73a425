"""A process that works on a mailbox until it is killed, and says what it has done."""

from __future__ import annotations

import sys

from bot.mailbox import Mailbox
from tests.bot.mailbox.samples import NOW, message, parcel


def receive(mailbox: Mailbox) -> None:
    """Take one message after the other; its key is told when it is stored."""
    n = 0
    while True:
        n += 1
        mailbox.receive(message(str(n), n))
        print(n, flush=True)


def work(mailbox: Mailbox) -> None:
    """Take, answer and send one message after the other; each step is told when it is done."""
    n = 0
    while True:
        n += 1
        made = message(str(n), n)
        mailbox.receive(made)
        print("received", n, flush=True)
        mailbox.answer(made.key, [parcel(f"đáp {n}")], None, NOW)
        print("answered", n, flush=True)
        stored = mailbox.next_parcel(made.place.conversation)
        assert stored is not None
        mailbox.sending(stored.id)
        print("sending", n, flush=True)
        mailbox.sent(stored.id)
        print("sent", n, flush=True)


if __name__ == "__main__":
    with Mailbox.open(sys.argv[2]) as opened:
        {"receive": receive, "work": work}[sys.argv[1]](opened)
