"""A follow-up merged with the question in focus: what it changes, and what stays."""

from __future__ import annotations

import re

from actions.breakdown import asks_names
from actions.kinds import POINTS_AT
from actions.question import Field, Kind, Question
from knowledge.records import Role

FIELD_OF_ROLE = {Role.LEAD: Field.LEAD, Role.COORDINATOR: Field.COORDINATOR}
_MANY_THINGS = frozenset({"indicator", "task", "planned"})
_LASTING = frozenset({"deadline", "funding"})
"""What is asked of another plan too: "còn kế hoạch 67?"."""
ITS_ROLE = re.compile(
    r"\b(?:cột nào|vai trò (?:gì|nào)|vai (?:gì|nào)|tư cách (?:gì|nào)|ghi ở đâu|đứng ở (?:chỗ|đâu))\b"
    r"|\bchủ trì hay (?:là |chỉ |đi )*(?:phối hợp|phụ)\b"
    r"|\b(?:phối hợp|phụ)\b.{0,40}\bhay (?:là |cùng |đồng )*chủ trì\b"
    r"|\bcó tên (?:trong|ở)\b"
    r"|\bcó (?:tham gia|trong|nằm trong|góp mặt|dự)\b.*\b(?:đó|này|ấy)\b",
    re.IGNORECASE,
)
"""What asks for the part that an agency has in the row spoken of: "Sở Công Thương đứng ở cột nào?"."""


def merged(question: Question, focus: Question) -> Question:
    """The focus with what the message changes."""
    kind = _merged_kind(question, focus)
    goes_on_list = focus.kind is Kind.LIST or kind is not Kind.LIST
    return focus.but(
        kind=kind,
        typed=question.typed,
        subject=focus.subject if goes_on_list else question.subject,
        field=question.field if question.field is not Field.RECORD else focus.field,
        years=question.years or (() if question.horizons else focus.years),
        horizons=question.horizons or (() if question.years else focus.horizons),
        agencies=_agencies(question, focus),
        role=question.role or (None if _lists_anew(question, kind, focus) else focus.role),
        pillar=question.pillar or focus.pillar,
        documents=question.documents or (() if question.years else focus.documents),
        row=question.row,
        clause=question.clause,
        references=question.references,
        unheld=question.unheld,
        asks=question.asks or tuple(ask for ask in focus.asks if ask in _lasting(question)),
        meta=question.meta,
        things=question.things or focus.things,
        claim=question.claim,
        restored=focus.restored,
        values=question.values,
        shares=question.shares,
        back=True,
        bounds=question.bounds or focus.bounds,
        shapes=question.shapes or focus.shapes,
        blanks=question.blanks or focus.blanks,
        changes=question.changes or focus.changes,
    )


def _agencies(question: Question, focus: Question) -> tuple[str, ...]:
    """The agencies named now; with those of the list before when its rows shared with them are asked for."""
    shared = "joint" in question.asks and focus.kind is Kind.LIST
    if question.agencies and not shared:
        return question.agencies
    held = focus.agencies if focus.kind in (Kind.LIST, Kind.DUTY) else ()
    return tuple(dict.fromkeys((*held, *question.agencies)))


def _lists_anew(question: Question, kind: Kind, focus: Question) -> bool:
    """ "à nhầm, hỏi Cục Thuế" after a row: the list of another agency, whatever part was asked of the row."""
    return bool(question.agencies) and kind is Kind.LIST and focus.kind is Kind.INDICATOR


def _lasting(question: Question) -> frozenset[str]:
    """What is asked of another plan or pillar too: "còn xã hội số?" asks where its rows stand as well."""
    return _LASTING | {"source"} if question.pillar else _LASTING


def _of_one(question: Question) -> bool:
    """True for what sounds like a list but is asked of what was spoken of.

    "Kế hoạch 67 tới 2030 muốn bao nhiêu?", "vậy Sở Công Thương chủ trì việc này hả?"
    """
    if question.agencies and not question.counting and question.kind is Kind.LIST:
        return question.claim or question.field is Field.BASIS or POINTS_AT.search(question.typed) is not None
    amount = "how_much" in question.asks or question.field is Field.TARGET
    amount &= not {"count", "list"} & set(question.asks)
    several = question.agencies or question.limited or question.pillar or _MANY_THINGS & set(question.things)
    return question.kind is Kind.LIST and amount and not several


def _merged_kind(question: Question, focus: Question) -> Kind:
    if focus.kind is Kind.GUIDE and (question.years or question.documents):
        return Kind.CLAUSE  # "Kế hoạch năm 2023 thì thế nào?" after a how-to
    if focus.kind is Kind.INDICATOR and (asks_names(question.typed) or _of_one(question)):
        return focus.kind
    both = question.kind is Kind.LIST and question.field in FIELD_OF_ROLE.values()
    if both and not (question.agencies or question.limited or _MANY_THINGS & set(question.things)):
        return focus.kind  # "cơ quan chủ trì và các cơ quan phối hợp" of what was spoken of
    if question.agencies and focus.kind is Kind.INDICATOR and ITS_ROLE.search(question.typed):
        return focus.kind
    if question.kind in (Kind.COMPARE, Kind.LIST, Kind.DUTY):
        return question.kind
    if focus.kind is Kind.DOCUMENT and "deadline" in question.asks:
        return Kind.CLAUSE
    if question.agencies and focus.kind is Kind.CLAUSE and focus.agencies and not question.claim:
        return Kind.DUTY
    asks_list = question.agencies and not question.claim and question.field is not Field.BASIS
    asks_list = asks_list and not POINTS_AT.search(question.typed)
    if asks_list and focus.kind in (Kind.INDICATOR, Kind.COMPARE):
        return Kind.LIST
    compared = focus.kind is Kind.COMPARE and question.field is not Field.RECORD
    if compared and not (question.years or question.horizons or question.documents):
        return Kind.COMPARE  # "bên nào phối hợp?" is asked of both sides
    return focus.kind if focus.kind is not Kind.COMPARE else Kind.INDICATOR
