"""Is a reply right? One reply against one expectation; the problems are named, none means right."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from eval.dialogues import Cite, Expect

ABSTAINED = frozenset({"unknown", "out_of_scope"})
#: With more citations than this a question asks for a list: citing its documents is then enough.
LONGEST_CITED_ROW_BY_ROW = 3


@dataclass(frozen=True, slots=True)
class Reply:
    """What the assistant sent back, as far as it is judged; status and confidence are None when missing."""

    status: str | None
    text: str
    buttons: tuple[str, ...] = ()
    cites: tuple[Cite, ...] = field(default=())
    confidence: float | None = None

    @classmethod
    def from_json(cls, payload: Mapping[str, Any]) -> Reply:
        """Read the payload of ``POST /api/chat``; fields that are missing count as empty."""
        cites = payload.get("citations") or []
        confidence = payload.get("confidence")
        return cls(
            status=payload.get("status"),
            text=payload.get("text") or "",
            buttons=tuple(str(item.get("title") or "") for item in payload.get("suggestions") or []),
            cites=tuple(
                Cite(
                    str(item.get("document") or ""),
                    _optional(item.get("row")),
                    _optional(item.get("section")),
                )
                for item in cites
            ),
            confidence=None if confidence is None else float(confidence),
        )


def normalise(text: str) -> str:
    """NFC, folded case, every run of white space as one blank."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).casefold()


def occurs(alternative: str, text: str) -> bool:
    """Whether `alternative` stands in `text` (already normalised) without cutting a number.

    "5%" does not occur in "15%" or "2,5%", nor "01/12" in "101/12".
    """
    core = normalise(alternative).strip()
    left = r"(?<!\d)(?<!\d[.,])" if core[:1].isdigit() else ""
    right = r"(?!\d)" if core[-1:].isdigit() else ""
    return re.search(left + re.escape(core) + right, text) is not None


def judge(expect: Expect, reply: Reply) -> list[str]:
    """The problems of `reply`, empty when it is right."""
    return [*_text_problems(expect, reply), *_status_problems(expect, reply)]


def _text_problems(expect: Expect, reply: Reply) -> list[str]:
    text = normalise(reply.text)
    # A clarifying bot may name the choices on its buttons only.
    shown = [text, normalise("\n".join(reply.buttons))] if expect.clarify else [text]
    empty = [] if text.strip() else ["empty"]
    missing = [
        f"missing {group[0]}"
        for group in expect.all_of
        if not any(occurs(alternative, place) for alternative in group for place in shown)
    ]
    return empty + missing + [f"wrong {string}" for string in expect.none_of if occurs(string, text)]


def _status_problems(expect: Expect, reply: Reply) -> list[str]:
    status, free = reply.status, expect.any_status
    problems = []
    if isinstance(free, frozenset) and status not in free:
        problems.append(f"status {status}")
    if expect.abstain and not free:
        return problems + ([] if status in ABSTAINED else [f"not abstained ({status})"])
    if expect.clarify:
        return problems + ([] if _clarified(expect, reply) else [f"not clarified ({status})"])
    if expect.starts_feedback:
        return problems + ([] if status == "feedback" else [f"no feedback flow ({status})"])
    if expect.all_of or expect.cites:
        return problems + _answer_problems(expect, reply)
    if (status is None or status in ABSTAINED) and not free:
        problems.append(f"status {status}")
    return problems


def _clarified(expect: Expect, reply: Reply) -> bool:
    shown = {(normalise(cite.document), cite.row) for cite in reply.cites}
    listed = sum((normalise(cite.document), cite.row) in shown for cite in expect.cites)
    return reply.status == "clarify" or listed >= 2


def _answer_problems(expect: Expect, reply: Reply) -> list[str]:
    abstained = reply.status in ABSTAINED
    if abstained and expect.any_status:
        return []  # an abstention that is allowed need not cite
    problems = [f"abstained ({reply.status})"] if abstained else []
    wanted = _wanted(expect.cites)
    missing = [cite for cite in wanted if not any(_covers(given, cite) for given in reply.cites)]
    if missing and not (expect.cites_any and len(missing) < len(wanted)):
        problems += [_uncited(cite) for cite in missing]
    return problems


def _wanted(cites: Sequence[Cite]) -> list[Cite]:
    if len(cites) > LONGEST_CITED_ROW_BY_ROW:
        return [Cite(document) for document in dict.fromkeys(cite.document for cite in cites)]
    return list(cites)


def _covers(given: Cite, wanted: Cite) -> bool:
    same = normalise(given.document) == normalise(wanted.document)
    return same and (wanted.row is None or given.row == wanted.row)


def _uncited(cite: Cite) -> str:
    return f"no citation {cite.document}" + (f" row {cite.row}" if cite.row else "")


def _optional(value: object) -> str | None:
    return None if value is None else str(value)
