"""What becomes of a file that is ingested."""

from __future__ import annotations

from enum import StrEnum


class Status(StrEnum):
    """What became of a file; only a guide is removed with its file."""

    ADDED = "added"
    UNCHANGED = "unchanged"
    REPLACED = "replaced"
    REMOVED = "removed"
    FAILED = "failed"
