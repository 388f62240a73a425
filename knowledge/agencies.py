"""The registry of agencies: finds in a printed cell which agencies it names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from knowledge.errors import RegistryError
from knowledge.records import Agency, Assignment, Role
from vietnamese import Gazetteer

_FILLER = re.compile(
    r"[\s,;.:()\-–]+|\b(?:và|các|tại mỗi địa phương|trên địa bàn(?: tỉnh)?|tỉnh)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class CellReading:
    """The agencies of one cell, and the words of it that name no known agency."""

    assignments: tuple[Assignment, ...]
    unknown: str


class AgencyRegistry:
    """Every agency with its spellings. Names hold commas, so a cell is matched, never split.

    `printed` adds, by agency id, spellings that name an agency only inside a printed cell, where
    a bare "Doanh nghiệp" is one, while in a person's question it is not.
    """

    def __init__(self, agencies: tuple[Agency, ...], printed: Mapping[str, tuple[str, ...]]) -> None:
        self.agencies = agencies
        self._by_id = {agency.id: agency for agency in agencies}
        spellings = {a.id: (a.name, *a.aliases, *printed.get(a.id, ())) for a in agencies}
        self._gazetteer = Gazetteer(spellings)

    @classmethod
    def load(cls, path: Path) -> AgencyRegistry:
        """Read ``agencies.yml``. Raises `RegistryError` for a missing field or an unknown successor."""
        try:
            raw = yaml.safe_load(unicodedata.normalize("NFC", path.read_text(encoding="utf-8")))
            agencies = tuple(_agency(entry) for entry in raw)
        except (OSError, yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
            raise RegistryError(f"{path.name}: expected a list of agencies, found {error!r}") from error
        known = {agency.id for agency in agencies}
        for agency in agencies:
            if agency.successor and agency.successor not in known:
                where = f"{path.name}, {agency.id}"
                raise RegistryError(f"{where}: successor {agency.successor!r} is not an agency")
        return cls(agencies, {entry["id"]: tuple(entry.get("printed", ())) for entry in raw})

    def __getitem__(self, agency_id: str) -> Agency:
        return self._by_id[agency_id]

    def __contains__(self, agency_id: object) -> bool:
        return agency_id in self._by_id

    def read(self, cell: str, role: Role) -> CellReading:
        """The agencies that a printed cell names, in printed order and once each."""
        found: dict[str, Assignment] = {}
        unknown: list[str] = []
        end = 0
        for match in self._gazetteer.find(cell):
            found.setdefault(match.value, Assignment(match.value, role, match.text))
            unknown.append(cell[end : match.start])
            end = max(end, match.end)
        unknown.append(cell[end:])
        rest = _FILLER.sub(" ", " ".join(unknown))
        return CellReading(tuple(found.values()), " ".join(rest.split()))


def _agency(entry: Mapping[str, Any]) -> Agency:
    return Agency(
        id=entry["id"],
        name=entry["name"],
        aliases=tuple(map(str, entry.get("aliases", ()))),
        level=entry["level"],
        successor=entry.get("successor"),
        evidence=entry.get("evidence", ""),
    )
