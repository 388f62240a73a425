"""A person who takes the last answer back: "không phải, tôi hỏi năm 2023", "ý tôi là phối hợp"."""

from __future__ import annotations

import re
from dataclasses import replace

from actions.correcting import blanked
from actions.dialogue import Dialogue
from actions.message import Message
from actions.subject import says_something, subject_of

_I = r"(?:tôi|em|mình|tụi tôi|chúng tôi|anh|chị|cô|chú|bác|con|cháu)"
_THAT = r"(?:(?:cái|năm|chỉ tiêu|việc|vụ|ý|câu|chuyện|mục|dòng) )?(?:đó|này|vậy|ấy|thế|kia)(?: đâu| rồi)?"
_MEANT = rf"ý (?:của )?{_I} (?:là|muốn|hỏi)(?: hỏi)?"
_SAID = rf"(?:(?:mà )?(?:là )?(?:{_MEANT}|{_I} (?:đang |muốn |cần )*(?:hỏi|nói|xem|biết)))"
_ABOUT = r"(?: (?:về|tới|đến|là))*"
_WRONG = r"sai rồi|nhầm rồi|trật rồi|hiểu (?:sai|nhầm|lầm)(?: rồi| ý)?|không đúng|chưa đúng"
_NO = rf"(?:không phải|{_WRONG})(?: {_THAT})?"
_TAKES_BACK = re.compile(
    rf"^\W*(?:(?:à|ơ|ủa|dạ|ý|thôi|không)[\s,.]+)*"
    rf"(?:(?:{_NO}|không)[\s,.]+(?:mà )?{_SAID}|ý (?:của )?{_I} (?:là|hỏi)|{_NO}(?=\s*[,.;])"
    rf"|không phải [^,.?!]{{1,40}},(?!.*(?:đúng|phải) không))"
    rf"{_ABOUT}[\s,.;:]*",
    re.IGNORECASE,
)
_NOT_THAT = re.compile(r",?\s*(?:chứ )?(?:không phải|đâu phải)(?: là)? (?!không\b)[^,.?!]+", re.IGNORECASE)


def denied(message: Message, dialogue: Dialogue) -> Message:
    """What is asked instead of what was answered; the message as it is when it takes nothing back.

    "…chứ không phải chủ trì" is not read either: only what the person wants is left.
    """
    opening = _TAKES_BACK.search(message.text)
    if dialogue.focus is None or opening is None:
        return message
    left = _without(message, 0, opening.end())
    if other := _NOT_THAT.search(left.text):
        left = _without(left, other.start(), other.end())
    if not left.entities and not says_something(subject_of(left)):
        return message
    return replace(left, intent="follow_up", shares={}, denies=True)


def _without(message: Message, start: int, end: int) -> Message:
    kept = tuple(e for e in message.entities if e.end <= start or e.start >= end)
    return replace(message, text=blanked(message.text, start, end), entities=kept)
