"""Greetings, help, thanks, and the limits of the assistant: kind words without facts."""

from __future__ import annotations

from actions.dialogue import Dialogue
from actions.feedback.wording import offered
from actions.reply import Reply, said
from trolyso.answer import Status, Suggestion

EXAMPLES = (
    Suggestion("OCOP lên sàn năm 2024", "ai chủ trì chỉ tiêu OCOP 2024?"),
    Suggestion("Sở Y tế chủ trì gì?", "Sở Y tế chủ trì những chỉ tiêu nào năm 2024?"),
    Suggestion("Nông dân được hỗ trợ gì?", "kế hoạch 2025 có gì cho nông dân?"),
    Suggestion(
        "So sánh 2023 và 2024", "tỷ lệ người dân có hồ sơ sức khỏe điện tử năm 2024 khác gì năm 2023?"
    ),
)
_ABOUT = (
    "Em là Trợ lý số Vĩnh Long, trả lời câu hỏi về các kế hoạch chuyển đổi số, kinh tế số và xã hội số "
    "của tỉnh: chỉ tiêu bao nhiêu, cơ quan nào chủ trì, phối hợp, căn cứ văn bản nào, kế hoạch nói gì. "
    "Câu trả lời nào cũng kèm nguồn; điều gì văn bản không có thì em nói là không có."
)
_TEXTS = {
    "greet": f"Dạ, em chào anh chị, cô chú! {_ABOUT}",
    "help": f"Dạ. {_ABOUT} Anh chị cứ hỏi bằng lời thường ngày, có dấu hay không dấu đều được.",
    "goodbye": "Dạ, em chào anh chị, cô chú. Khi cần cứ nhắn em nghen!",
    "thanks": "Dạ không có chi! Anh chị cần hỏi thêm gì cứ nhắn em nhé.",
    "affirm": "Dạ, em nghe rồi. Anh chị cần hỏi gì thêm cứ nhắn em nhé.",
    "deny": "Dạ, không sao. Anh chị cần hỏi chuyện khác cứ nhắn em nhé.",
    "cancel": "Dạ, ở đây không có gì đang chờ nên không phải hủy gì hết. Anh chị cần hỏi gì cứ nhắn em.",
    "chitchat": "Dạ, em nghe đây. Anh chị cần hỏi gì về kế hoạch chuyển đổi số của tỉnh thì cứ nhắn em nhé.",
}


def answer_talk(intent: str, dialogue: Dialogue) -> Reply:
    """Small talk, with examples of what can be asked."""
    taps = EXAMPLES if intent in ("greet", "help", "chitchat") else ()
    return said(Status.SMALLTALK, _TEXTS.get(intent, _TEXTS["chitchat"]), dialogue, taps)


def answer_out_of_scope(dialogue: Dialogue) -> Reply:
    """Another topic: say what the assistant is for."""
    text = (
        "Dạ, câu này ngoài phạm vi của em. Em chỉ trả lời về các kế hoạch chuyển đổi số, kinh tế số, "
        "xã hội số của tỉnh Vĩnh Long. Anh chị thử hỏi một trong các ví dụ bên dưới nhé."
    )
    return said(Status.OUT_OF_SCOPE, text, dialogue, EXAMPLES)


def answer_feedback(dialogue: Dialogue) -> Reply:
    """A message that may be meant as feedback, where the form has not begun."""
    return Reply(offered(), dialogue)
