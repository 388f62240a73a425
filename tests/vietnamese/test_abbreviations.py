import pytest

from vietnamese import expand, is_abbreviation, same_name


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("Sở TT&TT", "Sở Thông tin và Truyền thông"),
        ("sở tttt", "sở Thông tin và Truyền thông"),
        ("so tttt", "so Thông tin và Truyền thông"),
        ("sở nn lo htx", "sở Nông nghiệp và Phát triển nông thôn lo hợp tác xã"),
        ("Sở NN&PTNT", "Sở Nông nghiệp và Phát triển nông thôn"),
        ("sở kh&cn", "sở Khoa học và Công nghệ"),
        ("UBND tỉnh", "Ủy ban nhân dân tỉnh"),
        ("tmdt và tmđt", "thương mại điện tử và thương mại điện tử"),
        ("DNNVV dùng DVCTT", "doanh nghiệp nhỏ và vừa dùng dịch vụ công trực tuyến"),
        ("QĐ 206", "Quyết định 206"),
        ("kh 54 và kh năm 2024", "Kế hoạch 54 và Kế hoạch năm 2024"),
        ("Sở LĐTBXH", "Sở Lao động - Thương binh và Xã hội"),
    ],
)
def test_expand(short: str, full: str) -> None:
    assert expand(short) == full
    assert expand(full) == full


@pytest.mark.parametrize(
    "text", ["206/QĐ-UBND", "54/KH-STTTT", "07-NQ/TU", "QĐ-UBND", "OCOP GRDP", "kh", "nn", "nam dn"]
)
def test_left_alone(text: str) -> None:
    assert expand(text) == text


def test_same_name() -> None:
    assert same_name("Sở TT&TT", "sở Thông tin và Truyền thông")
    assert same_name("Sở NN&PTNT", "Sở Nông nghiệp và PTNT")
    assert same_name("Sở LĐTBXH", "sở lao động, thương binh và xã hội")
    assert not same_name("Sở Y tế", "Sở Nội vụ")


def test_is_abbreviation() -> None:
    assert is_abbreviation("UBND")
    assert is_abbreviation("tmdt")
    assert not is_abbreviation("sở")
