from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from xml.etree import ElementTree

import matplotlib as mpl
import pytest

from eval.calibration import Said
from eval.plots import reliability, risk_coverage

Draw = Callable[[Mapping[str, Sequence[Said]]], bytes]
TWO: dict[str, tuple[Said, ...]] = {
    "reporting.jsonl": (Said(0.6, True), Said(0.8, False), Said(0.97, True)),
    "tuning.jsonl": (Said(0.7, True), Said(0.9, True)),
}
DRAWINGS = pytest.mark.parametrize("draw", [reliability, risk_coverage])


@DRAWINGS
def test_the_same_figures_give_the_same_bytes(draw: Draw) -> None:
    first = draw(TWO)
    with mpl.rc_context({"font.size": 20, "svg.hashsalt": None, "axes.facecolor": "red"}):
        assert draw(TWO) == first
    assert draw({**TWO, "tuning.jsonl": (Said(0.7, False),)}) != first


@DRAWINGS
def test_a_picture_is_svg_without_date(draw: Draw) -> None:
    picture = draw(TWO)
    assert ElementTree.fromstring(picture).tag.endswith("svg")
    assert b"<dc:date" not in picture


@DRAWINGS
@pytest.mark.parametrize("sets", [{}, {"a.jsonl": ()}, {"a.jsonl": (Said(0.5, False),)}])
def test_there_may_be_little_to_draw(draw: Draw, sets: dict[str, tuple[Said, ...]]) -> None:
    assert draw(sets).startswith(b"<?xml")
