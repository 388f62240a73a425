import pytest

from vietnamese import repair


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("doanh nghệp nhỏ", "doanh nghiệp nhỏ"),
        (
            "tập huấn cho tổ công nghệ số cộng đồg trog kế hoạch",
            "tập huấn cho tổ công nghệ số cộng đồng trong kế hoạch",
        ),
        ("người dân đuợc hỗ trợ", "người dân được hỗ trợ"),
        ("hạ tầng đươc đầu tư", "hạ tầng được đầu tư"),
        ("trên nền tản số", "trên nền tảng số"),
        ("thì căng cứ kế hoạch", "thì căn cứ kế hoạch"),
        ("mổi năm báo cáo", "mỗi năm báo cáo"),
        ("tổ công nghê số", "tổ công nghệ số"),
    ],
)
def test_repaired(typed: str, meant: str) -> None:
    assert repair(typed) == meant


@pytest.mark.parametrize(
    "text",
    [
        "Shopee Lazada TikTok website app online",
        "con vịt con gà uống nước",
        "ăn phở với bún bò Huế",
        "206/QĐ-UBND, 15/12, 4G/5G, PL3.D.4",
        "GRDP OCOP STEM UBND",
        "tản mát",
        "alo",
        "Huỳnh Thị Ngọc Diễm ở Tam Bình",
        "quán cà phê lề đường",
        "",
    ],
)
def test_left_alone(text: str) -> None:
    assert repair(text) == text
