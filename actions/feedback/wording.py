"""What the form says at each step, and at its end."""

from __future__ import annotations

from datetime import timedelta, timezone

from actions.feedback.draft import Draft, Note, Step
from actions.wording import numbered
from knowledge.feedback import STATUS_NAMES, TOPIC_NAMES, Ticket, Topic
from knowledge.masking import MASK
from trolyso.answer import Answer, Status, Suggestion

_CANCEL = Suggestion("Hủy", "hủy")
_SKIP = (Suggestion("Bỏ qua", "bỏ qua"), _CANCEL)
_FIELDS = tuple(Suggestion(TOPIC_NAMES[topic], TOPIC_NAMES[topic].lower()) for topic in Topic)
_AGREE = (Suggestion("Đồng ý", "đồng ý"), Suggestion("Không", "không"), _CANCEL)
_SEND = (Suggestion("Gửi", "gửi"), Suggestion("Sửa", "sửa"), _CANCEL)
_PARTS = (
    Suggestion("Sửa nội dung", "sửa nội dung"),
    Suggestion("Sửa lĩnh vực", "sửa lĩnh vực"),
    Suggestion("Sửa nơi ở, liên hệ", "sửa nơi ở và liên hệ"),
    Suggestion("Gửi", "gửi"),
    _CANCEL,
)
START = (Suggestion("Gửi góp ý", "tôi muốn góp ý"),)
_CHANNELS = (
    "Việc gấp hoặc cần cơ quan trả lời chính thức, anh chị gửi ở Cổng Dịch vụ công quốc gia "
    "(dichvucong.gov.vn, mục Phản ánh kiến nghị), ứng dụng Smart Vĩnh Long hoặc bộ phận một cửa nơi mình ở."
)
_WARNING = "Xin đừng ghi số căn cước, số thẻ, mật khẩu hay mã OTP."
_WHY = (
    "Dạ, chỉ cán bộ xử lý phản ánh này đọc được, chỉ để trả lời anh chị; anh chị yêu cầu xóa thì cán bộ xóa."
)
_VIETNAM = timezone(timedelta(hours=7))
_SHOWN = 300


def ask(step: Step, draft: Draft) -> Answer:
    """The open question of the form, said in the way that its note asks for."""
    text, taps = _ASK[step](draft)
    return Answer(Status.FEEDBACK, text, taps)


def _ask_what(draft: Draft) -> tuple[str, tuple[Suggestion, ...]]:
    if draft.note is Note.TOO_SHORT:
        text = "Dạ, ngắn quá em chưa hiểu. Anh chị kể thêm giúp em: chuyện gì, ở đâu, từ khi nào?"
    elif draft.note is Note.RESUMED:
        text = "Dạ, mình nói tiếp góp ý nghen: anh chị muốn góp ý, phản ánh chuyện gì?"
    else:
        text = "Dạ, em nghe. Anh chị muốn góp ý, phản ánh chuyện gì? Anh chị cứ kể bằng lời thường ngày."
    return f"{text}\n{_WARNING} Muốn dừng thì nhắn “hủy”.", (_CANCEL,)


def _ask_field(draft: Draft) -> tuple[str, tuple[Suggestion, ...]]:
    lead = {
        Note.UNCLEAR: "Dạ, em chưa rõ anh chị chọn mục nào.",
        Note.ADDED: "Dạ, em ghi thêm vào nội dung rồi.",
        Note.RESUMED: "Dạ, mình nói tiếp góp ý nghen.",
    }.get(draft.note or Note.WHY, "Dạ, em ghi rồi." + _masked(draft))
    names = [TOPIC_NAMES[topic] for topic in Topic]
    text = f"{lead} Chuyện này thuộc lĩnh vực nào? Anh chị bấm, nhắn số hoặc nhắn tên:\n{numbered(names)}"
    return text, (*_FIELDS, _CANCEL)


def _ask_consent(draft: Draft) -> tuple[str, tuple[Suggestion, ...]]:
    lead = {
        Note.UNCLEAR: "Dạ, chuyện này em cần anh chị nói rõ: “đồng ý” hay “không”.",
        Note.RESUMED: "Dạ, mình nói tiếp góp ý nghen.",
        Note.WHY: _WHY,
    }.get(draft.note or Note.ADDED, "Dạ.")
    text = (
        f"{lead} Anh chị có đồng ý cho em giữ xã/phường nơi ở và cách liên hệ, chỉ để cán bộ trả lời "
        "phản ánh này không? Không đồng ý thì em vẫn gửi phản ánh, không kèm tên tuổi."
    )
    return text, _AGREE


def _ask_place(draft: Draft) -> tuple[str, tuple[Suggestion, ...]]:
    return f"{_lead(draft)}Anh chị ở xã, phường nào? Không muốn nói thì nhắn “bỏ qua”.", _SKIP


def _ask_contact(draft: Draft) -> tuple[str, tuple[Suggestion, ...]]:
    text = "Cán bộ liên hệ anh chị qua đâu: số điện thoại, Zalo hay email? Không muốn nói thì nhắn “bỏ qua”."
    return _lead(draft) + text, _SKIP


def _ask_review(draft: Draft) -> tuple[str, tuple[Suggestion, ...]]:
    if draft.note is Note.WHICH_PART:
        return "Dạ, anh chị muốn sửa phần nào: nội dung, lĩnh vực, hay nơi ở và liên hệ?", _PARTS
    lead = "Dạ, em chưa rõ ý anh chị." if draft.note is Note.UNCLEAR else "Dạ, em tóm lại:"
    ask_back = "Anh chị nhắn “gửi” để gửi, “sửa” để sửa, “hủy” để bỏ."
    return "\n".join([lead, *_summary(draft), ask_back + _masked(draft)]), _SEND


def _summary(draft: Draft) -> list[str]:
    lines = [
        f"• Nội dung: {_short(draft.what or '')}",
        f"• Lĩnh vực: {TOPIC_NAMES[draft.field or Topic.OTHER]}",
    ]
    if not draft.consent:
        return [*lines, "• Nơi ở, liên hệ: không giữ"]
    return [
        *lines,
        f"• Nơi ở: {draft.place or 'không ghi'}",
        f"• Liên hệ: {draft.contact or 'không ghi'}",
    ]


_ASK = {
    Step.WHAT: _ask_what,
    Step.FIELD: _ask_field,
    Step.CONSENT: _ask_consent,
    Step.PLACE: _ask_place,
    Step.CONTACT: _ask_contact,
    Step.REVIEW: _ask_review,
}


def sent(ticket: Ticket) -> Answer:
    """The ticket is kept: its code, how to ask for it, and the official channels."""
    question = f"phản ánh {ticket.code} tới đâu rồi?"
    text = (
        f"Dạ, em đã ghi nhận để cán bộ đọc và trả lời. Mã phản ánh của anh chị: {ticket.code}\n"
        f"Anh chị giữ mã này; muốn biết kết quả thì nhắn “{question}”.\n{_CHANNELS}"
    )
    return Answer(Status.FEEDBACK, text, (Suggestion("Xem tình trạng", question),))


def not_kept() -> Answer:
    """The database failed: nothing is lost yet, and nothing is promised."""
    text = (
        "Dạ, em chưa lưu được phản ánh vì hệ thống đang trục trặc, nên chưa có mã. Nội dung vẫn còn ở đây, "
        f"anh chị thử nhắn “gửi” lại sau ít phút giúp em.\n{_CHANNELS}"
    )
    return Answer(Status.FEEDBACK, text)


def cancelled() -> Answer:
    """The person stopped: nothing is kept."""
    text = "Dạ, em đã hủy, không giữ lại gì hết. Khi nào muốn góp ý, anh chị cứ nhắn “tôi muốn góp ý”."
    return Answer(Status.FEEDBACK, text, START)


def offered() -> Answer:
    """A message that may be meant as feedback: how to start it."""
    text = (
        "Dạ, anh chị muốn gửi góp ý, phản ánh phải không? Nhắn “tôi muốn góp ý” là em ghi lại để cán bộ "
        "đọc và trả lời."
    )
    return Answer(Status.FEEDBACK, text, START)


def state_of(ticket: Ticket) -> Answer:
    """How far a ticket has come, with the last answers of the staff."""
    head = (
        f"Dạ, phản ánh {ticket.code} (gửi ngày {ticket.created.astimezone(_VIETNAM):%d/%m/%Y}, lĩnh vực "
        f"{TOPIC_NAMES[ticket.topic]}): {STATUS_NAMES[ticket.status]}."
    )
    replies = [
        f"Trả lời ngày {reply.at.astimezone(_VIETNAM):%d/%m/%Y}: {reply.text}" for reply in ticket.replies
    ]
    waiting = [] if replies else ["Chưa có trả lời. Anh chị hỏi lại bằng mã này lúc nào cũng được nhé."]
    return Answer(Status.FEEDBACK, "\n".join([head, *replies, *waiting]))


def no_such_ticket(said: str) -> Answer:
    """The code is held by no ticket."""
    text = (
        f"Dạ, em không thấy phản ánh nào có mã {said}. Anh chị xem lại mã giúp em: mã có 8 chữ và số, như "
        "K7QM-3XTH, em báo lúc gửi xong. Mất mã thì em không tra được, anh chị gửi lại góp ý mới giúp em nhé."
    )
    return Answer(Status.FEEDBACK, text, START)


def which_ticket() -> Answer:
    """Somebody asks for a ticket without its code."""
    text = (
        "Dạ, anh chị nhắn giúp em mã phản ánh (8 chữ và số, như K7QM-3XTH). Em chỉ tra theo mã, để không "
        "ai xem được phản ánh của người khác."
    )
    return Answer(Status.FEEDBACK, text, START)


def _masked(draft: Draft) -> str:
    hidden = any(MASK in (text or "") for text in (draft.what, draft.place, draft.contact))
    return " Số giấy tờ, số thẻ hay mật khẩu thì em đã che lại." if hidden else ""


def _lead(draft: Draft) -> str:
    if draft.note is Note.WHY:
        return f"{_WHY} "
    return "Dạ, mình nói tiếp góp ý nghen. " if draft.note is Note.RESUMED else "Dạ. "


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1].rstrip() + "…"
