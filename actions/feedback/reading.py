"""What a message says inside the form, by its wording first and its intent second."""

from __future__ import annotations

import re
from collections.abc import Sequence

from actions.feedback.wordlists import FILLERS, PHRASES, TOPIC_PHRASES, Meaning
from actions.message import Message
from knowledge.feedback import Topic
from vietnamese import Gazetteer, fold

_RECORD_INTENTS = frozenset(
    {
        "ask_indicator",
        "list_indicators",
        "compare_years",
        "ask_clause",
        "ask_document",
        "follow_up",
        "ask_guide",
    }
)
_SMALL_TALK = frozenset({"greet", "thanks", "goodbye", "help"})
#: What a question about the plans names and a complaint seldom does.
_OF_PLANS = ("year", "horizon", "period", "document", "reference", "row", "role", "clause", "pillar")
_OF_RECORDS = (*_OF_PLANS, "field", "kind", "meta", "agency")
_SURE, _LIKELY = 0.5, 0.35
_LONG_QUESTION, _SHORT_TALK = 30, 6
_SHORT_FIELD = 7
_MORE_WORDS = 3

_ASKING = re.compile(
    r"\?\s*$|\b(?:ai|gi|nao|sao|dau|may|nhieu|nhiu|khong|chua|ha|phai khong|chang)\s*[?.!]*$"
    r"|\b(?:ai|bao nhieu|may|so nao|co quan nao|don vi nao|chi tieu nao|nam nao|khi nao|the nao|ra sao"
    r"|o dau|la gi"
    r"|vi sao|tai sao|lam sao|bao gio|chung nao|the con|vay con|con nam)\b"
)
_COMPLAINT = re.compile(
    r"\b(?:phan anh|gop y|khieu nai|kien nghi|to cao|to giac|than phien|phan nan|buc xuc|de nghi|de xuat"
    r"|trinh bao"
    r"|y kien|bao loi|thua chuyen|khong hai long|nguyen vong|nho bao|bao lai|ghi nhan|xin bao|muon bao)\b"
)
_PRIVACY = re.compile(
    r"\b(?:de lam (?:gi|chi)|lam (?:gi|chi) (?:vay|voi)|ai (?:xem|doc|giu|biet|coi)|giu bao lau"
    r"|luu bao lau|co (?:bi )?lo"
    r"|sao phai|tai sao|vi sao|chi vay|bao mat|an toan khong)\b"
)
# What only says that one wants to tell something; what is left of a message is the matter itself.
_OPENING = re.compile(
    r"\b(?:(?:phan anh|khieu nai|kien nghi|gop y|gui) (?:voi ai|o dau|cho ai|toi ai|len dau|the nao"
    r"|ra sao|lam sao)"
    r"|lam sao (?:de )?|kinh (?:gui|thua) quy co quan|quy co quan"
    r"|(?:cho|toi|len|voi|den|qua|gui) (?:lanh dao|cap tren|co quan (?:co tham quyen|co trach nhiem"
    r"|chuc nang)|nha nuoc"
    r"|ubnd tinh|uy ban|tinh|so|tren|nguoi co trach nhiem|noi co trach nhiem|ong tren tinh)"
    r"|phan anh|khieu nai|kien nghi|gop y|y kien|dong gop|to cao|to giac|than phien|phan nan|de nghi"
    r"|de xuat|trinh bao"
    r"|thua chuyen|bao loi|report|nguyen vong|don thu|don|phieu|loi than phien|loi|feedback|phan hoi"
    r"|muon|can|xin|duoc|gui|goi|chuyen|ghi nhan|ghi lai|ghi|lap|tao|viet|noi|bao lai|bao|neu|giup|gium"
    r"|dum|nho|cho|len tren"
    r"|toi|tui|minh|em|e|anh|chi|chu|bac|co|ban|tro ly|nhe|nha|nghen|a|da|oi|voi|duoc khong|cai|mot|chut"
    r"|viec nay|nay|moi"
    r"|len|ve viec|ve chuyen|chuyen nay|mot chuyen|chuyen|tinh|so|cua|dum|hen|di|vay|day|thi|la|o)\b"
)
_TOPIC_ONLY = re.compile(r"^(?:ve|toi|den|voi|cho|cua|o) ")
_MATTER_WORDS, _TOPIC_WORDS = 4, 7


def _gazetteers(phrases: dict[Meaning, tuple[str, ...]]) -> dict[Meaning, Gazetteer]:
    return {meaning: Gazetteer({meaning.value: said}) for meaning, said in phrases.items()}


_SAID = _gazetteers(PHRASES)
_TOPICS = Gazetteer({topic.value: said for topic, said in TOPIC_PHRASES.items()})


def meanings(message: Message) -> frozenset[Meaning]:
    """Everything that the whole message can mean; a message that says more than that means nothing here."""
    text = message.folded if message.restored else message.text.lower()
    found = {meaning for meaning, phrases in _SAID.items() if _covers(phrases, text)}
    if _covers_edit(text):
        found |= {Meaning.EDIT}
        found |= {part for part in _PARTS if _SAID[part].find(text)}
    if {Meaning.YES, Meaning.CANCEL} <= found:
        # "dung" without accents is đúng, dừng and đừng.
        found -= {Meaning.YES, Meaning.CANCEL, Meaning.NO}
    return frozenset(found)


_PARTS = (Meaning.PART_WHAT, Meaning.PART_FIELD, Meaning.PART_PERSON)


def topic_of(message: Message) -> Topic | None:
    """The field that a short message names, by its number in the list or by words in any spelling."""
    topics = tuple(Topic)
    picked = message.value("ordinal")
    if picked == "-1":
        return topics[-1]
    if picked and picked.isdigit() and 1 <= int(picked) <= len(topics):
        return topics[int(picked) - 1]
    if len(message.folded.split()) > _SHORT_FIELD:
        return None
    text = message.folded if message.restored else message.text.lower()
    lengths: dict[Topic, int] = {}
    for match in _TOPICS.find(text):
        topic = Topic(match.value)
        lengths[topic] = max(lengths.get(topic, 0), len(match.text.split()))
    best = [topic for topic, size in lengths.items() if size == max(lengths.values())]
    return best[0] if len(best) == 1 else None


def says_more(message: Message) -> bool:
    """True when a message that names a field tells more than that."""
    text = message.text.lower()
    return len(_left_over(text, [(match.start, match.end) for match in _TOPICS.find(text)])) >= _MORE_WORDS


def says_nothing(message: Message) -> bool:
    """True for a message of polite words alone ("dạ em")."""
    return not _left_over(message.text.lower(), [])


def is_question(message: Message, *, of_plans: bool = False) -> bool:
    """True when a message asks something of the assistant; `of_plans`: clearly about the plans.

    The intent and the wording must agree, since an answer to the form may sound like either.
    """
    words = len(message.folded.split())
    if words > _LONG_QUESTION or not _ASKING.search(message.folded.strip() + _mark(message.typed)):
        return False
    if of_plans:
        named = any(message.value(kind) for kind in _OF_PLANS)
        told = _COMPLAINT.search(message.folded)
        return message.intent in _RECORD_INTENTS and message.confidence >= _SURE and named and not told
    named = any(message.value(kind) for kind in _OF_RECORDS)
    sure = message.confidence >= (_LIKELY if named else _SURE)
    return sure and message.intent in (_RECORD_INTENTS | {"out_of_scope"})


def is_small_talk(message: Message) -> bool:
    """True for a greeting, thanks or a call for help."""
    short = len(message.folded.split()) <= _SHORT_TALK
    return short and message.intent in _SMALL_TALK and message.confidence >= _SURE


def asks_why(message: Message) -> bool:
    """True when the person wants to know what place and contact are kept for."""
    return _PRIVACY.search(message.folded) is not None


def tells_matter(message: Message) -> bool:
    """True when a message that opens the form holds the matter itself, not only the wish to tell one."""
    left = " ".join(_OPENING.sub(" ", _plain(message.folded)).split())
    if _TOPIC_ONLY.match(left):
        return len(left.split()) > _TOPIC_WORDS
    return len(left.split()) >= _MATTER_WORDS


def wants_to_tell(message: Message) -> bool:
    """True when the wish to complain or to propose is said, whatever else a message names."""
    return _COMPLAINT.search(message.folded) is not None


def names_record(message: Message) -> bool:
    """True when a message names what a record of the plans has: a role, a year, a field."""
    return any(message.value(kind) for kind in ("role", "year", "field", "row", "document"))


def _covers(phrases: Gazetteer, text: str) -> bool:
    spans = [(match.start, match.end) for match in phrases.find(text)]
    return bool(spans) and not _left_over(text, spans)


def _covers_edit(text: str) -> bool:
    """True for "sửa nội dung", "đổi số điện thoại", where a part stands beside the wish to change it."""
    edits = _SAID[Meaning.EDIT].find(text)
    parts = [match for part in _PARTS for match in _SAID[part].find(text)]
    return bool(edits and parts) and not _left_over(text, [(m.start, m.end) for m in (*edits, *parts)])


def _left_over(text: str, spans: Sequence[tuple[int, int]]) -> list[str]:
    """The words that stand outside the spans and change something."""
    return [
        word.group()
        for word in re.finditer(r"\w+", text)
        if not any(start <= word.start() < end for start, end in spans)
        and fold(word.group()) not in FILLERS
        and word.group() != "cô"  # without its accent it is "có"
    ]


def _mark(typed: str) -> str:
    return "?" if typed.rstrip().endswith("?") else ""


def _plain(folded: str) -> str:
    return " ".join(re.findall(r"\w+", folded))
