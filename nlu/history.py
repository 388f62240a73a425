"""What of a conversation's events is kept, as plain functions over their JSON forms.

The meaning of a dialogue lies in slots and in the form that is open, not in what was said long ago: keeping
all of it would slow each turn down and hold people's words for no purpose.
"""

from __future__ import annotations

from typing import Any

Event = dict[str, Any]


def kept(events: list[Event], turns: int) -> list[Event]:
    """The events of the last `turns` messages after the last restart, led by the state that they began in."""
    fresh = _since_restart(events)
    cut = _cut(fresh, turns)
    return _state(fresh[:cut]) + fresh[cut:]


def _since_restart(events: list[Event]) -> list[Event]:
    for index in range(len(events) - 1, -1, -1):
        if events[index]["event"] == "restart":
            return events[index + 1 :]
    return events


def _cut(events: list[Event], turns: int) -> int:
    said = [index for index, event in enumerate(events) if event["event"] == "user"]
    if len(said) <= turns:
        return 0
    first = said[-turns]
    # A message follows the action that waited for it; without that pair rasa's rules do not match.
    return first - 1 if events[first - 1].get("name") == "action_listen" else first


def _state(events: list[Event]) -> list[Event]:
    """One event for each slot and for the open form."""
    slots: dict[str, Event] = {}
    loop: list[Event] = []
    for event in events:
        if event["event"] == "session_started":
            # It closes a form without a word; slots that are carried over are set anew after it.
            slots, loop = {}, []
        elif event["event"] == "slot":
            slots[event["name"]] = event
        elif event["event"] == "active_loop":
            loop = [event] if event.get("name") else []
    return [*slots.values(), *loop]
