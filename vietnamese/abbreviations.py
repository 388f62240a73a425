"""Administrative abbreviations written out, and compared ("Sở NN&PTNT" = "Sở Nông nghiệp và PTNT").

An abbreviation is read where it is one: in capitals, in lower case when no Vietnamese word looks
like it ("tmđt", "htx"), or after a word that asks for it ("sở nn"). Document numbers stay whole.
"""

from __future__ import annotations

import re
from functools import cache

from vietnamese.text import Token, fold, substitute, tokens, unify_tones
from vietnamese.wordlists import table

#: Read wherever they stand in capitals; in lower case too, marks left out or not.
_CLEAR = table("""
UBND = Ủy ban nhân dân
HĐND = Hội đồng nhân dân
TMĐT = thương mại điện tử
CĐS = chuyển đổi số
CNTT = công nghệ thông tin
CNTT-TT CNTT&TT = công nghệ thông tin và truyền thông
DVC = dịch vụ công
DVCTT = dịch vụ công trực tuyến
HTX = hợp tác xã
TTHC = thủ tục hành chính
CSDL = cơ sở dữ liệu
CSDLQG = cơ sở dữ liệu quốc gia
ATTT = an toàn thông tin
ANM = an ninh mạng
TTTT TT&TT = Thông tin và Truyền thông
KHĐT KH&ĐT = Kế hoạch và Đầu tư
KHCN KH&CN = Khoa học và Công nghệ
NNPTNT NN&PTNT NN-PTNT = Nông nghiệp và Phát triển nông thôn
NNMT NN&MT = Nông nghiệp và Môi trường
PTNT = phát triển nông thôn
LĐTBXH LĐTB&XH LĐ-TBXH LĐ-TB&XH LĐTB-XH = Lao động - Thương binh và Xã hội
GDĐT GD&ĐT GD-ĐT = Giáo dục và Đào tạo
VHTTDL VHTT&DL VH-TT&DL = Văn hóa, Thể thao và Du lịch
TNMT TN&MT = Tài nguyên và Môi trường
GTVT = Giao thông vận tải
NHNN = Ngân hàng Nhà nước
THPT PTTH = trung học phổ thông
THCS = trung học cơ sở
DNNVV DNVVN DNVN&V SME SMEs = doanh nghiệp nhỏ và vừa
KTS = kinh tế số
XHS = xã hội số
CQS = chính quyền số
KTXH KT-XH = kinh tế - xã hội
BHXH = bảo hiểm xã hội
BHYT = bảo hiểm y tế
TTKDTM = thanh toán không dùng tiền mặt
KDTM = không dùng tiền mặt
CCCD = căn cước công dân
CMND = chứng minh nhân dân
HSSK = hồ sơ sức khỏe
HSBA = hồ sơ bệnh án
TYT = trạm y tế
TTYT = trung tâm y tế
KCB = khám chữa bệnh
ĐTTM = đô thị thông minh
HKD = hộ kinh doanh
GDNN = giáo dục nghề nghiệp
CQĐT = chính quyền điện tử
HSSKĐT = hồ sơ sức khỏe điện tử
BAĐT = bệnh án điện tử
NVV = nhỏ và vừa
BCVT = bưu chính viễn thông
BCCI = bưu chính công ích
CBCC = cán bộ, công chức
CBCCVC = cán bộ, công chức, viên chức
CCVC = công chức, viên chức
QLNN = quản lý nhà nước
CCHC = cải cách hành chính
ĐMST = đổi mới sáng tạo
KNĐMST = khởi nghiệp đổi mới sáng tạo
CNSCĐ = công nghệ số cộng đồng
TCNSCĐ = Tổ công nghệ số cộng đồng
SXKD = sản xuất kinh doanh
VSATTP = vệ sinh an toàn thực phẩm
ATTP = an toàn thực phẩm
TXNG = truy xuất nguồn gốc
HĐĐT = hóa đơn điện tử
CKS = chữ ký số
VBQPPL = văn bản quy phạm pháp luật
ĐBSCL = đồng bằng sông Cửu Long
TPVL = thành phố Vĩnh Long
TTCP = Thủ tướng Chính phủ
TTPVHCC = Trung tâm Phục vụ hành chính công
TTPVHCC&KSTTHC = Trung tâm Phục vụ hành chính công
MTTQ = Mặt trận Tổ quốc
LHPN = Liên hiệp Phụ nữ
""")

#: Read in capitals only: in lower case they are words, or too short to be sure of.
_CAPITALS = table("""
QĐ = Quyết định
KH = Kế hoạch
NQ = Nghị quyết
TTr = Tờ trình
NĐ = Nghị định
PL = Phụ lục
ĐH = đại học
TP = thành phố
TX = thị xã
VP = Văn phòng
NSNN = ngân sách nhà nước
CQNN = cơ quan nhà nước
CP = Chính phủ
NTM = nông thôn mới
XH = xã hội
KT = kinh tế
""")

#: What may follow "sở" in any case (marks left out); the word before decides.
_AFTER_SO = table("""
nn = Nông nghiệp và Phát triển nông thôn
gd = Giáo dục và Đào tạo
tt = Thông tin và Truyền thông
lđ ld lđtb ldtb = Lao động - Thương binh và Xã hội
kh = Khoa học và Công nghệ
vh vhtt = Văn hóa, Thể thao và Du lịch
xd = Xây dựng
ct = Công Thương
tc = Tài chính
nv = Nội vụ
yt = Y tế
tp = Tư pháp
gt gtvt = Giao thông vận tải
tn = Tài nguyên và Môi trường
""")

#: Lower-case kinds of document, read before a number ("qđ 206", "kh 54", "nq số 7", "kh năm 2024").
_BEFORE_NUMBER = {
    "qd": "Quyết định",
    "kh": "Kế hoạch",
    "nq": "Nghị quyết",
    "nd": "Nghị định",
    "pl": "Phụ lục",
}
_NUMBER_WORDS = frozenset({"so", "nam"})
_PLAN_BEFORE = frozenset({"theo", "trong", "ban", "cai"})
_WORDS_OF_CASE = frozenset({"va", "-", "&", ","})


@cache
def _clear_folded() -> dict[str, str]:
    """Lower-case spellings, with and without marks, longer than two letters."""
    spelled = {name.lower(): full for name, full in _CLEAR.items() if len(name) > 2}
    return {**{fold(name): full for name, full in spelled.items()}, **spelled}


def _expansion(token: Token, before: str, after: str) -> str | None:
    piece = token.text
    if any(map(str.isdigit, piece)) or not piece[0].isalpha():
        return None
    lower = piece.lower()
    if before == "so" and lower in _AFTER_SO:
        return _AFTER_SO[lower]
    if before != "/" and after != "/":
        clear = _clear_folded().get(lower)
        if clear is not None:
            return clear
    return _short(piece, before, after)


def _short(piece: str, before: str, after: str) -> str | None:
    if piece in _CLEAR:
        return _CLEAR[piece]
    numbered = after[:1].isdigit() or after in _NUMBER_WORDS
    kind = _BEFORE_NUMBER.get(fold(piece))
    if kind is not None and (numbered or before in _PLAN_BEFORE):
        return kind
    return _CAPITALS.get(piece)


def expand(text: str) -> str:
    """The text with its abbreviations written out: "Sở TT&TT" → "Sở Thông tin và Truyền thông"."""
    pieces = tokens(text)
    folded = [fold(piece.text) for piece in pieces]
    rewrites = []
    for token, before, after in zip(pieces, ["", *folded][:-1], [*folded, ""][1:], strict=True):
        new = _expansion(token, before, after)
        if new is not None and new != token.text:
            rewrites.append((token, new))
    return substitute(text, rewrites) if rewrites else text


def is_abbreviation(word: str) -> bool:
    """Whether a word is in the table (in capitals, or in a lower-case form that is clear)."""
    return word in _CLEAR or word in _CAPITALS or word.lower() in _clear_folded()


def same_name(first: str, second: str) -> bool:
    """Whether two names are one when abbreviations are written out; case, marks and "và" aside.

    >>> same_name("Sở TT&TT", "sở Thông tin và Truyền thông")
    True
    """
    return _bare(first) == _bare(second)


def _bare(name: str) -> list[str]:
    words = re.findall(r"\w+|[-&,]", fold(unify_tones(expand(name))))
    return [word for word in words if word not in _WORDS_OF_CASE]
