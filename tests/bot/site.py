"""What the fixtures of the gateway's tests hand to a test."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import httpx

from bot.fakes import FakeRasa


@dataclass(frozen=True, slots=True)
class Site:
    """A running gateway, a client for it, and the scripted Rasa behind it."""

    url: str
    http: httpx.Client
    rasa: FakeRasa
    home: Path
