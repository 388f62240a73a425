"""Archives as a document: bombs, members that climb out of their folder, hostile XML, cut off ones."""

from __future__ import annotations

import io
import tarfile
import zipfile
from collections.abc import Iterator, Mapping

LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a0 "ha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    + "]><l>&a11;</l>"
).encode()
"""XML that grows to ten to the power of eleven when it is read (“billion laughs”)."""
_SHEET = "xl/worksheets/sheet1.xml"
_MEMBERS: Mapping[str, Mapping[str, bytes]] = {
    "document": {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w:document/>"},
    "bomb": {f"{number}.txt": b"0" * 10_000_000 for number in range(10)},
    "climbs out": dict.fromkeys(("../../x.txt", "/etc/x.txt", "C:\\x.txt", "a/../../../x"), b"x"),
    "billion laughs": {"xl/workbook.xml": b"<workbook/>", _SHEET: LAUGHS},
    "formulas": {_SHEET: b"<sheetData><row><c><f>cmd|' /C calc'!A0</f></c></row></sheetData>"},
}


def archives() -> Iterator[tuple[str, bytes]]:
    """Archives by name."""
    for name, members in _MEMBERS.items():
        yield f"ZIP: {name}", zipped(members)
    yield "ZIP: cut off", zipped(_MEMBERS["document"])[:-40]
    yield "tar: climbs out", _tarred("../../x.txt")


def bomb() -> bytes:
    """A small ZIP file of 100 MB."""
    return zipped(_MEMBERS["bomb"])


def zipped(members: Mapping[str, bytes]) -> bytes:
    """A ZIP file of members by name."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def _tarred(name: str) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w:gz") as archive:
        member = tarfile.TarInfo(name)
        member.size = 1_000_000
        archive.addfile(member, io.BytesIO(bytes(member.size)))
    return file.getvalue()
