"""What a question turns out to be once it is whole: a list or one thing, bare or not, held or not."""

from __future__ import annotations

import re

from actions.counting import counts
from actions.dialogue import Dialogue
from actions.question import Question
from actions.subject import says_something

_THING = 3
"""Words from which the subject of a list is a thing of its own."""
_SUM = re.compile(r"\b(?:tổng|dự toán|bằng tiền|số tiền)\b", re.IGNORECASE)
_WHO_ALL = re.compile(r"\b(?:là|gồm) những ai\b", re.IGNORECASE)
_SPEAKER = re.compile(
    r"\b(?:tổ công nghệ số(?: cộng đồng)?|ủy ban(?: nhân dân)?(?: xã| phường)?|xã|phường|trường|phòng)"
    r" (?:tụi|chúng|bọn) (?:em|tôi|mình|con|cháu)\b",
    re.IGNORECASE,
)
"""Who asks: "tổ công nghệ số tụi em đi chỉ dân …"."""
_AT_LEVEL = re.compile(r"\b(?:ở|trên|dưới|tại) (?:cấp )?(?:tỉnh|huyện|xã)\b", re.IGNORECASE)
_LEVELS = frozenset({"ubnd-tinh", "ubnd-huyen", "ubnd-xa"})
"""Where something is, not who has it to do: "ở cấp huyện thì danh sách đó gồm những nơi nào?"."""
_SEVERAL = re.compile(r"\b(?:những|các|mấy|tất cả|toàn bộ|từng|mỗi)\b", re.IGNORECASE)
_ANNEX = re.compile(r"\bphụ lục(?: số)? \d\b", re.IGNORECASE)


def names_annex(question: Question) -> bool:
    """True when an annex is named by its number."""
    return _ANNEX.search(question.typed) is not None


def all_goals(question: Question, dialogue: Dialogue) -> bool:
    """True for "mục tiêu đến năm 2030 là gì": a time and kinds of record, without a subject."""
    goals = {"goal", "indicator"} & set(question.things)
    timed = question.years or question.horizons
    return bool(goals and timed) and not (
        question.row or dialogue.record or says_something(question.subject) or question.agencies
    )


def is_list(question: Question) -> bool:
    """False for a role alone ("những sở nào phối hợp …"), which asks for a field of one record."""
    grouped = question.pillar and {"indicator", "task"} & set(question.things)
    return bool(question.agencies or question.role is None or question.limited or grouped or counts(question))


def names_one_thing(question: Question) -> bool:
    """True for "kế hoạch 67 chọn mấy công nghệ lõi nào": a thing of its own, and no kind of record."""
    amount = "how_much" in question.asks and not {"count", "list"} & set(question.asks)
    # "danh mục dự án đầu tư công, sở nào gom lại?" asks who has one thing to do.
    holder = "who" in question.asks and "count" not in question.asks and not _SEVERAL.search(question.typed)
    one = amount or holder
    kinds = not one and {"indicator", "task", "planned", "goal"} & set(question.things)
    words = sum(says_something(word) for word in question.subject.split())
    if question.claim and question.agencies and not question.counting:
        # "có phải việc … chỉ do Sở Y tế chủ trì?" says an agency of the thing.
        return words >= _THING
    level = not question.role and _AT_LEVEL.search(question.typed) and _LEVELS.issuperset(question.agencies)
    agencies = question.agencies and not (level or _SPEAKER.search(question.typed))
    limited = agencies or question.pillar or question.role or question.bounds or question.shapes
    compared = question.changes and not question.horizons
    return words >= _THING and not (kinds or limited or compared or question.blanks or question.references)


def is_bare(question: Question) -> bool:
    """True when nothing but the agency and the plan with its annex is named."""
    return not says_something(_ANNEX.sub(" ", question.subject))


def really_unheld(question: Question) -> bool:
    """True when no record can hold the asked thing; where money comes from or when to report may be held."""
    if question.unheld == "budget" and "funding" in question.asks:
        return "how_much" in question.asks or _SUM.search(question.typed) is not None
    if question.unheld == "person" and "signer" in question.meta:
        return False
    if question.unheld == "person" and question.role and _WHO_ALL.search(question.typed):
        return False  # "chủ trì là những ai": agencies are meant
    if question.unheld == "result" and ("deadline" in question.asks or "duty" in question.asks):
        return False
    return question.unheld is not None
