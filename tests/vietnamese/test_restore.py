import sys
from pathlib import Path

import pytest

from vietnamese import accented_share, fold, restore, syllables
from vietnamese.model import is_vietnamese, syllable_model

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))

SENTENCES = [
    "cơ quan nào chủ trì việc chuẩn hóa mẫu đơn tờ khai năm 2024",
    "tỷ lệ hộ gia đình có cáp quang băng rộng là bao nhiêu phần trăm",
    "bao nhiêu doanh nghiệp nhỏ và vừa sử dụng nền tảng số",
    "sở nào phối hợp với ngân hàng nhà nước về thanh toán không dùng tiền mặt",
    "người dân có hồ sơ sức khỏe điện tử là bao nhiêu",
    "tôi muốn góp ý với lãnh đạo tỉnh",
    "kế hoạch năm 2025 căn cứ quyết định nào của Thủ tướng Chính phủ",
    "tổ công nghệ số cộng đồng hướng dẫn người dân dùng dịch vụ công trực tuyến",
]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_restored(sentence: str) -> None:
    assert restore(fold(sentence)).lower() == sentence.lower()


@pytest.mark.parametrize("sentence", SENTENCES)
def test_accented_text_stays(sentence: str) -> None:
    assert restore(sentence) == sentence


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("sở khoa hoc và công nghệ chủ tri những gì", "sở khoa học và công nghệ chủ trì những gì"),
        ("OCOP nam 2024, QĐ 206/QĐ-UBND", "OCOP năm 2024, QĐ 206/QĐ-UBND"),
        ("Xin chao, toi la can bo xa", "Xin chào, tôi là cán bộ xã"),
        ("bảng chi tieu 2024 có mấy dong", "bảng chỉ tiêu 2024 có mấy dòng"),
        ("wifi o ben xe hu hoài", "wifi ở bến xe hư hoài"),
        ("cai gi", "cái gì"),
    ],
)
def test_partly_accented(typed: str, meant: str) -> None:
    assert restore(typed) == meant


@pytest.mark.parametrize("text", ["can you help me with the tax form", "206/QĐ-UBND", "GRDP", "", "100%"])
def test_left_alone(text: str) -> None:
    assert restore(text) == text


def test_accented_share() -> None:
    assert accented_share("so nao chu tri") == 0
    assert accented_share("sở nào chủ trì") == 1
    assert accented_share("OCOP 2024") == 0


def test_long_text_is_restored_in_runs() -> None:
    text = "co quan nao chu tri " * 150
    assert restore(text) == "cơ quan nào chủ trì " * 150


def test_everyday_questions_are_learned() -> None:
    from build_restorer import accuracy, read_everyday

    share, total = accuracy(read_everyday()[::4], syllable_model())
    assert total > 800
    assert share > 0.97


def test_table_is_built_and_read(tmp_path: Path) -> None:
    from build_restorer import build

    sentence = "con mèo ngủ trên ghế zalo"
    target = tmp_path / "table.tsv.gz"
    model = build([(sentence, 3)] * 3, target)
    assert model.knows("mèo")
    assert model.pair_count("con", "mèo") == 9
    assert "zalo" in model.foreign
    assert restore("con meo ngu tren ghe", model) == "con mèo ngủ trên ghế"
    first = target.read_bytes()
    build([(sentence, 3)] * 3, target)
    assert target.read_bytes() == first


def test_syllables_of_the_table_are_vietnamese() -> None:
    words = [word for word in syllable_model().words if word[0] != "<"]
    assert all(is_vietnamese(word) for word in words)
    assert all(syllables(word) == [word] for word in words)
