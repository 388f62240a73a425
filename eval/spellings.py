"""Other words for the same question: chat spellings, southern words, abbreviations of offices."""

from __future__ import annotations

import random
import re

from vietnamese.wordlists import table

#: How likely a phrase that has another spelling is written so.
_OFTEN = 0.8

_TEENCODE = {
    "không": "ko k hok kh khum hong",
    "được": "dc đc đx",
    "bao nhiêu": "bn bnhiu bnhiêu",
    "gì": "j ji",
    "vậy": "z v zậy",
    "với": "vs",
    "như thế nào": "ntn",
    "thế nào": "tnao",
    "người": "ng ngừi",
    "người ta": "ngta",
    "mình": "mk mik",
    "doanh nghiệp": "dn",
    "thông tin": "ttin",
    "trước": "trc",
    "cũng": "cx cg",
    "đang": "đg",
    "biết": "bít bik",
    "rồi": "r rùi",
    "làm": "lm",
    "quản lý": "qly",
    "đơn vị": "đvi dvi",
    "hướng dẫn": "hdan",
    "đăng ký": "đki đk",
    "điện thoại": "đt đthoại",
    "học sinh": "hs",
    "sinh viên": "sv",
    "giáo viên": "gv",
    "tài khoản": "tk",
    "nhiều": "nhìu",
    "trong": "trog",
    "phần trăm": "%",
    "hóa đơn": "hđ",
    "dịch vụ": "dv",
    "điện tử": "đtử",
    "giờ": "h",
    "em": "e",
    "anh": "a",
    "luôn": "lun",
    "bệnh viện": "bv",
    "công ty": "cty",
    "kết quả": "kquả",
    "quyết định": "qđịnh qđ",
    "kế hoạch": "khoạch kh",
    "mọi người": "mn",
    "muốn": "mún",
    "thích": "thik",
    "bạn": "b bn",
    "phải": "fải",
    "những": "nhg nhữg",
    "nhưng": "nhg",
    "chuyển đổi": "cđổi",
    "thì": "thỳ",
    "cho": "cko",
}
_SOUTHERN = {
    "bao nhiêu": "nhiêu bi|nhiêu nhiêu",
    "không": "hông hông hổng",
    "vậy": "dzậy dậy zậy",
    "tôi": "tui",
    "mình": "mình tụi|mình",
    "xem": "coi",
    "sử dụng": "xài",
    "dùng": "xài",
    "vào": "vô",
    "như thế nào": "sao làm|sao ra|sao",
    "thế nào": "sao ra|sao",
    "khi nào": "chừng|nào",
    "bao giờ": "chừng|nào",
    "hôm nay": "bữa|nay",
    "thật": "thiệt",
    "nhanh": "lẹ",
    "bệnh": "bịnh",
    "chính": "chánh",
    "nhất": "nhứt",
    "giúp": "giùm dùm",
    "tất cả": "hết|thảy",
    "nhé": "nghen",
    "người dân": "bà|con",
    "làm": "mần làm",
    "này": "nầy này",
    "gì": "gì giống|gì",
    "những": "mấy",
    "các": "mấy",
    "thuê": "mướn",
    "bạn": "cưng bạn",
}
_ENDINGS = ("", "", " dzậy", " nghen", " hả", " vậy ta", " ha")

#: "phrase = spelling spelling": a blank inside a spelling is written as "|".
_ABBREVIATIONS = table("""
TMĐT tmđt tmdt = thương mại điện tử
CĐS cđs = chuyển đổi số
CNTT cntt = công nghệ thông tin
HTX htx = hợp tác xã
DVC dvc = dịch vụ công
TTHC tthc = thủ tục hành chính
DNNVV|DNNVV DN|NVV = doanh nghiệp nhỏ và vừa
DN dn = doanh nghiệp
UBND ubnd = ủy ban nhân dân
ATTT attt = an toàn thông tin
CQNN = cơ quan nhà nước
KTS kts = kinh tế số
XHS = xã hội số
CQS = chính quyền số
HSSK = hồ sơ sức khỏe
TTKDTM = thanh toán không dùng tiền mặt
CBCCVC = cán bộ, công chức, viên chức
CBCC = cán bộ, công chức
CSDL = cơ sở dữ liệu
CT = chỉ tiêu
KH kh = kế hoạch
QĐ qđ = quyết định
PH = phối hợp
ĐV đv = đơn vị
CQ = cơ quan
BV = bệnh viện
NH = ngân hàng
HS = học sinh
SV = sinh viên
ĐH = đại học
NSLĐ = năng suất lao động
TTr = tờ trình
VP = văn phòng
TXNG = truy xuất nguồn gốc
THPT = trung học phổ thông
ĐBSCL = đồng bằng sông cửu long
Sở|TTTT sở|tttt Sở|TT&TT = sở thông tin và truyền thông
Sở|KHCN sở|khcn Sở|KH&CN = sở khoa học và công nghệ
sở|nông|nghiệp sở|nn Sở|NN&PTNT = sở nông nghiệp và phát triển nông thôn
sở|nnmt Sở|NN&MT = sở nông nghiệp và môi trường
Sở|LĐTBXH sở|lđ = sở lao động - thương binh và xã hội
SYT sở|yt = sở y tế
SCT sở|ct = sở công thương
SGDĐT sở|gd = sở giáo dục và đào tạo
CA = công an
NHNN = ngân hàng nhà nước
""")


def teencode(text: str, chance: random.Random) -> str:
    """Chat spellings, in lower case: "bao nhiêu phần trăm vậy" → "bn % z"."""
    return _swapped(text[:1].lower() + text[1:], _choices(_TEENCODE), chance)


def southern(text: str, chance: random.Random) -> str:
    """The words of the Mekong delta, often with a particle at the end: "không" → "hông"."""
    body = text.rstrip("?!. ")
    return _swapped(body, _choices(_SOUTHERN), chance) + chance.choice(_ENDINGS) + text[len(body) :]


def abbreviations(text: str, chance: random.Random) -> str:
    """Names and terms as offices shorten them: "thương mại điện tử" → "TMĐT"."""
    choices: dict[str, list[str]] = {}
    for spelling, phrase in _ABBREVIATIONS.items():
        choices.setdefault(phrase, []).append(spelling.replace("|", " "))
    return _swapped(text, choices, chance)


def _choices(spellings: dict[str, str]) -> dict[str, list[str]]:
    return {phrase: [one.replace("|", " ") for one in found.split()] for phrase, found in spellings.items()}


def _swapped(text: str, choices: dict[str, list[str]], chance: random.Random) -> str:
    longest_first = sorted(choices, key=len, reverse=True)
    pattern = re.compile(rf"\b({'|'.join(map(re.escape, longest_first))})\b", re.IGNORECASE)

    def swap(found: re.Match[str]) -> str:
        return chance.choice(choices[found[0].lower()]) if chance.random() < _OFTEN else found[0]

    return pattern.sub(swap, text)
