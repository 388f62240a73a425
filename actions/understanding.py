"""From a message and the focus to a `Question`: the one place where they are merged.

The intent is evidence, not a verdict: what is named in the message (a role, a count, two years)
decides first, and a message that names nothing new goes on with the focus.
"""

from __future__ import annotations

import re
from datetime import date

from actions.asking import BOTH
from actions.breakdown import asks_names
from actions.constraints import HIDDEN, with_constraints
from actions.dialogue import Dialogue
from actions.kinds import (
    HOW_TO,
    POINTS_AT,
    POINTS_AT_SOME,
    TOUCHES,
    asks_issue,
    asks_mention,
    kind_of,
    row_of,
)
from actions.merging import FIELD_OF_ROLE, ITS_ROLE, merged
from actions.message import Message
from actions.question import Field, Kind, Question
from actions.subject import says_something, subject_of, wider_subject
from knowledge.records import Pillar, Role
from vietnamese import fold

_CLAIM = re.compile(
    r"\b(?:đúng không|phải không|đúng hông|phải hông|đúng chưa|có phải|phải hôn|đúng hôn|hả|đúng ko|chứ gì|à)"
    r"\b\s*[?.!]*\s*$"
    r"|\b(?:đúng không|phải không|có phải|có đúng|xác nhận|khẳng định|quả quyết|chắc nịch)\b"
    r"|\b(?:nhớ|tưởng|nghe|thấy)(?: nói)? là\b.*\b(?:mà|chứ)\W*$"
    r"|\bvậy là\b.*\brồi\W*$"
    r"|\bvẫn (?:do|giao|là)\b.*\bhay (?:là |đã )?(?:sang|đổi|chuyển|qua|giao)\b",
    re.IGNORECASE,
)
_VALUE = re.compile(r"(\d+(?:[.,]\d+)?)\s*(?:%|phần trăm)", re.IGNORECASE)
_HALF = re.compile(r"\b(?:một|phân) nửa (?:số|các|trong)\b|\b(?:phân nửa|một nửa)$", re.IGNORECASE)
_RELATIVE = re.compile(r"(relative|focus):([+-]?\d+)")
_POINTS_BACK = re.compile(
    r"\b(?:kế hoạch|văn bản|quyết định|bản|năm|tài liệu|phụ lục|bảng|danh mục|trong|ở) (?:đó|này|ấy|trên)\b"
    r"|^\W*(?:(?:à|ờ|ừ|dạ|rồi)\s+)?(?:thế|vậy|còn|vậy còn|thế còn)\b",
    re.IGNORECASE,
)
_WITHIN = re.compile(
    r"\b(?:trong (?:số )?(?:đó|này|những)|mấy cái đó|các chỉ tiêu (?:đó|này|trên))\b", re.IGNORECASE
)
_ANOTHER = re.compile(
    r"^\W*(?:(?:à|ờ|ừ|dạ|rồi)\s+)*(?:thế còn|vậy còn|còn|vậy|thế)\b"
    r".*\b(?:sao|thế nào|bao nhiêu|mấy)\b\W*(?:hả|ạ|vậy)?\W*$",
    re.IGNORECASE,
)
_HOW = re.compile(
    r"\b(?:làm sao|làm thế nào|cách nào|cách làm|mấy bước|các bước|chỉ (?:tôi|tui|em|mình|giùm)|hướng dẫn)\b",
    re.IGNORECASE,
)
"""What asks for a how-to even beside the plans: "vậy muốn quét mã trả tiền ngoài chợ thì làm sao?"."""
_STILL = re.compile(r"^\W*(?:(?:à|ờ|ừ|dạ|rồi)\s+)*(?:thế còn|vậy còn|còn)\b", re.IGNORECASE)
_REPORTED = re.compile(r"\b(?:báo cáo|b/c|nộp|gửi|tổng hợp)\b", re.IGNORECASE)
_ARTICLE = re.compile(r"\bĐiều (\d{1,2})\b(?!\d|/)")
_OPENS = re.compile(r"^\W*(?:(?:à|ờ|ừ|dạ|rồi)\W+)*(?:thế còn|vậy còn|còn|vậy|thế)\b", re.IGNORECASE)
_ASIDES = ("out_of_scope", "chitchat", "greet", "affirm", "deny", "help", "thanks", "goodbye")
_WHAT = re.compile(r"\b(?:sao|gì|nào|chi)\b", re.IGNORECASE)
_SAME_AGENCY = re.compile(
    r"\b(?:cũng|vẫn)(?: \w+){0,2} (?:sở|cơ quan|bên|đơn vị|ngành) (?:đó|ấy|này|trên)\b", re.IGNORECASE
)
_MOVES = re.compile(
    r"\b(?:lên|xuống|sang|tăng|giảm|nâng|hạ|vọt|tụt|nhích|nhiều|ít|thực hiện|triển khai|kéo dài"
    r"|lấy (?:số|năm|cái))\b",
    re.IGNORECASE,
)
"""What only says how a value went, or that it is wanted: "rồi 2024 lên bao nhiêu, tăng nhiều không?"."""
_FEW = 2
_MANY = 4
_ANEW = 6
"""Words from which a message that points back has a subject of its own: "trong phần đó, việc dán nhãn …"."""
_FOLLOWS = 0.55
_OF_FOCUS = ("follow_up", "compare_years")
_LONG = re.compile(r"\b(?:bao nhiêu|mấy|những|các|cả|suốt|hai|ba|bốn|chục|\d+) ?$", re.IGNORECASE)
"""What makes "năm tới" a length of time: "theo nhu cầu của bao nhiêu năm tới", "nằm một chỗ cả năm nay"."""
_SINGLE = (Kind.INDICATOR, Kind.CLAUSE, Kind.GUIDE, Kind.OUT_OF_SCOPE)
_OF_TEXTS = ("ask_clause", "ask_document", "ask_guide")


def understand(message: Message, dialogue: Dialogue, today: date, *, back: bool = False) -> Question:
    """The question that a message asks in its conversation; with `back` it is surely one about the focus."""
    question = _overview(_alone(message, dialogue, today), message, dialogue)
    focus = dialogue.focus
    if focus is None:
        return question
    if dialogue.pending and question.kind is Kind.OUT_OF_SCOPE:
        # An answer to "which one?" may sound like anything; it is looked for among the same records.
        question = question.but(kind=focus.kind, years=focus.years, documents=focus.documents)
    if back or _goes_on(question, message, focus):
        return merged(question, focus)
    return _in_focus(question, message, focus).but(rejected=dialogue.record if message.denies else None)


def may_go_on(message: Message, question: Question) -> bool:
    """True for a short follow-up that could be about the focus, though it has a word or two of its own."""
    words = sum(says_something(word) for word in question.subject.split())
    free = question.kind not in (Kind.FEEDBACK, Kind.TALK, Kind.DOCUMENT, Kind.GUIDE)
    named = question.row or question.clause or question.agencies or question.references
    short = words <= _MANY and not _ANOTHER.search(message.text) and not _STILL.search(message.text)
    likely = sum(message.shares.get(intent, 0.0) for intent in _OF_FOCUS) >= _FOLLOWS
    return short and free and not named and likely


def _in_focus(question: Question, message: Message, focus: Question) -> Question:
    """A new subject in the plan spoken of: "kế hoạch đó giao ai…", "còn ứng dụng thương mại điện tử?"."""
    named = question.years or question.documents or question.horizons
    question = _of_same_sort(question, message, focus)
    if (question.row or question.clause) and not named:
        return question.but(years=focus.years, documents=focus.documents)
    if named or question.kind in (Kind.FEEDBACK, Kind.TALK, Kind.OUT_OF_SCOPE, Kind.DOCUMENT, Kind.GUIDE):
        return question
    if not (message.intent == "follow_up" or _POINTS_BACK.search(message.text)):
        return question
    return question.but(
        years=focus.years,
        documents=focus.documents,
        horizons=focus.horizons,
        field=focus.field if _keeps_field(question, message, focus) else question.field,
    )


def _keeps_field(question: Question, message: Message, focus: Question) -> bool:
    """True when a new subject is asked for what the one before was: "thế phần thương mại?" after a lead."""
    if asks_mention(message.text):
        return False
    if question.field is not Field.RECORD or question.kind is not Kind.CLAUSE:
        return question.field is Field.RECORD
    short = sum(says_something(word) for word in question.subject.split()) <= _MANY
    of_agency = focus.field in FIELD_OF_ROLE.values()
    bare = not question.asks and _WHAT.search(message.text) is None
    return of_agency and short and bare and _OPENS.search(message.text) is not None


def _of_same_sort(question: Question, message: Message, focus: Question) -> Question:
    """ "còn hóa đơn điện tử thì sao?" is asked of the plans when they were spoken of, not of a how-to."""
    another = _ANOTHER.search(message.text) is not None
    unsure = message.shares.get("ask_guide", 0.0) < HOW_TO
    still = question.kind is Kind.OUT_OF_SCOPE or (question.kind is Kind.GUIDE and unsure)
    another |= still and (question.claim or _OPENS.search(message.text) is not None)
    if focus.kind not in (Kind.INDICATOR, Kind.CLAUSE) or not (message.denies or another):
        return question
    how_to = question.kind is Kind.GUIDE and _HOW.search(message.text) is not None
    strayed = (question.kind in (Kind.GUIDE, Kind.OUT_OF_SCOPE) and not how_to) or message.denies
    return question.but(kind=focus.kind) if strayed and question.kind in _SINGLE else question


def _alone(message: Message, dialogue: Dialogue, today: date) -> Question:
    """What the message says by itself."""
    kind = kind_of(message, dialogue)
    hidden = set(HIDDEN) if kind is Kind.LIST else set()
    hidden |= {"change"} if kind is Kind.COMPARE else set()
    claim = _CLAIM.search(message.text) is not None or "why" in message.values("ask")
    if kind is Kind.DUTY or message.intent == "follow_up" or claim:
        # Who asks to confirm may be wrong about the agency.
        hidden = hidden | {"agency"}
    role = _role(message)
    question = Question(
        kind=kind,
        subject=subject_of(message, hidden),
        wider=wider_subject(message, hidden),
        typed=message.text,
        field=_field(message, role),
        years=_years(message, dialogue, today),
        horizons=_horizons(message),
        agencies=message.values("agency"),
        role=role,
        pillar=_pillar(message),
        documents=message.values("document"),
        row=row_of(message, dialogue),
        unheld=message.value("unheld"),
        claim=claim,
        restored=message.restored,
        values=_values(message.text),
        asks=_asks(message),
        meta=message.values("meta") or (("date",) if kind is Kind.DOCUMENT and asks_issue(message) else ()),
        things=message.values("kind"),
        clause=message.value("clause") or _article(message),
        references=message.values("reference"),
        shares=message.shares,
    )
    return with_constraints(question, message) if kind is Kind.LIST else question


def _values(text: str) -> tuple[str, ...]:
    """The percentages that are named, in figures; "một nửa số trạm" names 50."""
    named = [hit.group(1).replace(",", ".") for hit in _VALUE.finditer(text)]
    return tuple(named) or (("50",) if _HALF.search(text) else ())


def _article(message: Message) -> str | None:
    """The path of an article of the decision that approves a plan: "Điều 2 giao ai …"."""
    named = _ARTICLE.search(message.text)
    return f"QĐ.Điều {int(named[1])}" if named else None


def _asks(message: Message) -> tuple[str, ...]:
    """What is asked; a deadline is one of reports, other things only have a latest year."""
    asks = message.values("ask")
    reported = _REPORTED.search(message.text) or not says_something(subject_of(message))
    return asks if reported else tuple(ask for ask in asks if ask != "deadline")


def _overview(question: Question, message: Message, dialogue: Dialogue) -> Question:
    """A comparison of two plans without any subject asks what changed between them altogether."""
    if question.kind is not Kind.COMPARE or dialogue.record or question.horizons:
        return question
    subject = subject_of(message, HIDDEN)
    if says_something(subject):
        return question
    listed = with_constraints(question.but(kind=Kind.LIST, subject=subject), message)
    return listed.but(changes=listed.changes or ("any",))


def _role(message: Message) -> Role | None:
    roles = message.values("role")
    return Role(roles[0]) if len(roles) == 1 else None


def _pillar(message: Message) -> Pillar | None:
    """The pillar that limits a list; several that are counted limit none."""
    named = tuple(dict.fromkeys(message.values("pillar")))
    counted = len(named) > 1 and "count" in message.values("ask")
    return Pillar(named[0]) if named and not counted else None


def _field(message: Message, role: Role | None) -> Field:
    fields = [Field(value) for value in message.values("field") if value in set(Field)]
    if fields == [Field.BASIS] and message.value("row") and "source" in message.values("ask"):
        return Field.RECORD  # "dòng 144 thuộc văn bản nào" asks where the row stands
    if role and (not fields or fields[0] is Field.RECORD):
        return FIELD_OF_ROLE[role]
    if (
        message.value("agency")
        and not fields
        and _CLAIM.search(message.text)
        and not _VALUE.search(message.text)
    ):
        return Field.LEAD
    of_thing = "issuer" in message.values("meta") and not message.values("kind")
    if not fields and of_thing and says_something(subject_of(message)):
        return Field.LEAD  # "phần an toàn thông tin mạng hồi 2023 là của ai?"
    if not fields and _SAME_AGENCY.search(message.text):
        return Field.LEAD  # "mảng an toàn thông tin cũng cơ quan đó luôn hả?"
    counted = message.intent not in _OF_TEXTS and "how_much" in message.values("ask")
    # "là số mấy?", "ngày bao nhiêu?" ask the number and the date of a document.
    counted &= not {"number", "date"} & set(message.values("meta"))
    if not fields and (counted or _VALUE.search(message.text)):
        return Field.TARGET
    return fields[0] if fields else Field.RECORD


def _years(message: Message, dialogue: Dialogue, today: date) -> tuple[int, ...]:
    """Calendar years; relative ones are read from the clock, or from the year spoken of when there is one."""
    years: list[int] = []
    said = next((int(value) for value in message.values("year") if value.isdigit()), None)
    focus_year = said or (dialogue.focus.year if dialogue.focus else None)
    for value in _timely(message):
        if relative := _RELATIVE.fullmatch(value):
            base = focus_year if relative[1] == "focus" and focus_year else today.year
            years.append(base + int(relative[2]))
        elif value.isdigit():
            years.append(int(value))
    return tuple(dict.fromkeys(years))


def _timely(message: Message) -> tuple[str, ...]:
    """The years as they are named; "năm nay" beside a named year is only told, unless they are compared.

    The year of a full date ("ký ngày 16/11/2022") is no year of a plan, nor is a length of time.
    """
    before = {e: message.text[: e.start] for e in message.entities if e.kind == "year"}
    plain = [e for e, text in before.items() if not text.endswith("/") and not _LONG.search(text)]
    values = tuple(dict.fromkeys(entity.value for entity in plain))
    if message.value("document"):
        # A plan that is named needs no distance: "kế hoạch 54 năm trước đó".
        values = tuple(value for value in values if value.isdigit())
    if "compare" in message.values("ask") or not any(value.isdigit() for value in values):
        return values
    return tuple(value for value in values if not value.startswith("relative"))


def _horizons(message: Message) -> tuple[int, ...]:
    return tuple(int(value) for value in message.values("horizon") if value.isdigit())


def _goes_on(question: Question, message: Message, focus: Question) -> bool:
    """True when a message needs the focus: it names no subject of its own."""
    if _points_at(question, message, focus):
        return True
    if question.agencies and focus.kind is Kind.INDICATOR and ITS_ROLE.search(message.text):
        return question.kind not in (Kind.FEEDBACK, Kind.TALK)
    if (
        question.row
        or question.clause
        or question.kind in (Kind.FEEDBACK, Kind.TALK, Kind.OUT_OF_SCOPE, Kind.DOCUMENT, Kind.GUIDE)
    ):
        return False
    if focus.kind is Kind.DUTY and question.agencies and message.intent == "follow_up":
        return True
    if question.kind is Kind.DUTY and question.agencies and focus.kind not in (Kind.LIST, Kind.DUTY):
        # "Tổ công nghệ số cộng đồng làm gì?" asks of an agency, whatever record was spoken of before.
        return False
    if question.kind is Kind.LIST and question.limited and _complete(message):
        return False
    if question.kind is Kind.LIST and question.agencies and message.intent == "list_indicators":
        return not question.years
    if question.agencies and not says_something(subject_of(message, {"agency"})):
        return True
    of_pillar = focus.kind is Kind.LIST or focus.pillar
    if question.pillar and of_pillar and not says_something(subject_of(message, {"pillar"})):
        return True  # "còn kinh tế số?" after another pillar
    return (
        not says_something(_MOVES.sub(" ", question.subject))
        or _only_points_back(question, message)
        or _repeats(question, message, focus)
        or _compares_both(question, message)
        or _asks_basis(question, focus)
    )


def _points_at(question: Question, message: Message, focus: Question) -> bool:
    """True when a message points at the record spoken of, or at those that it counts."""
    if focus.kind is Kind.LIST or question.row or question.clause or question.wider:
        return False  # "chuyện này" of a long story is what the story tells
    if question.kind in (Kind.FEEDBACK, Kind.TALK, Kind.DOCUMENT, Kind.GUIDE):
        return False
    if POINTS_AT.search(message.text) and _own(question, focus) < _ANEW:
        # "mấy con số đó là chỉ tiêu Vĩnh Long hả" may sound like any other topic.
        return question.kind is not Kind.OUT_OF_SCOPE or question.claim
    if message.intent in _ASIDES and TOUCHES.search(message.text):
        return True  # "ủa, em nhớ là 100% mà?"
    some = asks_names(message.text) and POINTS_AT_SOME.search(message.text)
    return focus.kind is Kind.INDICATOR and bool(some)


def _own(question: Question, focus: Question) -> int:
    """How many words of its own a question says beside those of the one before it, agencies aside."""
    if question.agencies:
        return 0
    said = set(fold(focus.subject).split())
    return sum(says_something(word) and fold(word) not in said for word in question.subject.split())


def _asks_basis(question: Question, focus: Question) -> bool:
    """ "Căn cứ văn bản nào hồi 2023?" after a row: each row names its own."""
    of_row = question.field is Field.BASIS and focus.kind is Kind.INDICATOR and not question.documents
    return of_row and sum(map(says_something, question.subject.split())) <= 1


def _compares_both(question: Question, message: Message) -> bool:
    """ "Ghi vào báo cáo: hai năm chênh nhau thế nào?": both sides were spoken of."""
    timed = question.years or question.horizons
    return question.kind is Kind.COMPARE and not timed and BOTH.search(message.text) is not None


def _repeats(question: Question, message: Message, focus: Question) -> bool:
    """ "Vậy kế hoạch 2023 thì chi nhánh nào được giao?": another plan, in words of the question before."""
    another = question.years or question.documents or question.horizons
    if not another or not _OPENS.search(message.text):
        return False
    said = set(fold(focus.subject).split())
    own = [fold(word) for word in question.subject.split() if says_something(word)]
    of_document = focus.kind is Kind.DOCUMENT and len(own) <= _FEW  # "vậy bản năm 2025 cũng cổ ký hả?"
    # "còn chữ ký số cho bà con thì kế hoạch 2025 tính sao?" asks of something else beside it.
    least = len(own) if _STILL.search(message.text) else len(own) / 2
    return of_document or (len(own) <= _MANY and sum(word in said for word in own) >= least)


def _complete(message: Message) -> bool:
    """True for "chỉ tiêu nào trên 80%": it names what is listed and does not point into a list before."""
    return "indicator" in message.values("kind") and _WITHIN.search(message.text) is None


def _only_points_back(question: Question, message: Message) -> bool:
    """A short follow-up that asks for a field ("cơ quan nào làm đầu mối?") is about the record in focus."""
    asks_field = question.field is not Field.RECORD or "who" in question.asks
    words = sum(says_something(word) for word in _MOVES.sub(" ", question.subject).split())
    # "Thực hiện giai đoạn nào?" can be asked of nothing else.
    of_years = question.field is Field.YEARS and words <= 1
    return of_years or (message.intent == "follow_up" and asks_field and words <= _FEW)
