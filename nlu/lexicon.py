"""The closed sets of `data/lexicon.yml` and of the registry files, ready to be found in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from string import Formatter
from typing import Any

import yaml

from nlu.bounds import BoundReader
from vietnamese import Gazetteer

#: Sets of the file whose phrases mean an entity of the same name.
PLAIN_SETS = (
    "role", "field", "meta", "pillar", "kind", "ask", "unheld", "ordinal", "change", "shape", "blank",
)  # fmt: skip
_SHORT_OFFICE = re.compile(r"Sở [A-ZĐ][A-ZĐ&,-]+")
#: Value of a phrase that is passed over: it holds another phrase without meaning it.
IGNORED = ""


class LexiconError(ValueError):
    """A lexicon or registry file that does not have the expected shape."""


@dataclass(frozen=True)
class Gap:
    """Two phrases near each other that mean `entity` = `value`: at most `gap` words stand between."""

    entity: str
    value: str
    first: Gazetteer
    second: Gazetteer
    gap: int


@dataclass(frozen=True)
class Lexicon:
    """Everything closed that a message is read with.

    `sets` holds a gazetteer for each entity, `relative` one of years named by their distance, `rows`
    and `horizons` the words that stand before a number, `bounds` reads limits of values, `ignored` is
    what means nothing by itself.
    """

    sets: Mapping[str, Gazetteer]
    relative: Gazetteer
    ignored: Gazetteer
    rows: tuple[str, ...]
    horizons: tuple[str, ...]
    bounds: BoundReader
    gaps: tuple[Gap, ...]


def load_lexicon(lexicon: Path, agencies: Path, registry: Path) -> Lexicon:
    """Read the three files. Raises `LexiconError` or `OSError`."""
    raw = _mapping(lexicon)
    try:
        words = {name: tuple(phrases) for name, phrases in raw["words"].items()}
        ignore = {IGNORED: tuple(raw["ignore"])}
        sets = {name: Gazetteer({**_expanded(raw[name], words), **ignore}) for name in PLAIN_SETS}
        places = {f"place:{name.lstrip('=')}": [name] for name in raw["place"]}
        sets["unheld"] = Gazetteer({**_expanded(raw["unheld"], words), **places, **ignore})
        sets["agency"] = Gazetteer(agency_names(agencies))
        sets["document"] = Gazetteer(document_names(registry))
        return Lexicon(
            sets=sets,
            relative=Gazetteer(raw["relative"]),
            ignored=Gazetteer(ignore),
            rows=tuple(raw["row"]),
            horizons=tuple(raw["horizon"]),
            bounds=BoundReader(raw["bound"]["before"], raw["bound"]["behind"], raw["bound"]["units"]),
            gaps=tuple(_gap(entry, words) for entry in raw["gaps"]),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise LexiconError(f"{lexicon.name}: missing or malformed part {error}") from error


def agency_names(path: Path) -> dict[str, list[str]]:
    """Agency id → its name and aliases."""
    entries = _read(path)
    if not isinstance(entries, list):
        raise LexiconError(f"{path.name}: a list of agencies is expected")
    return {entry["id"]: _with_glued([entry["name"], *entry.get("aliases", ())]) for entry in entries}


def _with_glued(names: list[str]) -> list[str]:
    """Names, and "SVHTTDL" for "Sở VHTTDL": offices write the letter of the word before the others."""
    short = [name.removeprefix("Sở ") for name in names if _SHORT_OFFICE.fullmatch(name)]
    return [*names, *dict.fromkeys("S" + re.sub(r"[^A-ZĐ]", "", letters) for letters in short)]


def document_names(path: Path) -> dict[str, list[str]]:
    """Document id → the ways people name it."""
    return {entry["id"]: [entry["cite"], *entry.get("aliases", ())] for entry in _mapping(path)["documents"]}


def _read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def _mapping(path: Path) -> dict[str, Any]:
    raw = _read(path)
    if not isinstance(raw, dict):
        raise LexiconError(f"{path.name}: a mapping is expected")
    return raw


def _expanded(
    values: Mapping[str, Iterable[str]], words: Mapping[str, Sequence[str]]
) -> dict[str, list[str]]:
    return {str(value): expand_phrases(phrases, words) for value, phrases in values.items()}


def expand_phrases(phrases: Iterable[str], words: Mapping[str, Sequence[str]]) -> list[str]:
    """Each phrase with every choice for the sets that it names in braces.

    >>> expand_phrases(["{who} lo"], {"who": ["ai", "sở nào"]})
    ['ai lo', 'sở nào lo']
    """
    found: list[str] = []
    for phrase in phrases:
        names = [name for _, name, _, _ in Formatter().parse(phrase) if name]
        unknown = [name for name in names if name not in words]
        if unknown:
            raise LexiconError(f"unknown set {unknown[0]!r} in {phrase!r}")
        choices = product(*(words[name] for name in names))
        found.extend(phrase.format(**dict(zip(names, choice, strict=True))) for choice in choices)
    return found


def _gap(entry: Mapping[str, Any], words: Mapping[str, Sequence[str]]) -> Gap:
    first = Gazetteer({entry["value"]: expand_phrases(entry["first"], words)})
    second = Gazetteer({entry["value"]: expand_phrases(entry["second"], words)})
    return Gap(entry["entity"], entry["value"], first, second, int(entry["gap"]))
