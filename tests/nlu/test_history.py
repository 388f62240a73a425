from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from nlu.history import kept

LISTEN = {"event": "action", "name": "action_listen"}
RESTART = {"event": "restart"}
SESSION = {"event": "session_started"}


def user(text: str) -> dict[str, Any]:
    return {"event": "user", "text": text}


def slot(name: str, value: str | None) -> dict[str, Any]:
    return {"event": "slot", "name": name, "value": value}


def loop(name: str | None) -> dict[str, Any]:
    return {"event": "active_loop", "name": name}


def test_a_short_conversation_stays_whole() -> None:
    events = [LISTEN, user("a"), slot("dialogue", "1"), LISTEN, user("b")]
    assert kept(events, 2) == events


def test_old_messages_go_and_their_slots_stay() -> None:
    events = [LISTEN, user("a"), slot("dialogue", "1"), slot("other", "x"), LISTEN, user("b")]
    events += [slot("dialogue", "2"), LISTEN, user("c")]
    assert kept(events, 1) == [slot("dialogue", "2"), slot("other", "x"), LISTEN, user("c")]


def test_an_open_form_stays_open_and_a_closed_one_closed() -> None:
    opened = [LISTEN, user("a"), loop("feedback_form"), LISTEN, user("b"), LISTEN, user("c")]
    assert loop("feedback_form") in kept(opened, 1)
    closed = [*opened[:5], loop(None), *opened[5:]]
    assert not [event for event in kept(closed, 1) if event["event"] == "active_loop"]


def test_a_form_that_a_new_session_closed_stays_closed() -> None:
    events = [LISTEN, user("a"), loop("feedback_form"), slot("draft", "1"), slot("dialogue", "1")]
    events += [SESSION, slot("dialogue", "1"), LISTEN, user("b"), LISTEN, user("c")]
    assert kept(events, 1) == [slot("dialogue", "1"), LISTEN, user("c")]


def test_after_a_restart_nothing_of_before_is_held() -> None:
    events = [LISTEN, user("a secret"), slot("dialogue", "1"), RESTART, LISTEN]
    assert kept(events, 8) == [LISTEN]


EVENTS = st.lists(
    st.one_of(
        st.just(LISTEN),
        st.just(RESTART),
        st.just(SESSION),
        st.builds(user, st.text(max_size=3)),
        st.builds(slot, st.sampled_from("ab"), st.none() | st.text(max_size=2)),
        st.builds(loop, st.none() | st.just("feedback_form")),
    ),
    max_size=40,
)


def state(events: list[dict[str, Any]]) -> tuple[dict[str, Any], Any]:
    """Slots and open form after the events, as rasa applies them."""
    slots: dict[str, Any] = {}
    form = None
    for event in events:
        match event["event"]:
            case "restart" | "session_started":
                slots, form = {}, None
            case "slot":
                slots[event["name"]] = event["value"]
            case "active_loop":
                form = event["name"]
    return slots, form


@given(EVENTS, st.integers(1, 5))
def test_the_state_is_the_same_and_the_messages_are_bounded(events: list[dict[str, Any]], turns: int) -> None:
    short = kept(events, turns)
    assert state(short) == state(events)
    assert sum(event["event"] == "user" for event in short) <= turns


@given(EVENTS, st.integers(1, 5))
def test_cutting_again_changes_nothing(events: list[dict[str, Any]], turns: int) -> None:
    short = kept(events, turns)
    assert kept(short, turns) == short
