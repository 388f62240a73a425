"""What no record holds: said plainly, with what is nearest and where it should be."""

from __future__ import annotations

from dataclasses import replace

from actions.citing import document_citation, document_name
from actions.corpus import Corpus, Record
from actions.dialogue import Dialogue
from actions.indicators import short_record
from actions.question import Kind, Question
from actions.reply import Reply, answered, unknown
from knowledge.records import Document, Indicator
from trolyso.answer import Suggestion

_REASONS = {
    "result": "kết quả đã đạt được (kho chỉ có mục tiêu và phân công trong các kế hoạch)",
    "budget": "số tiền, kinh phí cụ thể",
    "price": "giá cả, mức phí, tiền lương, tiền thưởng hay mức phạt",
    "person": "tên người phụ trách, lãnh đạo của cơ quan (chỉ có tên người ký in trên văn bản)",
    "schedule": "ngày giờ, địa điểm của từng lớp học, từng buổi",
    "address": "địa chỉ liên hệ của cơ quan hay cá nhân",
    "phone": "số điện thoại, địa chỉ liên hệ của cơ quan hay cá nhân",
}


def answer_unheld(question: Question, nearest: Record | None, corpus: Corpus, dialogue: Dialogue) -> Reply:
    """The asked thing is not held, whatever the subject."""
    what = question.unheld or ""
    if what.startswith("place:"):
        text = (
            "Dạ, kho văn bản chỉ có kế hoạch của tỉnh Vĩnh Long (trước khi hợp nhất với Bến Tre, Trà Vinh "
            f"từ 01/7/2025), không có văn bản của {what.removeprefix('place:')}, "
            "nên em không trả lời được câu này."
        )
        return unknown(text, dialogue)
    text = f"Dạ, kho văn bản không có {_REASONS.get(what, 'thông tin này')}, nên em không trả lời được."
    if what in ("person", "phone", "address"):
        return unknown(text, dialogue)
    return _with_nearest(text, question, nearest, corpus, dialogue)


def answer_part(
    question: Question, part: str, record: Indicator, corpus: Corpus, dialogue: Dialogue
) -> Reply:
    """A part of a figure is asked that the plan does not split: say so, with the figure that is held."""
    document = corpus.documents[record.document_id]
    text = (
        f"Dạ, {document_name(document)} chỉ ghi mức chung của cả tỉnh, {part}, "
        "nên em không trả lời được phần này."
    )
    return _with_nearest(text, question, record, corpus, dialogue)


def answer_missing_year(
    question: Question, years: tuple[int, ...], corpus: Corpus, dialogue: Dialogue
) -> Reply:
    """A year for which no plan is held."""
    held = sorted(
        {d.period.end for d in corpus.documents.values() if d.official and d.period.start == d.period.end}
    )
    text = (
        f"Dạ, kho văn bản không có kế hoạch hay chỉ tiêu của năm {', '.join(map(str, years))}. "
        f"Hiện có kế hoạch các năm {', '.join(map(str, held))} và kế hoạch giai đoạn đến năm 2025, "
        "định hướng 2030 (67/KH-UBND)."
    )
    taps = tuple(Suggestion(f"Xem năm {year}", f"còn năm {year} thì sao?") for year in reversed(held[:2]))
    return unknown(text, dialogue, question.but(kind=Kind.INDICATOR), dialogue.record, taps)


def answer_absent_annex(
    question: Question, document: Document, nearest: Record | None, corpus: Corpus, dialogue: Dialogue
) -> Reply:
    """The plan of the year is held without its annex of indicators: say where the values stand."""
    if "source" in question.asks:
        return answer_place(question, document)
    text = f"Dạ, em không có số liệu chỉ tiêu năm {document.period.end}. {document.note}"
    reply = _with_nearest(text, question, nearest, corpus, dialogue)
    if nearest is not None:
        return reply
    # The plan was understood: "còn xã hội số?", "số thứ tự 95 thì sao?" are asked of it too.
    return Reply(reply.answer, replace(dialogue, focus=question, record=None))


def answer_place(question: Question, document: Document) -> Reply:
    """Where the rows of an annex that is not held stand: that much is held."""
    text = f"{document.note}\nNguồn: {document_name(document)}."
    return answered(text, [document_citation(document)], question, None)


def answer_nothing(question: Question, nearest: Record | None, corpus: Corpus, dialogue: Dialogue) -> Reply:
    """Nothing near enough was found."""
    text = "Dạ, em không tìm thấy nội dung này trong các văn bản hiện có, nên không dám trả lời bừa."
    reply = _with_nearest(text, question, nearest, corpus, dialogue)
    # With nothing spoken of before, what was asked stays: "à nhầm, năm 2023" asks it again.
    return Reply(reply.answer, dialogue if dialogue.record or dialogue.options else Dialogue(focus=question))


def answer_row(question: Question, corpus: Corpus, documents: tuple[str, ...], dialogue: Dialogue) -> Reply:
    """A row number that the annex does not have."""
    names = ", ".join(document_name(corpus.documents[d]) for d in documents)
    text = f"Dạ, không có dòng số {question.row} trong phụ lục chỉ tiêu của {names or 'văn bản được hỏi'}."
    notes = " ".join(corpus.documents[d].note for d in documents if d not in corpus.with_indicators)
    return unknown(f"{text} {notes}".strip(), dialogue)


def _with_nearest(
    text: str, question: Question, nearest: Record | None, corpus: Corpus, dialogue: Dialogue
) -> Reply:
    """The refusal, then what is held that is nearest."""
    taps: tuple[Suggestion, ...] = ()
    if isinstance(nearest, Indicator):
        document = corpus.documents[nearest.document_id]
        text += f"\nĐiều gần nhất đang có: {short_record(nearest, corpus)}, theo {document_name(document)}."
        year = document.period.end
        taps = (Suggestion(f"Xem năm {year}", f"năm {year} thì sao?"),)
    return unknown(text, dialogue, question, nearest.id if isinstance(nearest, Indicator) else None, taps)
