"""The subject of a message: its words less what was already understood and less small talk."""

from __future__ import annotations

import re
from collections.abc import Collection

from actions.asking import STORY, announced
from actions.message import Entity, Message
from vietnamese.wordlists import words

# Words that only carry the conversation: dropped from a search.
_CHAT = words(
    """
    ạ à á ơi nhỉ nhé nha nghen nghe hả hở hông dạ vâng ừ ờ ủa ui trời xin hỏi giùm giúp thưa vậy thế thì
    là mà rồi luôn đó kia ấy này nọ đấy cái ta tôi mình em anh chị cô chú bác con cháu bạn ad bot tụi
    cưng nó kìa cơ á hén heng hen thôi chút xíu tí ok oke okay đúng muốn biết bao nhiêu gì nào sao đâu ai
    mấy phần trăm năm tỉnh thui khỏi lùi
    """
)
# Words of every question and every record of the corpus: alone they name no subject.
_GENERIC = _CHAT | words(
    """
    cho cần nói bảo kể rõ chuyển coi xem còn lại nữa cũng đã đang sẽ bị được có không chưa những các hay hoặc
    và của ở tại trong theo về từ tới đến hồi lúc khi như nếu vì do để ra làm phải nên bên phía nay quy
    định nêu ghi thấy hiểu ý nhầm giữa so với cùng đi đây cụ thể quay đổi chỉ tiêu mục nhiệm vụ kế hoạch
    tỷ tỉ lệ số đạt cơ quan đơn vị sở ban ngành vĩnh long văn bản quyết phụ lục dòng mức nội dung việc
    một thông tin nằm câu đầu mối dõi phụ trách lo trước sau danh sách liệt kê gồm bao tổng cộng đối
    qua nhờ cột dựa đính thảy đề nghị nhầm bản kèm lận
    lộn lỗi giai đoạn kìa hết mốc cơ thuộc riêng hai tính đặt quê bảng cả
    """
)
_KIND_WORDS = frozenset(
    {"chỉ tiêu", "mục tiêu", "tiêu chí", "nhiệm vụ", "kế hoạch", "văn bản", "quyết định", "nghị quyết"}
)
_WORD = re.compile(r"[\w/&%-]+")
_SENTENCE = re.compile(r"[^.?!\n]+[.?!\n]*")
_CLAUSE = re.compile(r"[^,;:.?!\n]+[,;:.?!\n]*")
_SIGNED = re.compile(
    r"\b(?:ký|ban hành|lập|ra đời)(?: (?:từ|hồi|vào|ngày|cuối|đầu|giữa|năm))* ?$", re.IGNORECASE
)
"""What stands before the year in which a plan was signed."""
_TOPIC = re.compile(r"\s*(?:về|đối với|riêng|liên quan (?:tới|đến))\b", re.IGNORECASE)
"""What begins a sentence with what it asks about: "Về thanh toán ở trường học, kế hoạch nào …"."""
_ENOUGH = 5
_ASKING = frozenset({"year", "horizon", "document", "row", "field", "role", "meta", "ask"})
_FIGURE = re.compile(r"[\d.,%]+")
_DROPPED = frozenset(
    {"year", "horizon", "period", "document", "row", "ordinal", "field", "role", "ask", "unheld", "meta"}
)


def subject_of(message: Message, also: Collection[str] = ()) -> str:
    """The message without its understood mentions (of the kinds of `also` too) and without small talk."""
    return _less_understood(_asking_part(message), message, also)


def wider_subject(message: Message, also: Collection[str] = ()) -> str:
    """The subject of a long story with all that was told before it asks; empty for a short message."""
    is_story = len(_WORD.findall(message.text)) > STORY
    return _less_understood(message.text, message, also) if is_story else ""


def _less_understood(part: str, message: Message, also: Collection[str]) -> str:
    text = list(part)
    for entity in message.entities:
        if entity.kind in _DROPPED or entity.kind in also or _names_a_kind(entity, message.text):
            start = entity.start
            if entity.kind == "year" and (signed := _SIGNED.search(message.text[:start])):
                start = signed.start()
            text[start : entity.end] = " " * (entity.end - start)
    left = _WORD.findall("".join(text))
    return " ".join(word for word in left if word.lower() not in _CHAT)


def _asking_part(message: Message) -> str:
    """A long story with the sentences that ask left in it, from where each begins to ask.

    What is blanked keeps its place, so that offsets hold. A short message is taken whole.
    """
    text = message.text
    if len(_WORD.findall(text)) <= STORY:
        return text
    start = announced(message)
    if start is not None and _content(_after(text, start), message) >= _ENOUGH:
        return _after(text, _topic_of(text, start))
    kept = list(" " * len(text))
    for sentence in _SENTENCE.finditer(text):
        for clause in _CLAUSE.finditer(text, sentence.start(), sentence.end()):
            if any(e.kind in _ASKING and clause.start() <= e.start < clause.end() for e in message.entities):
                begin = _topic_of(text, clause.start())
                kept[begin : sentence.end()] = text[begin : sentence.end()]
                break
    return "".join(kept) if _content("".join(kept), message) >= _ENOUGH else text


def _topic_of(text: str, start: int) -> int:
    """Where the sentence begins that asks from `start`, when it names its topic first; otherwise `start`."""
    begin = max(text.rfind(end, 0, start) for end in ".?!\n") + 1
    return begin if _TOPIC.match(text, begin) else start


def _after(text: str, start: int) -> str:
    return " " * start + text[start:]


def _content(text: str, message: Message) -> int:
    """How many words of a part say something beside what was understood."""
    left = list(text)
    for entity in message.entities:
        if entity.kind in _DROPPED:
            left[entity.start : entity.end] = " " * (entity.end - entity.start)
    return sum(says_something(word) for word in _WORD.findall("".join(left)))


def _names_a_kind(entity: Entity, text: str) -> bool:
    """True for "chỉ tiêu" or "kế hoạch", which name a kind; "tài khoản" and "tài liệu" are subjects."""
    return entity.kind == "kind" and text[entity.start : entity.end].casefold() in _KIND_WORDS


def says_something(subject: str) -> bool:
    """False when every word of a subject could stand in any question of this corpus; a letter is no word."""
    return any(
        len(word) > 1 and word.lower() not in _GENERIC and not _FIGURE.fullmatch(word)
        for word in _WORD.findall(subject)
    )
