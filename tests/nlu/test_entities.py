import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.entities import EntityReader
from vietnamese import normalise


def found(reader: EntityReader, typed: str, name: str) -> list[str]:
    return [entity.value for entity in reader.read(normalise(typed).text) if entity.entity == name]


@pytest.mark.parametrize(
    ("typed", "name", "values"),
    [
        ("ai chủ trì chỉ tiêu OCOP 2024?", "year", ["2024"]),
        ("năm 2023 với năm 2024 khác gì", "year", ["2023", "2024"]),
        ("năm ngoái thì sao", "year", ["relative:-1"]),
        ("năm nay sở nào làm", "year", ["relative:0"]),
        ("ủa vậy năm trước đó thì sao", "year", ["focus:-1"]),
        ("từ 2023 đến 2025 có gì đổi", "year", ["2023", "2025"]),
        ("giai đoạn 2021-2025 làm gì", "year", []),
        ("giai đoạn 2021-2025 làm gì", "period", ["2021-2025"]),
        ("đến năm 2025 kinh tế số chiếm bao nhiêu", "horizon", ["2025"]),
        ("đến năm 2025 kinh tế số chiếm bao nhiêu", "year", []),
        ("mục tiêu 2030 là gì", "horizon", ["2030"]),
        ("kế hoạch 2025 nói gì", "horizon", []),
        ("sở tttt chủ trì gì", "agency", ["so-tttt"]),
        ("con so y te thi sao", "agency", ["so-yt"]),
        ("SVHTTDL được giao gì", "agency", ["so-vhttdl"]),
        ("Tỉnh đoàn tụi tôi năm 2025 phải làm gì", "horizon", []),
        ("tôi năm nay bảy mươi hai tuổi", "year", []),
        ("kế hoạch chuyển đổi số 67 ra đời lúc nào", "document", ["67-kh-ubnd"]),
        ("kế hoạch 54 ai ký", "document", ["54-kh-stttt"]),
        ("quyết định 206/QĐ-UBND ngày nào", "document", ["206-qd-ubnd"]),
        ("quyết định 2808/QĐ-UBND là gì", "reference", ["2808/QĐ-UBND"]),
        ("quyết định 2808 là gì", "reference", ["2808"]),
        ("kế hoạch 2025 là gì", "reference", []),
        ("STT 115 năm 2024", "row", ["115"]),
        ("chỉ tiêu số 3 năm 2024 là gì", "row", ["3"]),
        ("dòng 45 phụ lục 2023", "row", ["45"]),
        ("chỉ tiêu 20% dân mua sắm", "row", []),
        ("cái thứ 2", "ordinal", ["2"]),
        ("1", "ordinal", ["1"]),
        ("chọn số 3", "ordinal", ["3"]),
        ("cái cuối cùng", "ordinal", ["-1"]),
        ("kinh tế số có mấy chỉ tiêu", "pillar", ["economy"]),
        ("khoản 6 mục III", "clause", ["III.6"]),
        ("điểm c nội dung 1.6 mục II kế hoạch 2025", "clause", ["II.1.6.c"]),
        ("đọc mục II.1.6.c", "clause", ["II.1.6.c"]),
        ("điểm đ nội dung 2.2 mục II", "clause", ["II.2.2.đ"]),
    ],
)
def test_closed_things_are_read(reader: EntityReader, typed: str, name: str, values: list[str]) -> None:
    assert found(reader, typed, name) == values


@pytest.mark.parametrize(
    ("typed", "name", "value"),
    [
        ("ai chủ trì vậy", "field", "lead"),
        ("sở nào sẽ được giao đứng ra chủ trì", "field", "lead"),
        ("những ai phối hợp với sở y tế", "field", "coordinator"),
        ("bao nhieu phan tram dan co dien thoai", "field", "target"),
        ("căn cứ văn bản nào", "field", "basis"),
        ("có ghi chú gì không", "field", "note"),
        ("làm năm nào", "field", "years"),
        ("kế hoạch 2025 ai ký", "meta", "signer"),
        ("kế hoạch 54 ban hành ngày nào", "meta", "date"),
        ("có bao nhiêu chỉ tiêu", "ask", "count"),
        ("liệt kê giúp tôi", "ask", "list"),
        ("so với năm 2023 thì sao", "ask", "compare"),
        ("báo cáo trước ngày nào", "ask", "deadline"),
        ("sở tài chính phải làm gì", "ask", "duty"),
        ("OCOP phải không", "ask", "confirm"),
        ("đã đạt được bao nhiêu rồi", "unheld", "result"),
        ("giám đốc sở y tế tên gì", "unheld", "person"),
        ("kinh phí cho việc này là bao nhiêu", "unheld", "budget"),
        ("số điện thoại sở y tế", "unheld", "phone"),
        ("Cần Thơ đặt bao nhiêu", "unheld", "place:Cần Thơ"),
        ("lớp tập huấn khai giảng ngày nào", "unheld", "schedule"),
        ("con số làm được rồi chứ không phải số đặt ra", "unheld", "result"),
        ("kế hoạch 2025 bám theo kế hoạch nào của tỉnh", "meta", "grounds"),
    ],
)
def test_what_is_asked_is_read(reader: EntityReader, typed: str, name: str, value: str) -> None:
    assert value in found(reader, typed, name)


@pytest.mark.parametrize(
    "typed",
    [
        "tỷ lệ thanh toán không dùng tiền mặt bao nhiêu phần trăm",
        "báo cáo kết quả thực hiện gửi cho ai",
        "ai ký kế hoạch 54",
        "sở y tế chủ trì chỉ tiêu nào",
        "mục tiêu năm định hướng thế nào",
    ],
)
def test_held_things_are_not_taken_for_unheld_ones(reader: EntityReader, typed: str) -> None:
    assert found(reader, typed, "unheld") == []


WORDS = ["ai", "sở", "y tế", "2024", "đến", "năm", "2030", "số", "3", "54/KH-STTTT", "%", "điểm c", "mục II"]


@given(st.text(max_size=80) | st.lists(st.sampled_from(WORDS)).map(" ".join))
def test_offsets_point_at_the_words(reader: EntityReader, typed: str) -> None:
    text = normalise(typed).text
    for entity in reader.read(text):
        assert 0 <= entity.start < entity.end <= len(text)
        assert entity.text == text[entity.start : entity.end]
