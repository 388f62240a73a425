"""One and the same answer in the four channels, as reviewed.

After a change of the rendering: `pytest tests/bot/rendering --regenerate-goldens`, then read the diff.
"""

from __future__ import annotations

import json

import pytest

from bot.channels.protocol import Parcel
from bot.pages.templating import environment
from bot.rendering import telegram, to_text, zalo
from tests.bot.rendering.samples import FOLDER, NAMES, SITE, answer, offers
from tests.goldens import compare

GOLDENS = FOLDER / "goldens"


@pytest.mark.parametrize("name", NAMES)
def test_web(name: str, pytestconfig: pytest.Config) -> None:
    parts = environment().get_template("parts.html").make_module()
    page = str(getattr(parts, "reply")(answer(name), "w.id.signature"))  # noqa: B009
    lines = (line.rstrip() for line in page.encode("utf-8", "replace").decode().split("\n"))
    compare(GOLDENS / f"{name}.web.html", "\n".join(line for line in lines if line) + "\n", pytestconfig)


@pytest.mark.parametrize("name", NAMES)
def test_telegram(name: str, pytestconfig: pytest.Config) -> None:
    parcels = telegram.render(answer(name), offers(answer(name)), SITE, "7")
    compare(GOLDENS / f"{name}.telegram.json", _json(parcels), pytestconfig)


@pytest.mark.parametrize("name", NAMES)
def test_zalo(name: str, pytestconfig: pytest.Config) -> None:
    parcels = zalo.render(answer(name), offers(answer(name)), SITE)
    compare(GOLDENS / f"{name}.zalo.json", _json(parcels), pytestconfig)


@pytest.mark.parametrize("name", NAMES)
def test_terminal(name: str, pytestconfig: pytest.Config) -> None:
    text = to_text(answer(name), 100, SITE)
    compare(GOLDENS / f"{name}.terminal.txt", text + "\n", pytestconfig)


def _json(parcels: tuple[Parcel, ...]) -> str:
    """Texts as lists of lines, so that a change shows where it is."""
    plain = [
        {**parcel.to_json(), "text": parcel.text.split("\n")} if "\n" in parcel.text else parcel.to_json()
        for parcel in parcels
    ]
    return json.dumps(plain, ensure_ascii=False, indent=1) + "\n"
