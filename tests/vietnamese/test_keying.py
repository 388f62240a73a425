import pytest

from vietnamese import decode
from vietnamese.keying import decode_telex, decode_vni, is_keyed


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("doanh nghieepj nhor vaf vuwaf maays phaanf trawm", "doanh nghiệp nhỏ và vừa mấy phần trăm"),
        ("ai chu3 tri2 chi3 tie6u OCOP na8m 2024 va6y5", "ai chủ trì chỉ tiêu OCOP năm 2024 vậy"),
        ("so73 nao2 chu3 tri2 thi5 tru7o7ng2 lao d9o65ng", "sở nào chủ trì thị trường lao động"),
        ("chir tieeu soos 80 laf gif", "chỉ tiêu số 80 là gì"),
        ("Tooi muoosn hoir veef 4G", "Tôi muốn hỏi về 4G"),
        ("ddoo thij thoong minh", "đô thị thông minh"),
        ("năm nay sở nào lo vaayj", "năm nay sở nào lo vậy"),
        ("sowr naof lo dzaayj", "sở nào lo dzậy"),
        ("so73 na2o lo dza6y5", "sở nào lo dzậy"),
        ("kees hoachj TMDDT nawm 2024", "kế hoạch TMĐT năm 2024"),
        ("giasm ddoosc teen gif", "giám đốc tên gì"),
    ],
)
def test_decoded(typed: str, meant: str) -> None:
    assert decode(typed) == meant


@pytest.mark.parametrize(
    "text",
    [
        "Shopee website app OCOP Internet wifi STEM",
        "chi tieu so 3 nam 2024 la bao nhieu",
        "QĐ 206/QĐ-UBND, PL3, 4G/5G, K1, F0, A4",
        "co2 trong khong khi",
        "see the new website for your tax form please",
        "mua do tren shopee lazada tiktok",
        "Chỉ tiêu năm 2024 về thương mại điện tử",
        "covid19 top5 mp3 web3",
        "",
    ],
)
def test_left_alone(text: str) -> None:
    assert decode(text) == text


@pytest.mark.parametrize(
    ("keys", "word"),
    [
        ("truwowngf", "trường"),
        ("truongwf", "trường"),
        ("tru73", "trử"),
        ("dduwowcj", "được"),
        ("hoaf", "hòa"),
        ("quys", "quý"),
        ("thuowr", "thuở"),
        ("blog", None),
    ],
)
def test_keys_at_any_place(keys: str, word: str | None) -> None:
    assert (decode_vni(keys) if any(map(str.isdigit, keys)) else decode_telex(keys)) == word


@pytest.mark.parametrize(
    ("word", "keyed"), [("leej", True), ("le65", True), ("ocop", False), ("truy", False)]
)
def test_is_keyed(word: str, keyed: bool) -> None:
    assert is_keyed(word) is keyed


@pytest.mark.parametrize(("keys", "word"), [("truong72", "trường"), ("d9uoc75", "được"), ("nam2024", None)])
def test_digits_at_the_end(keys: str, word: str | None) -> None:
    assert decode_vni(keys) == word
