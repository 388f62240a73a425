"""A selection in Vietnamese words: what a list says that it holds."""

from __future__ import annotations

from collections.abc import Mapping

from knowledge.records import Agency, Pillar, Role
from knowledge.selection.bounds import Bound, Relation
from knowledge.selection.values import Cell, Selection, Shape, Wanted

PILLARS = {Pillar.GOVERNMENT: "Chính quyền số", Pillar.ECONOMY: "Kinh tế số", Pillar.SOCIETY: "Xã hội số"}
_ROLES = {Role.LEAD: "chủ trì", Role.COORDINATOR: "phối hợp", None: "chủ trì hoặc phối hợp"}
_RELATIONS = {
    Relation.OVER: "trên {}",
    Relation.AT_LEAST: "từ {} trở lên",
    Relation.EQUAL: "đúng {}",
    Relation.BELOW: "dưới {}",
    Relation.AT_MOST: "không quá {}",
}
_SHAPES = {
    Shape.PERCENT: "tính bằng phần trăm",
    Shape.NUMBER: "tính bằng số lượng",
    Shape.TEXT: "ghi bằng chữ, không có con số",
    Shape.REGULAR: "ghi “Thường xuyên”",
    Shape.COMPLETION: "ghi “Hoàn thành các mục tiêu của Kế hoạch”",
    Shape.ONGOING: "ghi “Tiếp tục …”",
    Shape.OVER: "ghi dấu “>” (trên)",
    Shape.UNNUMBERED: "không đánh số thứ tự",
}
_CELLS = {
    Cell.TARGET: "mức đề ra",
    Cell.LEAD: "cơ quan chủ trì",
    Cell.COORDINATOR: "cơ quan phối hợp",
    Cell.BASIS: "căn cứ pháp lý",
}
CHANGES = {
    Wanted.UP: "tăng mức",
    Wanted.DOWN: "giảm mức",
    Wanted.SAME: "giữ nguyên mức",
    Wanted.REWORDED: "đổi cách ghi (không so được bằng số)",
    Wanted.NEW: "mới có",
    Wanted.GONE: "không còn",
    Wanted.TARGET: "đổi mức đề ra",
    Wanted.LEAD: "đổi cơ quan chủ trì",
    Wanted.COORDINATOR: "đổi cơ quan phối hợp",
    Wanted.AGENCY: "đổi cơ quan chủ trì hoặc phối hợp",
    Wanted.ANY: "có thay đổi",
}


def holders_in_words(selection: Selection, agencies: Mapping[str, Agency]) -> str:
    """Who has what part: "Sở Y tế chủ trì"; empty when no agency limits the list."""
    names = [agencies[one].name for one in selection.agencies if one in agencies]
    if not names:
        return ""
    together = "cùng " if selection.joint and len(names) > 1 else ""
    return f"{' và '.join(names) if together else ', '.join(names)} {together}{_ROLES[selection.role]}"


def limits_in_words(selection: Selection) -> tuple[str, ...]:
    """The other limits, each a phrase that follows "chỉ tiêu, nhiệm vụ"; changes are not among them."""
    limits = [f"thuộc nhóm {PILLARS[selection.pillar]}"] if selection.pillar else []
    limits += [f"đến năm {selection.horizon}"] if selection.horizon else []
    limits += [f"có “{selection.words}” trong tên"] if selection.words else []
    limits += [f"đặt mức {bounds_in_words(selection.bounds)}"] if selection.bounds else []
    limits += [" hoặc ".join(_SHAPES[shape] for shape in selection.shapes)] if selection.shapes else []
    limits += [f"để trống {_CELLS[cell]}" for cell in selection.blanks]
    limits += [f"có căn cứ pháp lý {selection.basis}"] if selection.basis else []
    if not selection.agencies and (selection.joint or selection.role):
        several = "nhiều cơ quan cùng " if selection.joint else "có cơ quan "
        limits.append(f"{several}{_ROLES[selection.role]}")
    return tuple(limits)


def bounds_in_words(bounds: tuple[Bound, ...]) -> str:
    """ "trên 80%", "từ 30% trở lên và không quá 50%"."""
    return " và ".join(_RELATIONS[bound.relation].format(_amount(bound)) for bound in bounds)


def changes_in_words(selection: Selection) -> str:
    """What is asked to have changed: "tăng mức hoặc giảm mức"; empty when plans are not compared."""
    return " hoặc ".join(CHANGES[wanted] for wanted in selection.changes)


def _amount(bound: Bound) -> str:
    value = f"{bound.value:f}".replace(".", ",")
    return f"{value}%" if bound.measured == "%" else f"{value} {bound.measured}".strip()
