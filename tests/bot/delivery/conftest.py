"""A real mailbox, a channel that keeps what it is told to send, and a scripted assistant."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.channels.fakes import RecordingChannel
from bot.mailbox import Mailbox


@pytest.fixture
def mailbox(tmp_path: Path) -> Iterator[Mailbox]:
    with Mailbox.open(f"sqlite:///{tmp_path / 'people.sqlite3'}") as opened:
        yield opened


@pytest.fixture
def channel() -> RecordingChannel:
    return RecordingChannel(numbered=True)
