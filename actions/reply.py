"""A reply: what is said, and what the conversation remembers of it."""

from __future__ import annotations

from dataclasses import dataclass

from actions.dialogue import Dialogue
from actions.question import Question
from trolyso.answer import Answer, Citation, Status, Suggestion


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer and the dialogue state after it."""

    answer: Answer
    dialogue: Dialogue


def answered(
    text: str,
    citations: list[Citation],
    question: Question,
    record: str | None,
    suggestions: tuple[Suggestion, ...] = (),
    confidence: float = 1.0,
) -> Reply:
    """A reply that states facts of records."""
    answer = Answer(Status.ANSWERED, text, suggestions, tuple(citations), (), round(confidence, 3))
    return Reply(answer, Dialogue(focus=question, record=record))


def unknown(
    text: str,
    dialogue: Dialogue,
    question: Question | None = None,
    record: str | None = None,
    suggestions: tuple[Suggestion, ...] = (),
    citations: tuple[Citation, ...] = (),
) -> Reply:
    """A reply that says what is not held. The focus moves only when the subject was understood."""
    after = Dialogue(focus=question, record=record) if question and record else dialogue
    return Reply(Answer(Status.UNKNOWN, text, suggestions, citations), after)


def said(status: Status, text: str, dialogue: Dialogue, suggestions: tuple[Suggestion, ...] = ()) -> Reply:
    """A reply without facts: a greeting, help, out of scope."""
    return Reply(Answer(status, text, suggestions), dialogue)
