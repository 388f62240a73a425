import pytest

from vietnamese import repair
from vietnamese.model import syllable_model
from vietnamese.spelling import meant_by


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
        ("sở nào chủ chì", "sở nào chủ trì"),
        ("doanh nghiệp chong tỉnh làm gì", "doanh nghiệp trong tỉnh làm gì"),
        ("cơ qyan nào pối hợp", "cơ quan nào phối hợp"),
        ("có ghi ch gì không", "có ghi chú gì không"),
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


@pytest.mark.parametrize(
    ("typed", "meant", "nearer_than"),
    [("mổi", "mỗi", "mọi"), ("chung", "trung", "thung"), ("căng", "căn", "cần")],
)
def test_likelier_slips_cost_less(typed: str, meant: str, nearer_than: str) -> None:
    cost = {word: cost for word, _, cost in meant_by(typed, syllable_model())}
    assert cost[meant] < cost.get(nearer_than, 99)


def test_a_word_is_no_slip_for_itself() -> None:
    assert all(word != "chủ" for word, _, _ in meant_by("chủ", syllable_model()))
