"""Abbreviations of common words whose reading hangs on what stands around them: "ct", "dn", "kh".

They are written in lower case or in capitals. None of them is a Vietnamese syllable; which of its
readings is meant is decided with the language statistics.
"""

from __future__ import annotations

from functools import cache

#: "phrase = its abbreviations", the commoner reading of an abbreviation before the rarer ones.
_PHRASES = """
bao nhiêu = nhiêu nhieu
với = vs zs
và = vs
chỉ tiêu = ct cht ctiêu ctieu
chủ trì = ct ctrì ctri
chương trình = ct ctr ctrình
công thương = ct
chỉ thị = ct
doanh nghiệp = dn dnghiệp dnghiep
đơn vị = đv dv đvị đvi dvi
dịch vụ = dv dvụ
phối hợp = ph
kỹ năng = kn
kết nối = kn
khởi nghiệp = kn
kế hoạch = kh khoạch khoach
khoa học = kh
khách hàng = kh
khám bệnh = kb
quyết định = qđ qd qđịnh qdinh
nghị quyết = nq
thông tin = tt ttin
thanh toán = tt
trung tâm = tt
truyền thông = tt
thủ tướng = tt
thương mại = tm
tiền mặt = tm
sản xuất = sx
kinh doanh = kd
cán bộ = cb
công chức = cc
viên chức = vc
quản lý = ql qly qlý
sản phẩm = sp sphẩm
du lịch = dl
dữ liệu = dl
học sinh = hs
hồ sơ = hs
sinh viên = sv
giáo viên = gv
giáo dục = gd
giao dịch = gd
gia đình = gđ gd gđình
giám đốc = gđ gd
giai đoạn = gđ gd
bệnh viện = bv
ngân hàng = nh
cơ quan = cq cquan
hóa đơn = hđ hd
hoạt động = hđ hd
hợp đồng = hđ hd
hướng dẫn = hd hdẫn hdan
nội dung = nd
người dân = nd
nông dân = nd
nhân dân = nd
nhiệm vụ = nv
nhân viên = nv
nội vụ = nv
tài khoản = tk
thống kê = tk
tài liệu = tl
tỷ lệ = tl
điện tử = đt dt đtử dtu
điện thoại = đt dt
đào tạo = đt dt
đầu tư = đt dt
đô thị = đt dt
cơ sở = cs
chính sách = cs
phát triển = pt ptriển ptrien
sức khỏe = sk
xã hội = xh
kinh tế = kt
công nghệ = cn
công nghiệp = cn
công dân = cd
thành phố = tp
thị xã = tx
thị trường = tt
văn bản = vb
báo cáo = bcáo
ngân sách = ns
nông nghiệp = nn
nhà nước = nn
phụ lục = pl
phụ nữ = pn
văn phòng = vp
thời gian = tg
số lượng = sl slg
mục tiêu = mt
môi trường = mt
lao động = lđ ld
lãnh đạo = lđ ld
tổ chức = tc
tài chính = tc
y tế = yt
cộng đồng = cđ cd
cao đẳng = cđ cd
chuyển đổi = cđ cd cđổi
thanh niên = tn
trách nhiệm = tn
thu nhập = tn
kết quả = kq kqua kquả
hệ thống = ht
hạ tầng = ht
hợp tác = ht
hỗ trợ = ht htrợ htro
ứng dụng = ưd ud
công việc = cv
điều kiện = đk dk
đăng ký = đk dk
liên hệ = lh
khu vực = kv
phường xã = px
phương tiện = pt
năng suất = ns
năng suất lao động = nslđ nsld
thực hiện = th
tích hợp = th
tập huấn = th
phụ trách = pt
trực tuyến = tt trt
công an = ca
bộ phận = bp
chủ tịch = ct
nghị định = nđ nd
thủ tục = tht
thông tư = tt
nhân lực = nl
nguồn gốc = ng
truy xuất = tx
chính phủ = cp
chi phí = cp
"""
#: Readings beyond the first of an abbreviation are this much less likely each.
_NEXT = 0.35


@cache
def _table() -> dict[str, tuple[tuple[tuple[str, ...], float], ...]]:
    found: dict[str, list[tuple[tuple[str, ...], float]]] = {}
    for line in _PHRASES.strip().splitlines():
        phrase, _, names = line.partition(" = ")
        for name in names.split():
            readings = found.setdefault(name, [])
            readings.append((tuple(phrase.split()), _NEXT * len(readings)))
    return {name: tuple(readings) for name, readings in found.items()}


def readings(word: str) -> tuple[tuple[tuple[str, ...], float], ...]:
    """What a lower-case abbreviation may stand for, each with its cost; empty for other words."""
    return _table().get(word, ())
