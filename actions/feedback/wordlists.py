"""The closed phrases of the form. Folded matching; "=" asks for the accents when a message carries any."""

from __future__ import annotations

from enum import StrEnum

from knowledge.feedback import Topic


def _said(phrases: str) -> tuple[str, ...]:
    """Phrases between commas."""
    return tuple(" ".join(phrase.split()) for phrase in phrases.split(","))


class Meaning(StrEnum):
    """What a short answer says, whatever the step."""

    YES = "yes"
    NO = "no"
    CANCEL = "cancel"
    FORGET = "forget"  # "thôi khỏi": no to what was asked; where nothing can be refused, an end
    SKIP = "skip"
    SEND = "send"
    EDIT = "edit"
    PART_WHAT = "what"
    PART_FIELD = "field"
    PART_PERSON = "person"


PHRASES: dict[Meaning, tuple[str, ...]] = {
    Meaning.YES: _said(
        """
        =có, đồng ý, ok, oke, okê, okie, okey, okay, ô kê, ô kê la, okela, yes, =được, =ừ, ừm, ừa, =ờ,
        uh, um, uhm, ukm, =vâng, =phải, =đúng, chịu, nhất trí, chấp nhận, cho phép, cũng được, cho giữ,
        cho lưu, =giữ, giữ lại, =lưu, lưu lại, cứ giữ, cứ lưu, =chứ, được chứ, tán thành, sẵn sàng, bằng
        lòng, thoải mái, yên tâm, cứ hỏi
        """
    ),
    Meaning.NO: _said(
        """
        không, hông, hổng, hong, khong, =chưa, không đồng ý, không cần, không muốn, không chịu, không
        đâu, không đồng ý đâu, không cần đâu, không cho, không cho phép, không được, không giữ, =đừng,
        đừng giữ, đừng lưu, từ chối, no, nope, ẩn danh, giấu tên, giữ kín, đừng ghi, không ghi, không để
        lại, không lưu, không nên, =chớ
        """
    ),
    Meaning.CANCEL: _said(
        """
        hủy, huỷ, hủy bỏ, hủy góp ý, hủy phản ánh, hủy hết, =dừng, dừng lại, dừng ở đây, =thôi, không
        gửi, không gửi nữa, không gởi, không gởi nữa, không làm nữa, không góp ý nữa, không phản ánh
        nữa, không muốn gửi, không muốn gửi nữa, thôi không gửi, thôi không gửi nữa, thôi không, =ngừng,
        ngưng, thoát, thoát ra, bỏ đi, =bỏ, bỏ hết, xóa đi, xóa hết, xóa bỏ, stop, cancel, exit, quit,
        đừng gửi, đừng gửi nữa, để sau, để khi khác, để bữa khác, bữa khác, không nói nữa, nghỉ, rút
        lại, không khiếu nại nữa, không tiếp tục, thôi nghỉ, thôi để sau, thôi bỏ đi, thôi bỏ qua, đổi ý
        """
    ),
    Meaning.FORGET: _said(
        """
        thôi khỏi, =khỏi, khỏi cần, thôi khỏi cần, khỏi gửi, thôi khỏi gửi, không cần nữa, thôi không
        cần, khỏi đi, thôi khỏi đi
        """
    ),
    Meaning.SKIP: _said(
        """
        bỏ qua, =qua, qua luôn, tiếp, tiếp tục, tiếp theo, next, skip, không, không có, không cần, không
        biết, không nhớ, không rõ, không ghi, không muốn nói, không để lại, miễn, không tiện, không
        muốn, không cho, để trống, =chưa, không nói, bước khác, không nêu, không cung cấp
        """
    ),
    Meaning.SEND: _said(
        """
        =gửi, gởi, gửi đi, gởi đi, gửi luôn, gửi liền, gửi giùm, send, xác nhận, đồng ý gửi, ok gửi,
        nộp, nộp đi, chuyển đi, gửi ngay, =chốt, hoàn tất, gửi phản ánh, gửi góp ý, cứ gửi, đúng hết
        """
    ),
    Meaning.EDIT: _said(
        """
        =sửa, sửa lại, sửa đổi, chỉnh, chỉnh lại, chỉnh sửa, =đổi, đổi lại, viết lại, ghi lại, nhập lại,
        edit, làm lại, sai rồi, chưa đúng, không đúng, =sai, =thêm, bổ sung, muốn sửa, muốn đổi
        """
    ),
    Meaning.PART_WHAT: _said(
        """
        nội dung, =ý, câu chuyện, sự việc, phần chữ, nội dung phản ánh, nội dung góp ý
        """
    ),
    Meaning.PART_FIELD: _said(
        """
        lĩnh vực, lãnh vực, mảng, chủ đề, loại, ngành
        """
    ),
    Meaning.PART_PERSON: _said(
        """
        nơi ở, địa chỉ, chỗ ở, =xã, =phường, xã phường, liên hệ, liên lạc, cách liên hệ, cách liên lạc,
        số điện thoại, điện thoại, email, zalo, nơi ở và liên hệ, thông tin liên hệ, thông tin cá nhân
        """
    ),
}

#: Words that change nothing in a short answer.
FILLERS = frozenset(
    _said(
        """
        da, a, oi, e, em, anh, chi, chu, bac, ban, nhe, nha, nghen, nhen, hen, di, luon, roi, vay, thi,
        toi, tui, minh, giup, gium, dum, ne, ad, nua, cam, on, nhieu, xin, vui, long, muon, la, cu, cai,
        phan, va, the, do, nay, ha
        """
    )
)

TOPIC_PHRASES: dict[Topic, tuple[str, ...]] = {
    Topic.PUBLIC_SERVICE: _said(
        """
        dịch vụ công, một cửa, thủ tục, hồ sơ, hành chính, giấy tờ, ủy ban, cán bộ, công chức, cổng dịch
        vụ, bộ phận một cửa, khai sinh, đất đai, sổ đỏ, hộ khẩu, căn cước, vneid
        """
    ),
    Topic.CONNECTION: _said(
        """
        kết nối, sóng, cáp quang, =mạng, internet, wifi, 4g, 5g, viễn thông, mạng yếu, mạng internet,
        sóng yếu, rớt mạng, nhà mạng, trạm phát sóng, đường truyền, sóng điện thoại
        """
    ),
    Topic.ONLINE_SAFETY: _said(
        """
        thanh toán, lừa đảo, lừa đảo trên mạng, lừa đảo qua mạng, lừa qua mạng, chuyển khoản, ngân hàng,
        bị lừa, lừa tiền, mất tiền, an toàn mạng, quét mã, ví điện tử, không tiền mặt, =lừa, hack
        """
    ),
    Topic.HEALTH: _said(
        """
        y tế, bệnh viện, khám bệnh, trạm y tế, sức khỏe, bác sĩ, bảo hiểm y tế, thuốc, chữa bệnh
        """
    ),
    Topic.EDUCATION: _said(
        """
        giáo dục, trường học, =trường, học sinh, học phí, giáo viên, đào tạo, học hành
        """
    ),
    Topic.FARMING: _said(
        """
        nông nghiệp, ocop, nông sản, nông dân, trồng trọt, chăn nuôi, trái cây, ruộng vườn
        """
    ),
    Topic.ASSISTANT: _said(
        """
        trợ lý, trợ lý này, trợ lý số, chatbot, bot, con bot, app này, trợ lí
        """
    ),
    Topic.OTHER: _said(
        """
        =khác, chuyện khác, lĩnh vực khác, còn lại, không biết, không rõ, không chắc, hổng biết
        """
    ),
}
