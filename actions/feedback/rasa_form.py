"""The form as Rasa runs it: validation, the question of each step, and the end."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from itertools import takewhile
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import FormValidationAction

from actions.feedback import wording
from actions.feedback.desk import Desk, is_like_code
from actions.feedback.draft import PREFIX, Draft, End, Step
from actions.feedback.form import Aside, Turn, advance, begin
from actions.feedback.reading import names_record
from actions.message import from_rasa
from actions.reply import Reply
from actions.speaking import FAILED, SLOT, places, say
from knowledge.store import StoreError
from trolyso.answer import Answer, Status

FORM = "feedback_form"
Replier = Callable[[Tracker], Reply]
_log = logging.getLogger(__name__)


class ValidateFeedback(FormValidationAction):
    """Reads each message of the form; what is asked in the middle is answered before the form goes on."""

    def __init__(self, replier: Replier, desk: Desk) -> None:
        self._replier = replier
        self._desk = desk

    def name(self) -> str:
        """The name in the domain."""
        return f"validate_{FORM}"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """The SDK's way through the form; an error leaves the draft as it is and the step is said again."""
        try:
            events: list[EventType] = await super().run(dispatcher, tracker, domain)
        except Exception as error:  # noqa: BLE001
            _log.error("form_failed", extra={"error": type(error).__name__, "at": places(error)})
            say(dispatcher, Answer(Status.FEEDBACK, FAILED))
            return _slots(Draft.from_slots(tracker.slots))
        return events

    async def required_slots(
        self,
        domain_slots: list[str],
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: dict[str, Any],
    ) -> list[str]:
        """The slots of this person's form: those after a refusal or a cancellation are left out."""
        return [PREFIX + step for step in Draft.from_slots(tracker.slots).steps]

    async def get_extraction_events(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Nothing: `get_validation_events` reads the message once for all slots."""
        return []

    async def get_validation_events(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """The draft after the message, and the focus after a question in the middle."""
        turn = self._turn(tracker)
        if turn.aside is None or turn.draft.end is not None:
            return _slots(turn.draft)
        return [*_slots(turn.draft), *_aside(turn.aside, tracker, dispatcher, self._replier, self._desk)]

    def _turn(self, tracker: Tracker) -> Turn:
        draft = Draft.from_slots(tracker.slots)
        since = _since_message(tracker)
        if any(event.get("event") == "action" and event.get("name") != FORM for event in since):
            return Turn(draft)  # The form comes back after another action, which has read the message.
        message = from_rasa(tracker.latest_message)
        return begin(message) if any(map(_opens_form, since)) else advance(draft, message)


class AskStep(Action):
    """Says the open question."""

    def __init__(self, step: Step) -> None:
        self._step = step

    def name(self) -> str:
        """The name under which the form looks for the question of a slot."""
        return f"action_ask_{PREFIX}{self._step}"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Say it; nothing changes."""
        say(dispatcher, wording.ask(self._step, Draft.from_slots(tracker.slots)))
        return []


class EndFeedback(Action):
    """What follows the form: a ticket, a cancellation, or the answer to what was no feedback at all."""

    def __init__(self, replier: Replier, desk: Desk) -> None:
        self._replier = replier
        self._desk = desk

    def name(self) -> str:
        """The name in the domain."""
        return "action_feedback"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Say how it ended and empty the slots; a ticket that could not be kept stays in the form."""
        draft = Draft.from_slots(tracker.slots)
        if draft.end is End.NO_FEEDBACK:
            aside = begin(from_rasa(tracker.latest_message)).aside or Aside.QUESTION
            return [*_slots(Draft()), *_aside(aside, tracker, dispatcher, self._replier, self._desk)]
        if not draft.review:
            say(dispatcher, wording.cancelled() if draft.end is End.CANCELLED else wording.offered())
            return _slots(Draft())
        try:
            say(dispatcher, wording.sent(self._desk.send(draft)))
        except StoreError as error:
            _log.error("ticket_not_kept", extra={"error": type(error).__name__, "at": places(error)})
            say(dispatcher, wording.not_kept())
            return [*_slots(draft.but(review=None)), ActiveLoop(FORM)]
        return _slots(Draft())


class FeedbackStatus(Action):
    """How far the ticket is whose code a message holds."""

    def __init__(self, replier: Replier, desk: Desk) -> None:
        self._replier = replier
        self._desk = desk

    def name(self) -> str:
        """The name in the domain."""
        return "action_feedback_status"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Say it; the dialogue keeps its focus."""
        message = from_rasa(tracker.latest_message)
        of_plans = names_record(message) and not is_like_code(message.typed)
        aside = Aside.QUESTION if of_plans else Aside.STATUS
        return _aside(aside, tracker, dispatcher, self._replier, self._desk)


def feedback_actions(replier: Replier, desk: Desk) -> list[Action]:
    """All actions of the form. `replier` answers a tracker's message as outside of it."""
    return [
        ValidateFeedback(replier, desk),
        *(AskStep(step) for step in Step),
        EndFeedback(replier, desk),
        FeedbackStatus(replier, desk),
    ]


def _aside(
    aside: Aside, tracker: Tracker, dispatcher: CollectingDispatcher, replier: Replier, desk: Desk
) -> list[EventType]:
    if aside is Aside.STATUS:
        say(dispatcher, _state(tracker, desk))
        return []
    reply = replier(tracker)
    say(dispatcher, reply.answer)
    return [SlotSet(SLOT, reply.dialogue.to_json())]


def _state(tracker: Tracker, desk: Desk) -> Answer:
    try:
        return desk.state(from_rasa(tracker.latest_message).typed)
    except StoreError as error:
        _log.error("ticket_not_read", extra={"error": type(error).__name__, "at": places(error)})
        return Answer(Status.UNKNOWN, FAILED)


def _since_message(tracker: Tracker) -> list[dict[str, Any]]:
    """What happened since the person's last message, newest first."""
    return list(takewhile(lambda event: event.get("event") != "user", reversed(tracker.events)))


def _opens_form(event: Mapping[str, Any]) -> bool:
    # The message that opens the form starts a new draft: slots of an older one do not count.
    return event.get("event") == "active_loop" and event.get("name") == FORM


def _slots(draft: Draft) -> list[EventType]:
    return [SlotSet(name, value) for name, value in draft.to_slots().items()]
