"""What a campaign of faults is made of, and what is found by its parts together."""

from __future__ import annotations

import random

from bot.soak.campaign import Found, Spell, faults, joined, spent
from bot.soak.command import parts
from bot.soak.faults import ClockJump, Killed, Stopped
from bot.soak.people import Outcome, Sent
from bot.soak.report import passed, table


def found(recovery: float, outcome: Outcome, lost: int = 0) -> Found:
    spell = Spell("kill -9 rasa", recovery, (Sent(0.0, 1.0, outcome),))
    return Found(1.0, (spell,), {}, {outcome: 3}, {}, 2, lost, 5, 0, {"rasa": 300}, {"rasa": 310})


def test_faults_of_the_clock_have_a_service_of_their_own() -> None:
    order = faults(6, random.Random(1))
    plain, clock = parts(order)
    assert sorted(each.name for each in (*plain, *clock)) == sorted(each.name for each in order)
    assert all(isinstance(each, ClockJump) for each in clock)
    assert not any(isinstance(each, ClockJump) for each in plain)
    assert len(plain) == 14


def test_what_a_fault_takes_is_its_time_and_a_recovery() -> None:
    assert spent([Stopped("actions", 45)]) == spent([Killed("actions")]) + 45


def test_parts_are_told_as_one() -> None:
    both = joined([found(2.0, Outcome.ANSWERED), found(4.0, Outcome.HONEST)])
    assert (both.minutes, both.slowest, both.tickets, both.writers) == (2.0, 4.0, 4, 10)
    assert both.outcomes == {Outcome.ANSWERED: 3, Outcome.HONEST: 3}
    assert passed(both)
    lines = list(table(both))
    assert "| kill -9 rasa | 2 | 4.0 | 1 | 1 | 0 | 0 |" in lines
    assert "| memory of all processes, first and last | 300 and 310 MiB | |" in lines


def test_one_lost_ticket_or_a_slow_recovery_fails_the_whole() -> None:
    assert not passed(joined([found(2.0, Outcome.ANSWERED), found(2.0, Outcome.ANSWERED, lost=1)]))
    assert not passed(joined([found(2.0, Outcome.ANSWERED), found(10.5, Outcome.ANSWERED)]))
    assert not passed(joined([found(2.0, Outcome.HUNG)]))
