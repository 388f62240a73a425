"""The subject of a message: its words less what was already understood and less small talk."""

from __future__ import annotations

import re
from collections.abc import Collection

from actions.message import Message

# Words that only carry the conversation. They are dropped from a search; in a subject they say nothing.
_TALK = frozenset(
    """
    ạ à á ơi nhỉ nhé nha nghen nghe hả hở hông hong dạ vâng ừ ờ ủa ui trời xin cho hỏi hỏi giùm giúp dùm với thưa chào
    vậy thế thì là mà rồi luôn đi đây đó kia ấy này nọ đấy cái ta tôi tui mình em anh chị cô chú bác con cháu bạn ad bot
    muốn biết cần nói bảo kể rõ coi xem cụ_thể ơ còn lại nữa cũng đã đang sẽ bị được có không chưa những các mấy nhiêu
    bao gì nào sao đâu ai hay hoặc và của ở tại trong theo về từ tới đến hồi lúc khi như nếu vì do để ra làm phải nên
    bên phía phần trăm năm nay quy định nêu ghi thấy hiểu ý nhầm không_phải giữa so
    """.split()
)
# Words of every record of the corpus: alone they name none of them.
_GENERIC = _TALK | frozenset(
    """
    chỉ tiêu mục nhiệm vụ kế hoạch tỷ tỉ lệ số đạt cơ quan đơn vị sở ban ngành tỉnh vĩnh long văn bản quyết phụ lục
    dòng mức nội dung việc thông tin câu
    """.split()
)
_WORD = re.compile(r"[\w/&%-]+")
_DROPPED = frozenset(
    {"year", "horizon", "document", "row", "pick", "field", "role", "ask", "unheld", "meta", "kind", "place"}
)


def subject_of(message: Message, also: Collection[str] = ()) -> str:
    """The message without its understood mentions (of the kinds of `also` too) and without small talk."""
    text = list(message.text)
    for entity in message.entities:
        if entity.kind in _DROPPED or entity.kind in also:
            text[entity.start : entity.end] = " " * (entity.end - entity.start)
    words = _WORD.findall("".join(text))
    return " ".join(word for word in words if word.lower() not in _TALK)


def says_something(subject: str) -> bool:
    """False when every word of a subject could stand in any question of this corpus."""
    return any(word.lower() not in _GENERIC and not word.isdigit() for word in _WORD.findall(subject))
