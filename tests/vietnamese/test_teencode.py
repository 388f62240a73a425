import pytest

from vietnamese import expand_teencode, standardise_dialect


@pytest.mark.parametrize(
    ("typed", "standard"),
    [
        ("ko bik tk j z", "không biết tài khoản gì vậy"),
        ("sở nào chủ trì v ạ", "sở nào chủ trì vậy ạ"),
        ("sv zới gv dc hỗ trợ ntn", "sinh viên với giáo viên được hỗ trợ như thế nào"),
        ("bn phần trăm", "bạn phần trăm"),
        ("là bn phần trăm", "là bao nhiêu phần trăm"),
        ("bi nhiu", "bao nhiêu"),
        ("bao nhiu hộ", "bao nhiêu hộ"),
        ("trước h nhữg ai", "trước giờ những ai"),
        ("dk tài khoản ở đâu", "đăng ký tài khoản ở đâu"),
        ("phối hợp zới ai", "phối hợp với ai"),
        ("làm xong r", "làm xong rồi"),
        ("co hong vay", "co không vay"),
        ("Ko có", "Không có"),
    ],
)
def test_teencode(typed: str, standard: str) -> None:
    assert expand_teencode(typed) == standard


@pytest.mark.parametrize(
    "text",
    ["giá 4k", "100 k", "K1 và PL3", "V. TỔ CHỨC", "mặt trời màu hồng", "bao nhiêu", "điểm e) mục 2"],
)
def test_left_alone(text: str) -> None:
    assert expand_teencode(text) == text


@pytest.mark.parametrize(
    ("southern", "standard"),
    [
        ("tui coi toa thuốc", "tôi xem đơn thuốc"),
        ("chừng nào mới xài được dzậy", "khi nào mới dùng được vậy"),
        ("bữa nay vô mạng hông được", "hôm nay vào mạng không được"),
        ("quản lí với tỉ lệ", "quản lý với tỷ lệ"),
        ("bao nhiêu dậy", "bao nhiêu vậy"),
    ],
)
def test_dialect(southern: str, standard: str) -> None:
    assert standardise_dialect(southern) == standard


@pytest.mark.parametrize(
    "text", ["coi trọng chất lượng", "biểu mẫu", "thiệt hại", "vô hiệu", "thức dậy", "tòa nhà"]
)
def test_standard_words_stay(text: str) -> None:
    assert standardise_dialect(text) == text
