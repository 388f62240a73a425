"""Numbers of rows by agency or by pillar, and the highest or lowest values: who has most, what asks most."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal

from actions.changes import change_line
from actions.citing import document_citation, document_name, indicator_citation
from actions.corpus import Corpus
from actions.dialogue import Dialogue
from actions.listing import answer_list
from actions.question import Kind, Question
from actions.reply import Reply, answered
from actions.selections import find_list
from actions.wording import ROLES, numbered
from knowledge.records import Comparator, Role
from knowledge.selection import Bound, Change, Item, Relation, Selected, Wanted
from knowledge.selection.changes import agencies_of
from knowledge.selection.wording import PILLARS
from vietnamese import fold

_EACH_AGENCY = re.compile(r"\b(?:moi|tung|theo|cac) (?:so|co quan|don vi|nganh|so nganh)\b")
_EACH_PILLAR = re.compile(r"\b(?:moi|tung|theo|ba|3|cac) (?:tru cot|nhom|mang|linh vuc|tung tru cot)\b")
_WHICH_AGENCY = re.compile(
    r"\b(?:ai|so|co quan|don vi|ben|nganh|noi|cho) (?:nao )?.*\b(?:nhieu|it|top)\b|\btop\b"
)
_ASKED = re.compile(r"\b(\d{1,2}|mot|hai|ba|bon|nam) (?:chi tieu|nhiem vu|muc tieu|co quan|so|don vi)\b")
_WORDS = {"mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5}
_SHOWN = 5
_ALL = 40


def answer_count(question: Question, corpus: Corpus, dialogue: Dialogue) -> Reply | None:
    """The reply to a question for a table of numbers or for extremes; None for any other list."""
    typed = fold(question.typed)
    extreme = _extreme(question)
    if question.agencies and not question.changes:
        return None
    several = sum(fold(name) in typed for name in PILLARS.values()) > 1
    if question.pillar is None and (several or _EACH_PILLAR.search(typed)) and question.counting:
        return _by_pillar(question, corpus)
    if (_EACH_AGENCY.search(typed) and question.counting) or (extreme and _WHICH_AGENCY.search(typed)):
        return _by_agency(question, corpus, extreme)
    if extreme is None:
        return None
    if Wanted.UP in question.changes or Wanted.DOWN in question.changes or "tang" in typed.split():
        return _by_step(question, corpus)
    return _by_value(question, corpus, dialogue, extreme)


def counts(question: Question) -> bool:
    """True when a question asks who has most, or for numbers by agency, whatever role it names."""
    typed = fold(question.typed)
    return _extreme(question) is not None or (_EACH_AGENCY.search(typed) is not None and question.counting)


def _extreme(question: Question) -> str | None:
    return next((ask for ask in ("most", "least") if ask in question.asks), None)


def _by_pillar(question: Question, corpus: Corpus) -> Reply | None:
    found = find_list(question, corpus)
    if found is None or not found.items:
        return None
    counts = Counter(item.indicator.pillar for item in found.items)
    lines = [f"- {PILLARS[pillar]}: {counts[pillar]}" for pillar in PILLARS if counts[pillar]]
    if not lines:
        return None
    text = f"Theo {document_name(found.document)}, {len(found.items)} chỉ tiêu, nhiệm vụ chia theo trụ cột:"
    return answered("\n".join([text, *lines]), [document_citation(found.document)], question, None)


def _by_agency(question: Question, corpus: Corpus, extreme: str | None) -> Reply | None:
    """Agencies by their number of rows in the newest plan of the question."""
    role = question.role or Role.LEAD
    found = find_list(question.but(role=None), corpus)
    if found is None or not found.items:
        return None
    counts = Counter(agency for item in found.items for agency in agencies_of(item.indicator, role))
    names = {agency: corpus.agencies[agency].name for agency in counts if agency in corpus.agencies}
    order = sorted(names, key=lambda a: ((counts[a] if extreme == "least" else -counts[a]), names[a]))
    shown = _with_ties(order, counts, _asked(question, _SHOWN) if extreme else _ALL)
    named = [f"{names[a]}: {counts[a]} chỉ tiêu, nhiệm vụ" for a in shown]
    text = [
        f"Theo {document_name(found.document)}: {_first_agencies(order, names, counts, role, extreme)}.",
        numbered(named),
        "Một dòng giao nhiều cơ quan thì tính cho từng cơ quan; tên chung (“các sở, ban, ngành”) để nguyên.",
    ]
    focus = question.but(kind=Kind.LIST, role=role)
    return answered("\n".join(text), [document_citation(found.document)], focus, None)


def _first_agencies(
    order: list[str], names: dict[str, str], counts: Counter[str], role: Role, extreme: str | None
) -> str:
    if extreme is None:
        return f"{len(order)} cơ quan, nhóm cơ quan {ROLES[role]} chỉ tiêu, nhiệm vụ"
    best = [names[agency] for agency in order if counts[agency] == counts[order[0]]]
    rank = "nhiều nhất" if extreme == "most" else "ít nhất"
    number = f"{counts[order[0]]} chỉ tiêu, nhiệm vụ"
    if len(best) == 1:
        return f"{best[0]} {ROLES[role]} {rank}, {number}"
    more = "; …" if len(best) > _SHOWN else ""
    return (
        f"{len(best)} cơ quan cùng {ROLES[role]} {rank}, mỗi nơi {number} ({'; '.join(best[:_SHOWN])}{more})"
    )


def _with_ties(order: list[str], counts: Counter[str], wanted: int) -> list[str]:
    """The first ones, and those that have as many as the last of them, up to a page."""
    last = counts[order[min(wanted, len(order)) - 1]]
    tied = [agency for agency in order[wanted:] if counts[agency] == last]
    return [*order[:wanted], *tied][:_ALL]


def _by_value(question: Question, corpus: Corpus, dialogue: Dialogue, extreme: str) -> Reply | None:
    """Shares only: other units measure other things, and are said not to be ranked."""
    found = find_list(question, corpus)
    values = {value for item in (found.items if found else ()) for value in _shares(item)}
    if not values:
        return None
    best = max(values) if extreme == "most" else min(values)
    listed = answer_list(question.but(bounds=(str(Bound(Relation.EQUAL, best)),), asks=()), corpus, dialogue)
    word = "cao nhất" if extreme == "most" else "thấp nhất"
    first = (
        f"Các chỉ tiêu đo những thứ khác nhau nên chỉ so được các mức tính bằng phần trăm: mức {word} là "
        f"{best:f}%.".replace(".", ",", best != best.to_integral_value())
    )
    answer = listed.answer
    return Reply(
        type(answer)(
            answer.status, f"{first}\n{answer.text}", answer.suggestions, answer.citations, answer.attachments
        ),
        listed.dialogue,
    )


def _shares(item: Item) -> list[Decimal]:
    return [t.value for t in item.indicator.targets if t.value is not None and t.unit.startswith("%")]


def _by_step(question: Question, corpus: Corpus) -> Reply | None:
    """Rows by how many percentage points they moved between two plans."""
    down = Wanted.DOWN in question.changes
    found = find_list(question.but(changes=(Wanted.DOWN if down else Wanted.UP,)), corpus)
    if found is None or not found.items:
        return None
    steps = [(step, item) for item in found.items if item.change and (step := _step(item.change)) is not None]
    steps.sort(key=lambda pair: -pair[0])
    if not steps:
        return None
    wanted = _asked(question, 1)
    last = steps[min(wanted, len(steps)) - 1][0]
    shown = [(step, item) for step, item in steps if step >= last]
    lines = [f"{_points(step, item)}: {change_line(item, corpus)}" for step, item in shown]
    word = "giảm" if down else "tăng"
    first = f"Tính theo điểm phần trăm, {word} nhiều nhất giữa hai kế hoạch là {len(shown)} chỉ tiêu sau"
    plans = "; ".join(document_name(plan) for plan in (found.document, found.older) if plan)
    parts = (
        f"{first} (cao nhất {_points(*steps[0])}).",
        numbered(lines),
        _left_out(found, len(steps)),
        f"Nguồn: {plans}.",
    )
    cited = [
        indicator_citation(corpus.documents[side.document_id], side)
        for _, item in shown
        if item.change
        for side in (item.change.after, item.change.before)
        if side
    ]
    return answered("\n".join(part for part in parts if part), cited, question, None)


def _left_out(found: Selected, ranked: int) -> str:
    left = len(found.items) - ranked
    return f"{left} chỉ tiêu tính bằng số lượng hoặc có nhiều giá trị không so chung được." if left else ""


def _step(change: Change) -> Decimal | None:
    """Percentage points between the two values; None unless both sides are one share."""
    if change.before is None or change.after is None:
        return None
    old, new = change.before.targets, change.after.targets
    if len(old) != 1 or len(new) != 1 or not old[0].unit.startswith("%"):
        return None
    if old[0].value is None or new[0].value is None:
        return None
    return abs(new[0].value - old[0].value)


def _points(step: Decimal, item: Item) -> str:
    open_ended = any(t.comparator is Comparator.OVER for t in item.indicator.targets)
    return f"{'hơn ' if open_ended else ''}{step.normalize():f} điểm phần trăm"


def _asked(question: Question, usual: int) -> int:
    """How many are asked for: "5 chỉ tiêu cao nhất"."""
    hit = _ASKED.search(fold(question.typed))
    if hit is None:
        return usual
    return max(_WORDS.get(hit.group(1)) or int(hit.group(1)), 1)
