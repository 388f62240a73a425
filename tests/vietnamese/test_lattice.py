import pytest

from vietnamese import shorthand
from vietnamese.alternatives import ABBREVIATIONS, RESTORE, SPACING, SPELLING
from vietnamese.lattice import looks_foreign, read
from vietnamese.model import syllable_model


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("dn nhỏ vs vừa", "doanh nghiệp nhỏ và vừa"),
        ("đv nào ph vs sở y tế", "đơn vị nào phối hợp với sở y tế"),
        ("dn trong tỉnh phải làm gì", "doanh nghiệp trong tỉnh phải làm gì"),
        ("dn làm gì", "doanh nghiệp làm gì"),
        ("đv nào PH?", "đơn vị nào phối hợp?"),
        ("do sở nào CT?", "do sở nào chủ trì?"),
        ("CT về an toàn thông tin 2024?", "chỉ tiêu về an toàn thông tin 2024?"),
        ("tăng cường kn số cơ bản", "tăng cường kỹ năng số cơ bản"),
        ("TT không dùng TM trong trường học", "thanh toán không dùng tiền mặt trong trường học"),
        ("hóa đơn đt 2024", "hóa đơn điện tử 2024"),
        ("đặt nhiêu phần trăm", "đặt bao nhiêu phần trăm"),
    ],
)
def test_abbreviations_are_read_in_context(typed: str, meant: str) -> None:
    assert read(typed) == (meant, [ABBREVIATIONS])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("sởnào chủtrì", "sở nào chủ trì"),
        ("chỉ tiêumàSở Y tế chủ trì", "chỉ tiêu mà sở Y tế chủ trì"),
        ("hồi năm2023, ứng dụng diđộng", "hồi năm 2023, ứng dụng di động"),
        ("kế hoạch 2024giao cho ai", "kế hoạch 2024 giao cho ai"),
    ],
)
def test_glued_words_are_parted(typed: str, meant: str) -> None:
    assert read(typed) == (meant, [SPACING])


def test_every_way_of_typing_at_once() -> None:
    typed = "sởnào ct chi tieu OCOP nawm 2024, cơ qyan nào PH?"
    text, steps = read(typed)
    assert text == "sở nào chủ trì chỉ tiêu OCOP năm 2024, cơ quan nào phối hợp?"
    assert set(steps) == {SPACING, ABBREVIATIONS, RESTORE, SPELLING}


def test_only_the_steps_that_are_asked_for() -> None:
    assert read("sởnào chu tri", frozenset({RESTORE}))[0].startswith("sởnào")
    assert read("dn nho", frozenset({SPELLING}))[0] == "dn nho"


@pytest.mark.parametrize("text", ["can you help me with the tax form", "", "206/QĐ-UBND", "?!"])
def test_left_alone(text: str) -> None:
    assert read(text) == (text, [])


def test_looks_foreign() -> None:
    assert looks_foreign("can you help me with this")
    assert not looks_foreign("chi tieu nam nay la gi")


def test_shorthand_is_never_a_syllable() -> None:
    model = syllable_model()
    names = {"ct", "dn", "kh", "đv", "ph", "tt", "hs", "đt"}
    assert all(shorthand.readings(name) and not model.knows(name) for name in names)
    assert shorthand.readings("sở") == ()
    costs = [cost for _, cost in shorthand.readings("ct")]
    assert costs == sorted(costs)
    assert costs[0] == 0
