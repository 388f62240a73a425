"""Hostile messages without end, each made from its seed alone, so that any of them can be made again."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.hostile import payloads
from bot.hostile.writing import rewritten

LIMIT = 2_000
"""Characters of the longest message that the service reads by default."""
SAID = (
    "tôi muốn góp ý",
    "phản ánh K7QM-3XTH tới đâu rồi?",
    "liệt kê chỉ tiêu Sở Y tế chủ trì năm 2024",
    "so với năm 2023 thì sao?",
    "xem tiếp",
    "cho tôi tải danh sách về",
    "câu 2",
    "còn năm trước?",
    "hướng dẫn nộp hồ sơ trực tuyến",
    "chỉ tiêu OCOP 2024 tăng hay giảm so với 2022?",
)
_DEEPEST = (10, 300, 3_000, 40_000)
_REPEATED = (
    "a",
    "aă",
    "năm ",
    "2024 ",
    "1.",
    "1/",
    "- ",
    "(",
    "((a+)+)+$",
    "Sở ",
    "không ",
    ".,",
    "x-",
    "?!",
)


class Family(StrEnum):
    """What is hostile about a text."""

    UNICODE = "Unicode"
    INJECTION = "SQL, templates, shell, LDAP"
    MARKUP = "HTML, XML, Markdown"
    LOG = "forged log lines"
    RASA = "intents and slots of Rasa"
    PROMPT = "prompt injection"
    PATH = "paths"
    FORMULA = "formulas"
    FORMAT = "format strings"
    NUMBER = "numbers and dates"
    LENGTH = "length"
    REPETITION = "repetition"
    NESTING = "nesting"


@dataclass(frozen=True, slots=True)
class Message:
    """A text, which may hold lone surrogates, with its family and the seed that it is made from."""

    family: Family
    seed: str
    text: str


def message(seed: str, questions: Sequence[str]) -> Message:
    """The message of a seed; real `questions` are spliced into a part of them, to get far into the code."""
    dice = random.Random(seed)
    family = dice.choice(tuple(Family))
    asked = dice.choice(questions if questions and dice.random() < 0.8 else SAID)
    return Message(family, seed, _MADE[family](dice, asked))


def messages(seed: int, questions: Sequence[str]) -> Iterator[Message]:
    """Messages without end."""
    return (message(f"{seed}/{number}", questions) for number in itertools.count())


def _spliced(texts: Sequence[str]) -> Callable[[random.Random, str], str]:
    """A maker: one of `texts` alone, or put into a question at one of its blanks or ends."""

    def make(dice: random.Random, asked: str) -> str:
        text = dice.choice(texts)
        if dice.random() < 0.1:
            text = rewritten(dice, text)
        if dice.random() < 0.3:
            return text
        words = asked.split(" ")
        place = dice.choice((0, len(words), dice.randint(0, len(words))))
        return " ".join([*words[:place], text, *words[place:]])

    return make


def _unicode(dice: random.Random, asked: str) -> str:
    return rewritten(dice, asked)


def _long(dice: random.Random, asked: str) -> str:
    """Just at the limit, or far beyond it."""
    size = dice.choice((LIMIT - 1, LIMIT, LIMIT, LIMIT, LIMIT + 1, 20_000, 300_000))
    words = f"{asked} " * (size // (len(asked) + 1) + 1)
    return words[: size - 1] + "?"


def _repeated(dice: random.Random, asked: str) -> str:
    """What makes a regular expression try each way of reading it; mostly short enough to be read."""
    text = dice.choice(_REPEATED)
    size = dice.choice((50, 500, LIMIT, LIMIT, 50_000))
    return (asked + " " + text * size)[: size - 1] + dice.choice("!?\n")


def _nested(dice: random.Random, asked: str) -> str:
    depth = dice.choice(_DEEPEST)
    opening, closing = dice.choice((("[", "]"), ('{"a":', "}"), ("(", ")"), ("<b>", "</b>"), ("“", "”")))
    return opening * depth + asked + closing * depth * dice.randint(0, 1)


_MADE: dict[Family, Callable[[random.Random, str], str]] = {
    Family.UNICODE: _unicode,
    Family.INJECTION: _spliced(payloads.INJECTIONS),
    Family.MARKUP: _spliced(payloads.MARKUPS),
    Family.LOG: _spliced(payloads.LOGS),
    Family.RASA: _spliced(payloads.COMMANDS),
    Family.PROMPT: _spliced(payloads.PROMPTS),
    Family.PATH: _spliced(payloads.PATHS),
    Family.FORMULA: _spliced(payloads.FORMULAS),
    Family.FORMAT: _spliced(payloads.FORMATS),
    Family.NUMBER: _spliced(payloads.NUMBERS),
    Family.LENGTH: _long,
    Family.REPETITION: _repeated,
    Family.NESTING: _nested,
}
