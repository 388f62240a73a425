"""What is named in a message: years, agencies, documents, roles, rows and the other closed things."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from nlu.lexicon import IGNORED, Gap, Lexicon
from nlu.presence import presences
from vietnamese import Match, fold, ordinals, years

#: A message of more words than this does not pick from a list by number.
PICK_WORDS = 10
#: Changes that are looked for once more with the accents aside; "đổi sở" would be found in "chuyển đổi số".
_MOVES = frozenset({"up", "down"})
_ANY_DAY = date(2000, 1, 1)
_WORD = re.compile(r"\w+")
_COUNTED = "phan tram|doanh nghiep|ho\\b|san pham|luot|nguoi|giao dich|don vi|nam\\b(?! 20)"
_NOT_A_ROW = rf"(?![\d/%]|[.,-]\d|-[a-z]| ?(?:{_COUNTED}))"
_PERIOD = re.compile(
    r"\b(?:giai doan )?(20\d\d) ?- ?(20\d\d)\b|\bgiai doan (?:tu )?(20\d\d) (?:den|toi) (?:nam )?(20\d\d)\b"
)
_SPAN_OF_YEARS = re.compile(r"\b(?:tu )?(?:nam )?20\d\d (?:den|toi|qua|sang|-) (?:nam )?(?=20\d\d)")
_FULL_NUMBER = re.compile(r"(?<![\w/])(\d{1,4}(?:(?:/20\d\d)?/[a-z]+(?:-[a-z&]+)*|-[a-z]+/[a-z]+))\b")
_KINDS = "quyet dinh|ke hoach|nghi quyet|cong van|to trinh|nghi dinh|thong tu|van ban"
_SHORT_NUMBER = re.compile(
    rf"\b(?:{_KINDS})(?: hanh dong)?(?: so)? (\d{{1,4}})\b(?![/%]|[.,-]\d|-[a-z]| ?phan tram)"
)
_PLAN_YEARS = range(2018, 2036)
_BARE_NUMBER = re.compile(
    r"(?:(?:chon|lay|cai|so|y|cau|muc|dong) )*(\d{1,2})[.)]?(?: (?:di|nha|nhe|a|nghen|vay))?"
)


@dataclass(frozen=True)
class Entity:
    """One thing named in a text: `start` and `end` are character offsets, `text` the words there."""

    entity: str
    value: str
    start: int
    end: int
    text: str


class EntityReader:
    """Reads the entities of a normalised text by rule. Holds the lexicon, keeps no state."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        triggers = sorted((fold(word) for word in lexicon.rows), key=len, reverse=True)
        self._row = re.compile(rf"\b(?:{'|'.join(map(re.escape, triggers))})\.? ?(\d{{1,3}})\b{_NOT_A_ROW}")
        words = sorted((fold(word) for word in lexicon.horizons), key=len, reverse=True)
        self._horizon = re.compile(rf"\b(?:{'|'.join(map(re.escape, words))}) (20(?:25|30))\b(?!/)")

    def read(self, text: str) -> list[Entity]:
        """The entities in the order of the text; those of one kind never overlap."""
        found = list(self._named(text))
        found += self._changes(text, found)
        found += self._numbered(text, found)
        skipped = self._lexicon.ignored.find(text)
        for gap in self._lexicon.gaps:
            found += [pair for pair in _pairs(text, gap, skipped) if not _repeats(pair, found)]
        return sorted(found, key=lambda entity: (entity.start, entity.end, entity.entity))

    def _named(self, text: str) -> Iterator[Entity]:
        for name, gazetteer in self._lexicon.sets.items():
            for match in gazetteer.find(text):
                if match.value != IGNORED:
                    yield Entity(name, match.value, match.start, match.end, match.text)

    def _numbered(self, text: str, named: list[Entity]) -> list[Entity]:
        folded = fold(text)
        if len(folded) != len(text):
            return []
        documents = [entity for entity in named if entity.entity == "document"]
        found = [*_references(text, folded, documents)]
        found += _found("row", self._row.finditer(folded), text, documents + found)
        found += _periods(text, folded)
        found += self._horizons(text, folded)
        taken = [entity for entity in found if entity.entity != "row"] + documents
        found += [year for year in self._years(text) if not _overlaps(year, taken)]
        settled = [*documents, *found, *(entity for entity in named if entity.entity == "pillar")]
        found += [pick for pick in _picks(text, folded) if not _overlaps(pick, settled)]
        found += self._limits(text, folded, settled)
        found += [_span("change", hit.value, text, hit.start, hit.end) for hit in presences(folded)]
        return found + list(_clauses(text, folded))

    def _changes(self, text: str, named: list[Entity]) -> list[Entity]:
        """Phrases of a change whose accents were guessed wrong ("tảng số với"), accents aside."""
        if any(entity.entity == "change" for entity in named):
            return []
        matches = self._lexicon.sets["change"].find(fold(text)) if len(fold(text)) == len(text) else []
        return [_entity("change", match) for match in matches if match.value in _MOVES and " " in match.text]

    def _limits(self, text: str, folded: str, taken: list[Entity]) -> list[Entity]:
        hits = self._lexicon.bounds.find(folded)
        found = [_span("bound", hit.value, text, hit.start, hit.end) for hit in hits]
        return [limit for limit in found if not _overlaps(limit, taken)]

    def _horizons(self, text: str, folded: str) -> list[Entity]:
        ranges = [_span("", "", text, hit.start(), hit.end()) for hit in _SPAN_OF_YEARS.finditer(folded)]
        hits = (hit for hit in self._horizon.finditer(folded) if not _MYSELF.match(text, hit.start()))
        found = _found("horizon", hits, text, ranges)
        for hit in re.finditer(r"(?<![\d/-])2030\b", folded):
            if not any(entity.start <= hit.start() < entity.end for entity in found):
                found.append(_span("horizon", "2030", text, hit.start(), hit.end()))
        return found

    def _years(self, text: str) -> Iterator[Entity]:
        named = [year for year in years(text, _ANY_DAY) if not year.relative]
        for year in named:
            before = _YEAR_BEFORE.search(text, 0, year.start)
            yield _span(
                "year",
                str(year.value - bool(before)),
                text,
                before.start() if before else year.start,
                year.end,
            )
        for match in self._lexicon.relative.find(text):
            # "sang năm 2025" is one year, and "năm nay bảy mươi tuổi" is none.
            if not _AGE.match(text, match.end) and not any(
                year.start > match.end and text[match.end : year.start].isspace() for year in named
            ):
                yield _entity("year", match)


def _entity(name: str, match: Match) -> Entity:
    return Entity(name, match.value, match.start, match.end, match.text)


def _span(name: str, value: str, text: str, start: int, end: int) -> Entity:
    return Entity(name, value, start, end, text[start:end])


def _overlaps(entity: Entity, others: Iterable[Entity]) -> bool:
    return any(other.start < entity.end and entity.start < other.end for other in others)


def _repeats(entity: Entity, others: Iterable[Entity]) -> bool:
    return any((other.entity, other.value) == (entity.entity, entity.value) for other in others)


def _found(name: str, hits: Iterable[re.Match[str]], text: str, taken: list[Entity]) -> list[Entity]:
    made = [_span(name, hit.group(1), text, hit.start(), hit.end()) for hit in hits]
    return [entity for entity in made if not _overlaps(entity, taken)]


def _periods(text: str, folded: str) -> list[Entity]:
    """Spans of years such as "giai đoạn 2021-2025": a period is not two plan years."""
    found = []
    for hit in _PERIOD.finditer(folded):
        first, last = (hit.group(1), hit.group(2)) if hit.group(1) else (hit.group(3), hit.group(4))
        if int(last) - int(first) > 2:
            found.append(_span("period", f"{first}-{last}", text, hit.start(), hit.end()))
    return found


def _references(text: str, folded: str, documents: list[Entity]) -> list[Entity]:
    """Numbers of documents that the registry does not hold, as printed or with their kind before."""
    found = _found("reference", _FULL_NUMBER.finditer(folded), text, documents)
    found = [replace(entity, value=entity.text.upper()) for entity in found]
    short = (hit for hit in _SHORT_NUMBER.finditer(folded) if int(hit.group(1)) not in _PLAN_YEARS)
    return found + _found("reference", short, text, documents)


def _picks(text: str, folded: str) -> Iterator[Entity]:
    bare = _BARE_NUMBER.fullmatch(folded.strip())
    if bare is not None:
        yield Entity("ordinal", str(int(bare.group(1))), 0, len(text), text)
    elif len(_WORD.findall(text)) <= PICK_WORDS:
        for place in ordinals(text):
            yield _span("ordinal", str(place.value), text, place.start, place.end)


def _pairs(text: str, gap: Gap, skipped: list[Match]) -> list[Entity]:
    """The first pair of the two phrases in their order, unless a phrase to pass over holds one."""
    for first in _outside(gap.first.find(text), skipped):
        for second in _outside(gap.second.find(text), skipped):
            between = len(_WORD.findall(text[first.end : second.start]))
            if first.end <= second.start and between <= gap.gap:
                return [_span(gap.entity, gap.value, text, first.start, second.end)]
    return []


def _outside(matches: list[Match], skipped: list[Match]) -> list[Match]:
    return [
        match
        for match in matches
        if not any(match.start < other.end and other.start < match.end for other in skipped)
    ]


_PART: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"\b(?:muc|phan) ([ivx]{1,4})\b"), lambda hit: hit.group(1).upper()),
    (re.compile(r"\b(?:noi dung|muc|tiet|phan|so) (\d\.\d{1,2})\b"), lambda hit: hit.group(1)),
    (re.compile(r"\b(?:(?<!chuyen )(?<!tai )khoan|muc) (\d{1,2})\b(?!\.\d)"), lambda hit: hit.group(1)),
    (re.compile(r"\bdiem ([a-z])\b"), lambda hit: hit.group(1)),
)
# "năm liền trước 2024" is 2023.
_YEAR_BEFORE = re.compile(r"\b(?:năm )?(?:liền |ngay |kề )?trước (?:năm )?$", re.IGNORECASE)
# "tôi năm 2025 …" has the letters of "tới năm 2025".
_MYSELF = re.compile(r"tôi\b", re.IGNORECASE)
_AGE = re.compile(r"(?:\W+\w+){1,6}?\W+(?:tuổi|xuân)\b", re.IGNORECASE)
_LEVEL = re.compile(r"\bmức(?: độ)?\b")
_PATH = re.compile(r"\b([ivx]{1,4}(?:\.\d{1,2}){1,2}(?:\.[a-zđ])?)\b")


def _clauses(text: str, folded: str) -> Iterator[Entity]:
    """The path of a clause: "điểm c nội dung 1.6 mục II" → "II.1.6.c"; partial paths stay partial."""
    path = _PATH.search(folded)
    if path is not None:
        head, _, tail = text[path.start() : path.end()].partition(".")
        yield _span("clause", f"{head.upper()}.{tail.lower()}", text, path.start(), path.end())
        return
    folded = _without_levels(text, folded)
    hits = [(pattern.search(folded), read) for pattern, read in _PART]
    parts = [(hit, read(hit)) for hit, read in hits if hit is not None]
    if not parts or (len(parts) == 1 and parts[0][0].group().startswith("diem")):
        return
    names = [name for _, name in parts]
    section = next((name for name in names if "." in name), None)
    if section is not None:
        names = [name for name in names if name == section or not name.isdigit()]
    letter = parts[-1][0]
    if letter.group().startswith("diem"):
        names[-1] = text[letter.end() - 1].lower()
    start, end = min(hit.start() for hit, _ in parts), max(hit.end() for hit, _ in parts)
    yield _span("clause", ".".join(names), text, start, end)


def _without_levels(text: str, folded: str) -> str:
    """The folded text less "mức" and "mức độ": "dịch vụ công mức 4" names no clause, though it folds so."""
    for hit in _LEVEL.finditer(text.lower()):
        folded = f"{folded[: hit.start()]}{' ' * len(hit.group())}{folded[hit.end() :]}"
    return folded
