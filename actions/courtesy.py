"""Insults get an apology and a way to complain, never a list of plan clauses."""

from __future__ import annotations

from actions.dialogue import Dialogue
from actions.message import Message
from actions.reply import Reply, said
from trolyso.answer import Status, Suggestion
from vietnamese import syllables

# As typed: without their accents most of these are decent words.
_RUDE = frozenset(
    {"đĩ", "địt", "đụ", "đù má", "đù mẹ", "đéo", "đm", "đmm", "dcm", "đcm", "dkm", "vcl", "vkl", "vlz"}
    | {"cặc", "lồn", "buồi", "óc chó", "đồ ngu", "thằng ngu", "con ngu", "ngu như", "đồ chó", "mẹ mày"}
    | {"má mày", "cha mày", "đồ điên", "mất dạy", "chó má", "khốn nạn", "dit me", "du ma", "oc cho"}
)
_OTHER_WORDS = 4  # beyond these the message says something that deserves an answer


def is_abuse(message: Message) -> bool:
    """True when a message holds little more than rude words; a question with a curse stays a question."""
    words = syllables(message.typed)
    text = f" {' '.join(words)} "
    rude = [phrase for phrase in _RUDE if f" {phrase} " in text]
    return bool(rude) and len(words) - len(rude[0].split()) <= _OTHER_WORDS


def answer_abuse(dialogue: Dialogue) -> Reply:
    """A calm word, and the way to complain."""
    text = (
        "Dạ, em xin lỗi nếu làm anh chị bực. Anh chị cần hỏi gì về kế hoạch của tỉnh, hoặc muốn gửi góp ý, "
        "cứ nhắn em nhé."
    )
    return said(Status.SMALLTALK, text, dialogue, (Suggestion("Gửi góp ý", "Tôi muốn gửi góp ý"),))
