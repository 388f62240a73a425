#!/usr/bin/env python3
"""`make audit`: known vulnerabilities of everything that is locked, asked of the OSV database.

What stands in requirements/accepted.yml is accepted with the reason that is given there; anything else makes
the command fail. Where the database cannot be reached, that is said and nothing is claimed: exit status 3.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx
import yaml

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("main", "dev", "torch", "setup", "rasa")
ACCEPTED = ROOT / "requirements" / "accepted.yml"
OSV = "https://api.osv.dev"
UNREACHABLE = 3
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;]+)", re.MULTILINE)
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Pin:
    """One locked version, and the lock file that it stands in."""

    lock: str
    name: str
    version: str


@dataclass(frozen=True, slots=True)
class Finding:
    """The advisories that hold for a pin; `reason` says why it is accepted, empty when it is not."""

    pin: Pin
    advisories: tuple[str, ...]
    reason: str = ""


def pins(folder: Path) -> Iterator[Pin]:
    """All pins of the lock files."""
    for lock in LOCKS:
        for name, version in _PIN.findall((folder / f"{lock}.lock").read_text("utf-8")):
            yield Pin(lock, name.lower(), version.partition("+")[0])


def ask(wanted: Sequence[Pin], url: str = OSV) -> Iterator[tuple[Pin, tuple[str, ...]]]:
    """The advisories of each pin that has any. Raises `httpx.HTTPError`."""
    with httpx.Client(base_url=url, timeout=30) as http:
        for start in range(0, len(wanted), _BATCH):
            part = wanted[start : start + _BATCH]
            queries = [
                {"package": {"name": pin.name, "ecosystem": "PyPI"}, "version": pin.version} for pin in part
            ]
            reply = http.post("/v1/querybatch", json={"queries": queries}).raise_for_status().json()
            for pin, result in zip(part, reply["results"], strict=True):
                if found := tuple(str(one["id"]) for one in result.get("vulns") or ()):
                    yield pin, found


def judged(
    found: Iterator[tuple[Pin, tuple[str, ...]]], accepted: Mapping[str, Mapping[str, str]]
) -> list[Finding]:
    """The findings, with the reason of those that are accepted for their lock file."""
    return [Finding(pin, ids, accepted.get(pin.lock, {}).get(pin.name, "")) for pin, ids in found]


def main(url: str = OSV, folder: Path = ROOT / "requirements") -> int:
    """Print what was found; 1 when something is not accepted."""
    accepted = yaml.safe_load((folder / ACCEPTED.name).read_text("utf-8")) or {}
    wanted = list(pins(folder))
    try:
        findings = judged(ask(wanted, url), accepted)
    except httpx.HTTPError as error:
        print(f"NOT AUDITED: {url} cannot be reached ({type(error).__name__})", file=sys.stderr)
        return UNREACHABLE
    for finding in findings:
        state = f"accepted: {finding.reason}" if finding.reason else "NOT ACCEPTED"
        pin = finding.pin
        print(f"{pin.lock}: {pin.name} {pin.version}: {', '.join(finding.advisories)}; {state}")
    bad = sum(not finding.reason for finding in findings)
    print(f"{len(wanted)} pins, {len(findings)} with advisories, {bad} not accepted")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
