"""What the gateway itself says in a messaging channel. Everything about plans comes from the actions."""

from __future__ import annotations

from bot.examples import EXAMPLES
from trolyso.answer import Answer, Status, Suggestion

STILL_LOOKING = Answer(Status.SMALLTALK, "Dạ, em vẫn đang tra cứu, anh chị chờ em thêm chút nhé.")
WELCOME = Answer(
    Status.SMALLTALK,
    "Dạ chào anh chị! Em là trợ lý số của tỉnh Vĩnh Long. Anh chị cứ hỏi bằng lời thường, gõ không dấu cũng "
    "được: chỉ tiêu nào, ai chủ trì, bao nhiêu phần trăm, văn bản nào quy định, hay cách làm một thủ tục "
    "trên mạng.\n\n"
    "Câu trả lời nào em cũng ghi nguồn; điều gì văn bản không có thì em nói là không biết.\n\n"
    "Em chỉ giữ nội dung trò chuyện để hiểu câu hỏi tiếp theo. Xóa lúc nào cũng được: gõ /xoadulieu.",
    suggestions=EXAMPLES[:4],
)
HELP = Answer(
    Status.SMALLTALK,
    "Dạ, anh chị gõ câu hỏi như đang nhắn tin, ví dụ:\n"
    "- ai chủ trì chỉ tiêu OCOP 2024?\n"
    "- so với 2023 thì sao?\n"
    "- Sở Y tế chủ trì những chỉ tiêu nào?\n"
    "- hạn nộp báo cáo là khi nào?\n\n"
    "Các lệnh:\n"
    "- /huongdan: bài hướng dẫn cho bà con (VNeID, dịch vụ công, bán hàng trên mạng, phòng lừa đảo…)\n"
    "- /gopy: gửi góp ý, phản ánh\n"
    "- /xoadulieu: xóa nội dung đã trò chuyện với em\n"
    "- /help: xem lại trang này",
    suggestions=EXAMPLES[:4],
)
FORGOTTEN = Answer(
    Status.SMALLTALK,
    "Dạ, em đã xóa nội dung cuộc trò chuyện này, các lựa chọn đã gửi cũng không còn hiệu lực.\n\n"
    "Góp ý anh chị đã gửi (có mã số) được giữ riêng để cán bộ trả lời; muốn xóa, anh chị báo mã đó cho "
    "cán bộ phụ trách. Tin nhắn nằm trong máy của anh chị thì anh chị tự xóa trong ứng dụng.",
)
_MEDIA = {
    "photo": "hình ảnh",
    "image": "hình ảnh",
    "voice": "tin nhắn thoại",
    "audio": "âm thanh",
    "video": "video",
    "video_note": "video",
    "document": "tệp",
    "location": "vị trí",
    "venue": "địa điểm",
    "contact": "danh thiếp",
}


def media(kind: str) -> Answer:
    """The reply to a message that holds no words."""
    if kind in ("sticker", "animation", "dice"):
        text = "Dạ, em cảm ơn anh chị! Anh chị cần hỏi gì về kế hoạch của tỉnh thì gõ cho em nhé."
    else:
        what = _MEDIA.get(kind, "nội dung này")
        text = f"Dạ, em chưa đọc được {what}. Anh chị gõ câu hỏi bằng chữ giúp em, không dấu cũng được."
    return Answer(Status.UNKNOWN, text, suggestions=EXAMPLES[:2])


def too_fast(seconds: int) -> Answer:
    """The reply to a person who writes more than the limit; `seconds` until the next message is read."""
    return Answer(
        Status.SMALLTALK,
        "Dạ, anh chị nhắn nhanh quá nên em chưa đọc kịp. "
        f"Anh chị chờ khoảng {seconds} giây rồi gửi lại câu hỏi giúp em nhé.",
    )


def failed(message: str) -> Answer:
    """The reply when there is no answer to give; `message` says why in Vietnamese."""
    return Answer(Status.SMALLTALK, message)


# Questions behind the commands that the dialogue itself answers.
ASKED_BY: dict[str, Suggestion] = {
    "huongdan": Suggestion("Hướng dẫn", "Có những bài hướng dẫn nào?"),
    "gopy": Suggestion("Góp ý", "Tôi muốn gửi góp ý"),
}
