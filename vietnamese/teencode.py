"""Chat spellings and southern words put into standard Vietnamese.

`expand_teencode` works on what was typed, before accents are restored ("ko dc" → "không được");
`standardise_dialect` works on accented text ("tui xài hông được" → "tôi dùng không được").
One-letter words are read only where their neighbours leave no doubt: "4k", "K1" and "PL3" stay.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from vietnamese.text import Token, fold, squeeze, substitute, tokens
from vietnamese.wordlists import table, words

_PLAIN = table("""
ko kg kog khg hok hk hông hổng hôg hem khum khôg = không
dc đc đx dcj đcj đuoc = được
bnhiu bnhieu bnhiêu bnh bnhju baonhieu = bao nhiêu
j gi ji = gì
zậy zay dzậy dzay dzạy zị dzị zạy zợ dzẫy dzạ dzầy zầy = vậy
zới dzới = với
ntn nhtn nthn = như thế nào
lm = làm
cty = công ty
ktế kte = kinh tế
onl = online
vb = văn bản
pk = phải không
sv = sinh viên
trg = trường
đh = đại học
gv = giáo viên
bv = bệnh viện
mik mk mìh = mình
ng ngừi = người
trog tr0ng = trong
nhữg nhứng nhửng = những
ngta = người ta
nx = nữa
trc trk = trước
đthoại dthoai fone phôn = điện thoại
tk = tài khoản
ck = chuyển khoản
cx cg cug cũg củng = cũng
đg dg = đang
vẩn = vẫn
mổi = mỗi
nhg = nhưng
cko = cho
thỳ = thì
bik bít bjt bjk biếc = biết
thik thjk thík = thích
wa wá qá qa = quá
rùi òi = rồi
cj chj = chị
ak àk = à
tks thks thanks thank thanksss = cảm ơn
pls plz = làm ơn
sđt sdt = số điện thoại
mn mng = mọi người
tgian tg = thời gian
ttin = thông tin
mxh = mạng xã hội
vd = ví dụ
hj hjx = hì
nhìu nhju = nhiều
iu = yêu
hum = hôm
hnay = hôm nay
hqua = hôm qua
bgio bgiờ = bây giờ
lun = luôn
zô = vào
dzô = vào
dzìa zìa dzề = về
dzui zui = vui
ptram phtram = phần trăm
hdan hdẫn = hướng dẫn
đky đkí đký dky dki = đăng ký
qđịnh = quyết định
kquả = kết quả
xhội = xã hội
""")

_PARTICLES = words(
    "a anh chi em chu co bac ad ban nhi nhe nha nghen he hen ta troi cau admin shop oi vay thay"
)
_STOPS = frozenset(".,?!;:)")


@dataclass(frozen=True)
class _Place:
    """A token's neighbours, folded; empty at the ends."""

    before: str
    after: str

    @property
    def closes(self) -> bool:
        """Whether the token ends a clause, a particle after it or not."""
        return bool(self.before) and (not self.after or self.after in _STOPS or self.after in _PARTICLES)

    @property
    def after_number(self) -> bool:
        return self.before.isdigit()


_Rule = Callable[[_Place], "str | None"]
_DENIED = words("vay z a ta nhe nghen em anh chi co biet duoc phai thay can the hieu lam dc bit bik")
_REGISTERED = words("kinh tai tam thanh o the dich thue online mo ho cho hoc qua tren truc")
_REPORTED = words("truoc trc len ve ngay ket dinh khi cho gui nop vao")
_SAID = words("j gi ve sao toi den ro la bn bao may nhieu")

#: Spellings whose reading hangs on the neighbours; each answers None to leave the word alone.
_CONTEXT: Mapping[str, _Rule] = {
    "k": lambda place: None if place.after_number else "không",
    "hong": lambda place: "không" if place.closes or place.after in _DENIED else None,
    "kh": lambda place: "không" if place.closes or place.after in _DENIED else None,
    "v": lambda place: "vậy" if place.closes else None,
    "z": lambda place: (
        "vậy" if (place.before or place.after[:1].isalpha()) and not place.after_number else None
    ),
    "r": lambda place: "rồi" if place.before and not place.after_number else None,
    "bc": lambda place: "báo cáo" if place.after in _REPORTED else None,
    "ns": lambda place: "nói" if place.after in _SAID else None,
    "h": lambda place: "giờ" if place.before in ("bay", "may", "truoc") else None,
    "e": lambda place: "em" if not place.after_number and place.after[:1].isalpha() else None,
    "dk": lambda place: "đăng ký" if place.after in _REGISTERED else "được",
    "đk": lambda place: "đăng ký" if place.after in _REGISTERED else None,
    "bn": lambda place: "bạn" if place.after in ("oi", "nao") or not place.before else "bao nhiêu",
    "nhiu": lambda place: "nhiêu" if place.before in ("bao", "bay", "bi") else "bao nhiêu",
    "bi": lambda place: "bao" if place.after in ("nhieu", "nhiu") else None,
    "tn": lambda place: "thế nào" if place.closes else None,
    "tnao": lambda place: "thế nào",
    "ah": lambda place: "à" if place.closes else None,
}


def _read(word: str, place: _Place) -> str | None:
    rule = _CONTEXT.get(word)
    if rule is not None:
        return rule(place)
    return _PLAIN.get(word)


def _rewritten(text: str, read: Callable[[str, _Place], str | None]) -> str:
    pieces = tokens(text)
    folded = [fold(piece.text) for piece in pieces]
    around = zip(pieces, ["", *folded][:-1], [*folded, ""][1:], strict=True)
    rewrites: list[tuple[Token, str]] = []
    for token, before, after in around:
        if token.is_word and not (token.text.isupper()):
            new = read(squeeze(token.text.lower()), _Place(before, after))
            if new is not None and new != token.text.lower():
                rewrites.append((token, new))
    return substitute(text, rewrites) if rewrites else text


def expand_teencode(text: str) -> str:
    """Chat spellings written out: "ko bik tk j v" → "không biết tài khoản gì vậy"."""
    return _rewritten(text, _read)


_DIALECT = table("""
hông hổng = không
dzậy zậy = vậy
nghen = nhé
tui = tôi
xài = dùng
mần = làm
bển = bên đó
trển = trên đó
trỏng = trong đó
ngoải = ngoài đó
ổng = ông ấy
bả = bà ấy
lẹ = nhanh
nhứt = nhất
gởi = gửi
mướn = thuê
dùm giùm = giúp
dòm = xem
kĩ = kỹ
tỉ = tỷ
mĩ = mỹ
dô = vào
dìa = về
""")
_NOT_SEE = words("trong nhu la thuong soc giu cong ngo khinh mac")
_PEOPLE = words("toi tui em anh chi tao ba me con no minh")
_SPENDING = words("phi tiet tra tieu nhanh cuc ngan bo hoi dung")
_PLACES = words("trang web website mang app ung day do dau trong trung he zalo facebook phan muc")
_QUESTION = words("nhieu gi sao nao dau ai may")
_DIALECT_CONTEXT: Mapping[str, _Rule] = {
    "coi": lambda place: None if place.after in _NOT_SEE else "xem",
    "biểu": lambda place: "bảo" if place.after in _PEOPLE else None,
    "chi": lambda place: "gì" if place.before in ("cai", "lam") and place.after not in _SPENDING else None,
    "toa": lambda place: "đơn" if place.after == "thuoc" else None,
    "chừng": lambda place: "khi" if place.after == "nao" else None,
    "chánh": lambda place: None if place.after in ("van", "an", "thanh", "pho", "toa") else "chính",
    "hổm": lambda place: "mấy hôm" if place.after == "ray" else None,
    "rày": lambda place: "nay" if place.before == "hom" else None,
    "bữa": lambda place: "hôm" if place.after in ("nay", "truoc", "qua", "kia") else None,
    "dậy": lambda place: "vậy" if place.before in _QUESTION else None,
    "vô": lambda place: "vào" if place.after in _PLACES else None,
    "thiệt": lambda place: (
        None if place.after in ("hai", "thoi", "mang") or place.before == "thua" else "thật"
    ),
    "lí": lambda place: "lý" if place.before == "quan" or place.after in ("do", "luan") else None,
}


def _read_dialect(word: str, place: _Place) -> str | None:
    rule = _DIALECT_CONTEXT.get(word)
    if rule is not None:
        return rule(place)
    return _DIALECT.get(word)


def standardise_dialect(text: str) -> str:
    """Southern words of accented text as the standard ones: "coi toa thuốc" → "xem đơn thuốc"."""
    return _rewritten(text, _read_dialect)
