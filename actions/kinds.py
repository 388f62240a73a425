"""What kind of question a message asks: by what is named in it first, then by its intent."""

from __future__ import annotations

import re

from actions.constraints import HIDDEN, asks_for_list, rows_claimed
from actions.dialogue import Dialogue
from actions.message import Message
from actions.question import Field, Kind
from actions.subject import says_something, subject_of
from vietnamese.wordlists import words

_INTENTS = {
    "ask_indicator": Kind.INDICATOR,
    "list_indicators": Kind.LIST,
    "compare_years": Kind.COMPARE,
    "ask_clause": Kind.CLAUSE,
    "ask_document": Kind.DOCUMENT,
    "ask_guide": Kind.GUIDE,
    "feedback": Kind.FEEDBACK,
    "out_of_scope": Kind.OUT_OF_SCOPE,
    "greet": Kind.TALK,
    "affirm": Kind.TALK,
    "deny": Kind.TALK,
    "cancel": Kind.TALK,
    "goodbye": Kind.TALK,
    "thanks": Kind.TALK,
    "help": Kind.TALK,
    "chitchat": Kind.TALK,
}
_NOT_ASKED = (Kind.COMPARE, Kind.TALK, Kind.FEEDBACK, Kind.OUT_OF_SCOPE)
_OF_DOCUMENT = {
    "signer",
    "date",
    "approval",
    "issuer",
    "effect",
    "replaces",
    "recipients",
    "proposal",
    "annexes",
    "cited",
}
POINTS_AT = re.compile(
    r"\b(?<!danh )(?:chỉ tiêu|ct|mục tiêu|nhiệm vụ|nội dung|việc|cái|mục|điểm|mức|con số|tỷ lệ|vụ|chuyện"
    r"|chương trình|đề án|chỗ|mảng|phần|khoản|hạng mục|dòng)"
    r" (?:này|đó|ấy|trên|vừa rồi)\b"
    r"|\b(?:việc|vụ|chuyện|chương trình|kế hoạch|mô hình|mảng|phần)(?: (?!năm\b)[^\W\d]+){1,4}"
    r" (?:này|đó|ấy)\b",
    re.IGNORECASE,
)
"""What points at the record spoken of."""
POINTS_AT_SOME = re.compile(
    r"\b(?:người|phường|xã|công ty|doanh nghiệp|trường|cơ sở|sản phẩm|chuyên gia|nơi|chỗ) (?:này|đó|ấy)\b",
    re.IGNORECASE,
)
"""What points at those that the record spoken of counts."""
_THAT_PLAN = re.compile(r"\b(?:kế hoạch|nghị quyết|quyết định|văn bản) (?:đó|này|ấy)\b", re.IGNORECASE)
_WHICH_GROUP = re.compile(r"\bthuộc (?:trụ cột|nhóm|phần|mảng|lĩnh vực) (?:nào|gì)\b", re.IGNORECASE)
_DOCUMENTAL = {"document", "reference", "meta", "field", "kind"}
_ISSUED = re.compile(r"\b(?:ban hành|ký|ra đời|phê duyệt|được duyệt)\b", re.IGNORECASE)
_SAID_IN = re.compile(r"\btrong (?:cái |bản |bộ )?(?:kế hoạch|quyết định|văn bản)\b", re.IGNORECASE)
"""What is said in a plan is claimed of its content: "trong kế hoạch ban hành cuối năm 2020, việc …"."""
_IT = re.compile(r"\b(?:nó|(?:chỉ tiêu|cái|mục tiêu) (?:này|đó|ấy))\b", re.IGNORECASE)
_WANTS_TO_ASK = re.compile(
    r"\b(?:muốn|xin|cần) hỏi\b(?!.*(?:góp ý|phản ánh|khiếu nại|kiến nghị))", re.IGNORECASE
)
_MENTION = re.compile(
    r"\b(?:nhắc|đề cập|nói|viết|ghi|đụng|đá động|động chạm)(?: gì)? (?:tới|đến|gì|sao|không|hông)\b",
    re.IGNORECASE,
)
TOUCHES = re.compile(
    r"\d ?%|\b(?:trong đó|vụ này|cái này|việc này|chỉ tiêu này)\b.*\b(?:không|hả|à|luôn|chứ)\b"
    r"|\btrong đó không\b",
    re.IGNORECASE,
)
"""What an aside that questions the record spoken of says."""
_FIGURES = frozenset({Field.TARGET, Field.LEAD, Field.COORDINATOR})
"""What only a row has: "kế hoạch 67 đến 2025 đặt bao nhiêu" moves it to that plan."""
_OF_ROW_TOO = {"number", "grounds"}
_TOPIC = 4
_ASIDES = 2
"""Words beside a named plan that may be small talk: "ai ký tên dưới chót vậy"."""
_TITLE = 6
"""Words that may be those of a plan's title."""
_NAME = 3
"""Words of a person's name behind an office: "do phó chủ tịch Nguyễn Thị Quyên Thanh ký"."""
_CITED = re.compile(
    r"\b(?:nhắc|dẫn|viện dẫn|nêu|đề cập|triển khai)\b.{0,60}"
    r"\b(?:nghị quyết|quyết định|kế hoạch|công văn|cv|chỉ thị|thông tư|đề án)\b",
    re.IGNORECASE,
)
"""What a plan does with a document that it cites: "có nhắc nghị quyết của tỉnh ủy về …"."""
_OFFICE = re.compile(r"\b(?:(?:phó )?(?:chủ tịch|giám đốc)|ông|bà)\b", re.IGNORECASE)
_TITLES = words(
    "phát triển khai thực hiện chương trình chuyển đổi địa bàn trọng tâm định hướng phê duyệt kinh tế xã hội"
)
_THING = 5
"""Words beyond those from which one thing is meant rather than a plan."""
_COMPARED = 0.2
HOW_TO = 0.9
"""Share of the intent from which a how-to is surely asked for."""
_ASIDE_FROM = 0.5
"""How likely an aside with words of its own must be to be one, while a record is spoken of."""
_NUMBER = re.compile(r"\bsố (\d{1,3})\b(?!/| ?%| (?:trong|phần trăm)\b)", re.IGNORECASE)
_ASIDE = (Kind.FEEDBACK, Kind.TALK, Kind.OUT_OF_SCOPE)


def kind_of(message: Message, dialogue: Dialogue) -> Kind:
    """The kind by what is named, then by the intent."""
    kind = _by_intent(message, dialogue)
    if kind is Kind.GUIDE:
        return _of_plan(message) or kind
    kind = _drawn_back(kind, message, dialogue)
    if kind in _ASIDE:
        return kind
    if row_of(message, dialogue) or _asks_on(message, dialogue):
        return Kind.INDICATOR
    if asks_issue(message):
        return Kind.DOCUMENT
    if "confirm" in message.values("ask") and rows_claimed(message.text) is not None:
        return Kind.LIST
    return _of_document(kind, message, dialogue) or _of_records(kind, message, dialogue)


def _drawn_back(kind: Kind, message: Message, dialogue: Dialogue) -> Kind:
    """What sounds like an aside but names a record or a plan is a question about it."""
    moves = any(message.value(name) for name in ("year", "horizon", "field", "role"))
    moves |= dialogue.offset > 0 and "list" in message.values("ask")  # "kể ra hết giúp tôi"
    if kind is Kind.OUT_OF_SCOPE and dialogue.focus and moves and not _content(message):
        return Kind.INDICATOR  # "à nhầm, tôi đang cần năm 2023 cơ"
    if kind in (Kind.TALK, Kind.OUT_OF_SCOPE) and dialogue.record and TOUCHES.search(message.text):
        return Kind.INDICATOR  # "ủa, em nhớ là 100% mà?"
    if kind is Kind.FEEDBACK and (_asks_for_record(message) or _WANTS_TO_ASK.search(message.text)):
        return Kind.INDICATOR
    named = message.values("agency") or message.value("unheld")
    doubtful = dialogue.record and message.confidence < _ASIDE_FROM and _content(message) >= _ASIDES
    if kind is Kind.TALK and (named or doubtful or _asks_for_record(message)):
        return Kind.INDICATOR
    return Kind.CLAUSE if kind is Kind.OUT_OF_SCOPE and _names_a_plan(message) else kind


def _asks_on(message: Message, dialogue: Dialogue) -> bool:
    """True for a field of the record that the message points at: "còn kế hoạch 2025 giao ai làm việc đó?"."""
    asked = message.value("field") or message.value("role") or _WHICH_GROUP.search(message.text)
    of_row = ":" in (dialogue.record or "") and message.value("agency")  # "… này Sở Y tế có tham gia không?"
    few = _own_content(message) < _TOPIC
    return bool(dialogue.record and (asked or of_row) and POINTS_AT.search(message.text) and few)


def asks_mention(text: str) -> bool:
    """True for "mấy chương trình đó còn được nhắc tới không": what the plan says of it, not its figures."""
    return _MENTION.search(text) is not None


def asks_issue(message: Message) -> bool:
    """True when somebody says when or by whom a named plan was issued, and asks whether that is so."""
    named = message.value("document") or "document" in message.values("kind")
    claimed = "confirm" in message.values("ask") and not message.value("role")
    named_office = _NAME if _OFFICE.search(message.text) else 0
    plain = not (message.value("reference") or "%" in message.text or _SAID_IN.search(message.text))
    plain &= _own_content(message) <= _TITLE + named_office
    return bool(named and claimed and plain and _ISSUED.search(message.text))


def _of_document(kind: Kind, message: Message, dialogue: Dialogue) -> Kind | None:
    """Facts of a document, or the duties of an agency in it; None when a record is asked for."""
    if dialogue.focus and not (_DOCUMENTAL & {entity.kind for entity in message.entities}):
        return None  # "thôi vậy lấy số năm 2024 đi"
    if on := _on_record(kind, message, dialogue):
        return on
    content, meta = _content(message), set(message.values("meta"))
    before = dialogue.focus
    of_basis = before is not None and (before.field is Field.BASIS or "number" in before.meta)
    named = message.value("document") or (message.value("year") and "document" in message.values("kind"))
    if _OF_DOCUMENT & meta and content <= (_ASIDES if named else 0):
        pointing = _THAT_PLAN.search(message.text) or _IT.search(message.text)
        # "ngày bao nhiêu?" is asked of the basis just told.
        pointing_back = pointing or (meta == {"date"} and not named)
        return Kind.INDICATOR if of_basis and pointing_back else Kind.DOCUMENT
    if "planned" in message.values("kind") and {"count", "list"} & set(message.values("ask")):
        return None if message.value("field") else Kind.LIST
    if _asks_cited(message):
        return Kind.CLAUSE
    if message.value("document") and ("cited" in meta or ("annexes" in meta and content < _TOPIC)):
        return Kind.DOCUMENT
    if kind is not Kind.DOCUMENT:
        return None
    spoken_of = dialogue.record or POINTS_AT.search(message.text)
    if not meta and (content >= _TOPIC or spoken_of) and message.value("field") in _FIGURES:
        return None  # a document leads nothing: what it plans is asked of
    return _of_one_document(kind, message, content)


def _of_one_document(kind: Kind, message: Message, content: int) -> Kind | None:
    """What is asked of a document by what is named beside it; None for a record that it holds."""
    meta = message.values("meta")
    enclosed = "kèm theo" in message.text.lower()
    of_one = "indicator" in message.values("kind")
    one_thing = (of_one and _own_content(message)) or _beyond_titles(message) >= _THING
    if "basis" in message.values("field") and one_thing and not enclosed:
        # "Chỉ tiêu dạy STEM dựa vào quyết định nào, ngày nào?" asks for a cell of its row.
        return Kind.INDICATOR
    asked_of = meta or message.values("field")
    if not asked_of and content >= _TOPIC:
        return None
    if "count" in message.values("ask") and not content:
        return Kind.LIST  # "phụ lục đính kèm kế hoạch của Sở … có bao nhiêu dòng"
    asked = asked_of or "who" in message.values("ask")
    return Kind.DUTY if message.values("agency") and not asked else kind


def _asks_cited(message: Message) -> bool:
    """True when the number or the date of a document is asked that a named plan only cites."""
    named = message.value("document") or message.value("year")
    asked = set(message.values("meta"))
    numbered = bool(asked) and asked <= {"number", "date"}
    beyond = _beyond_titles(message)
    return bool(named and numbered) and (beyond >= _THING or (beyond >= _NAME and _is_cited(message)))


def _is_cited(message: Message) -> bool:
    return _CITED.search(message.text) is not None


def _on_record(kind: Kind, message: Message, dialogue: Dialogue) -> Kind | None:
    """What goes on about the row or the clause in focus, though it names a plan; None for anything else."""
    offered = dialogue.options[0].record if dialogue.pending and dialogue.options else ""
    record = dialogue.record or offered
    of_row, meta, field = ":" in record, message.values("meta"), message.value("field")
    pointed = POINTS_AT.search(message.text) is not None
    of_basis = of_row and field == Field.BASIS and (pointed or not message.value("document"))
    if of_basis and _own_content(message) <= 1:
        return Kind.INDICATOR  # "căn cứ pháp lý được viện dẫn tại kế hoạch năm 2023?"
    if not (of_row or "#" in record) or _own_content(message):
        return None
    if kind is not Kind.DOCUMENT:
        return None
    if of_row and not meta and _IT.search(message.text):
        return Kind.INDICATOR  # "nó có trong kế hoạch 2023 không?"
    if not meta and not field:
        return Kind.INDICATOR if of_row else Kind.CLAUSE  # "Kế hoạch 54 thì sao?"
    own = set(meta) - _OF_ROW_TOO or (message.values("document") and field not in _FIGURES)
    return Kind.INDICATOR if of_row and field and not own else None


def _of_records(kind: Kind, message: Message, dialogue: Dialogue) -> Kind:
    """One record, several, two sides of one, or what an agency must do."""
    asks, agency = message.values("ask"), message.values("agency")
    if kind is Kind.LIST and dialogue.record and not _lists(message):
        return Kind.INDICATOR  # "cột chỉ tiêu người ta ghi sao?"
    if asks_for_list(message) and _is_about_many(message):
        return Kind.LIST
    if _has_sides(message, dialogue):
        return Kind.COMPARE
    if {"document", "planned"} <= set(message.values("kind")) and "count" in asks:
        return Kind.LIST
    if agency and kind is not Kind.LIST and ("duty" in asks or (kind is Kind.CLAUSE and "list" in asks)):
        return Kind.DUTY
    limited = agency or message.values("pillar")
    if limited and ("count" in asks or "list" in asks) and _is_about_many(message):
        return Kind.LIST
    return Kind.CLAUSE if kind is Kind.DOCUMENT else kind


def _by_intent(message: Message, dialogue: Dialogue) -> Kind:
    """The kind of the likeliest intent; a comparison needs two sides, or something said before."""
    kind = _INTENTS.get(message.intent, Kind.INDICATOR)
    sides = len(_years(message) | set(message.values("horizon")))
    on_record = dialogue.record and not message.value("field") and not message.value("role")
    # "trong bản 2023, sở nào gom nhu cầu rồi tham mưu bố trí?" compares nothing.
    on_record = on_record and not ("who" in message.values("ask") and _content(message) >= _TOPIC)
    # "… vẫn do Sở Lao động lo hay sang sở khác?" asks who has it now.
    changed = set(message.values("change")) - ({"any"} if message.value("agency") else set())
    named = "compare" in message.values("ask") or changed or sides > 1 or on_record
    if kind is not Kind.COMPARE or named:
        return kind
    others = [(share, name) for name, share in message.shares.items() if _INTENTS.get(name) not in _NOT_ASKED]
    return _INTENTS.get(max(others, default=(0.0, ""))[1], Kind.INDICATOR)


def _years(message: Message) -> set[str]:
    """The years that are named; "năm nay (2025)" names one."""
    named = set(message.values("year"))
    if "compare" in message.values("ask"):
        return named
    return {year for year in named if year.isdigit()} or named


def _has_sides(message: Message, dialogue: Dialogue) -> bool:
    """True when two times are named, or one is compared with what was spoken of or with a plan's twin."""
    if len(_years(message)) > 1 or len(message.values("horizon")) > 1:
        return True
    anew = dialogue.record is None or _content(message)
    one_goal = message.values("horizon") and not message.values("year") and anew
    meant = dialogue.record is not None or message.shares.get("compare_years", 1.0) >= _COMPARED
    return "compare" in message.values("ask") and not one_goal and meant


def _of_plan(message: Message) -> Kind | None:
    """What is asked of the plans themselves, though it sounds like a how-to; None when nothing says so."""
    named = ("year", "horizon", "document", "role", "row", "clause")
    of_plan = "document" in message.values("kind") or any(message.values(kind) for kind in named)
    # "công an xã gọi tôi …, làm mấy bước" may be part of a how-to that is surely meant.
    asked = set(message.values("ask")) - (set() if message.value("field") else {"how_much"})  # "mấy dấu hiệu"
    facts = {"how_much", "count", "list", "when"} & asked or message.value("agency")
    if not of_plan and (not facts or message.shares.get("ask_guide", 0.0) >= HOW_TO):
        return None
    return Kind.INDICATOR if message.value("role") or message.value("row") else Kind.CLAUSE


def _lists(message: Message) -> bool:
    """True when a list is asked for in so many words, or by what limits one."""
    asked = {"list", "count", "more", "joint", "sole", "compare"} & set(message.values("ask"))
    limits = ("agency", "pillar", "role", "year", "horizon", "document", "bound", "shape", "blank", "change")
    return bool(asked) or any(message.value(kind) for kind in limits)


def _is_about_many(message: Message) -> bool:
    """True when records are asked for by their limits; a subject of its own says that one thing is meant."""
    return message.intent == "list_indicators" or not says_something(subject_of(message, HIDDEN))


def _names_a_plan(message: Message) -> bool:
    """True for "kế hoạch năm 2025 có nói…", whatever the topic sounds like."""
    timed = message.value("year") or message.value("horizon")
    return bool(message.value("document") or (timed and "document" in message.values("kind")))


def _content(message: Message) -> int:
    """How many words of the subject say something."""
    return sum(says_something(word) for word in subject_of(message).split())


def _own_content(message: Message) -> int:
    """The same without the pillars and agencies, which stand in the titles of plans too."""
    return sum(says_something(word) for word in subject_of(message, ("pillar", "agency")).split())


def _beyond_titles(message: Message) -> int:
    """The same less what every plan's title says."""
    own = subject_of(message, ("pillar", "agency")).casefold().split()
    return sum(says_something(word) and word not in _TITLES for word in own)


def _asks_for_record(message: Message) -> bool:
    """True when a message that sounds like a complaint names a role, a year or a field of a record."""
    return bool(message.value("role") or message.value("year") or message.value("field"))


def row_of(message: Message, dialogue: Dialogue) -> str | None:
    """The printed number of a row; "còn số 101?" means one when an annex row is spoken of."""
    if row := message.value("row"):
        return row
    number = _NUMBER.search(message.text)
    of_annex = dialogue.record is not None and ":" in dialogue.record and not dialogue.options
    return number.group(1) if number and of_annex else None
