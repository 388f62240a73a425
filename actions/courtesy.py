"""Insults get an apology and a way to complain, errands a word on what is done here: no plan clauses."""

from __future__ import annotations

import re

from actions.dialogue import Dialogue
from actions.message import Message
from actions.reply import Reply, said
from trolyso.answer import Status, Suggestion
from vietnamese import syllables
from vietnamese.text import unify_tones

# As typed: without their accents most of these are decent words.
_RUDE = frozenset(
    {"đĩ", "địt", "đụ", "đù má", "đù mẹ", "đéo", "đm", "đmm", "dcm", "đcm", "dkm", "vcl", "vkl", "vlz"}
    | {"cặc", "lồn", "buồi", "óc chó", "đồ ngu", "thằng ngu", "con ngu", "ngu như", "đồ chó", "mẹ mày"}
    | {
        "ngu quá",
        "ngu vậy",
        "ngu thế",
        "ngu ngốc",
        "ngu dữ",
        "quá ngu",
        "bot ngu",
        "đồ vô dụng",
        "vô dụng",
        "đần độn",
    }
    | {
        "dở ẹc",
        "như hạch",
        "như cứt",
        "óc heo",
        "đồ khùng",
        "khùng hả",
        "điên hả",
        "đồ rác",
        "rác rưởi",
        "cút đi",
    }
    | {"má mày", "cha mày", "đồ điên", "mất dạy", "chó má", "khốn nạn", "dit me", "du ma", "oc cho"}
)
_FOR = "giúp|giùm|dùm|hộ|cho"
_ERRAND = re.compile(
    rf"(?:^|[.!?]|\b(?:{_FOR}|nhờ|hãy|bạn|em|bot|ad)) *"
    r"(?:viết|soạn|sáng tác|lập trình|code|vẽ|dịch|giải|sửa)"
    rf"(?: (?:{_FOR}|tôi|em|mình|tui|một|vài|đoạn|bài))*"
    r" (?:code|mã|mã nguồn|script|thơ|hát|vè|truyện|văn|phát biểu|thư|đơn|cv|email|logo|toán|tập|poster|slide"
    r"|(?:\w+ ){0,4}sang tiếng)\b",
    re.IGNORECASE,
)
_OTHER_WORDS = 4  # beyond these the message says something that deserves an answer


def is_abuse(message: Message) -> bool:
    """True when a message holds little more than rude words; a question with a curse stays a question."""
    words = syllables(unify_tones(message.typed))
    asks_nothing = message.intent in ("chitchat", "out_of_scope") and not message.entities
    # As typed, and with its slips mended; with marks that were guessed only where nothing is asked.
    texts = [words, syllables(message.text)] if asks_nothing or not message.restored else [words]
    rude = [phrase for phrase in _RUDE if any(f" {phrase} " in f" {' '.join(text)} " for text in texts)]
    return bool(rude) and (asks_nothing or len(words) - len(rude[0].split()) <= _OTHER_WORDS)


def is_errand(message: Message) -> bool:
    """True when something is to be made that is no answer: code, a poem, a letter, a translation."""
    return _ERRAND.search(message.text) is not None


def answer_abuse(dialogue: Dialogue) -> Reply:
    """A calm word, and the way to complain."""
    text = (
        "Dạ, em xin lỗi nếu làm anh chị bực. Anh chị cần hỏi gì về kế hoạch của tỉnh, hoặc muốn gửi góp ý, "
        "cứ nhắn em nhé."
    )
    return said(Status.OUT_OF_SCOPE, text, dialogue, (Suggestion("Gửi góp ý", "Tôi muốn gửi góp ý"),))
