"""The two pictures of docs/quality.md, as SVG. The same figures always give the same bytes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
from matplotlib.figure import Figure

from eval.calibration import Said, bands, calibration_error, curve

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_COLOURS = ("#0b6b43", "#b86e00", "#4a7fb5", "#a04a7a")
_MARGIN = 0.02
_INK, _PALE = "#1b2620", "#9aa69f"
#: Nothing of this machine: no settings of its user, no date, no random ids, letters as outlines.
_STYLE: dict[Any, Any] = {
    "font.family": "DejaVu Sans",
    "font.size": 9,
    "svg.hashsalt": "quality",
    "svg.fonttype": "path",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": _PALE,
    "axes.labelcolor": _INK,
    "axes.axisbelow": True,
    "text.color": _INK,
    "xtick.color": _INK,
    "ytick.color": _INK,
    "grid.color": "#e3e8e5",
}


def reliability(sets: Mapping[str, Sequence[Said]]) -> bytes:
    """Said confidence against share right, a panel for each set; bars are 95 % intervals."""
    with mpl.rc_context({**mpl.rcParamsDefault, **_STYLE}):
        figure = Figure(figsize=(3.6 * max(len(sets), 1) + 0.4, 3.7), layout="constrained")
        for at, (name, answers) in enumerate(sets.items()):
            axes = figure.add_subplot(1, len(sets), at + 1)
            _reliability_of(axes, answers, _COLOURS[at % len(_COLOURS)])
            error = calibration_error(answers)
            axes.set_title(f"{name}\n{len(answers)} answers, calibration error {error:.3f}", fontsize=9)
        return _svg(figure)


def risk_coverage(sets: Mapping[str, Sequence[Said]]) -> bytes:
    """Right answers kept against wrong answers let through, as the threshold falls; a line for each set."""
    with mpl.rc_context({**mpl.rcParamsDefault, **_STYLE}):
        figure = Figure(figsize=(6.4, 3.9), layout="constrained")
        axes = figure.add_subplot()
        for (name, answers), colour in zip(sets.items(), _COLOURS * len(sets), strict=False):
            right = max(sum(one.right for one in answers), 1)
            points = curve(answers)
            across = [0.0, *(100 * point.right / right for point in points)]
            up = [0.0, *(100 * point.wrong / len(answers) for point in points)]
            axes.plot(across, up, color=colour, label=name, linewidth=1.8, clip_on=False)
        axes.set(xlim=(0, 100), xlabel="right answers kept, % of those given without a threshold")
        axes.set(ylabel="wrong answers let through,\n% of all answers")
        axes.set_ylim(0, max(2.0, axes.get_ylim()[1]))
        axes.grid()
        if sets:
            axes.legend(frameon=False, loc="upper left")
        return _svg(figure)


def _reliability_of(axes: Axes, answers: Sequence[Said], colour: str) -> None:
    found = bands(answers)
    lowest = max(0.0, min((min(band.said, band.interval[0]) for band in found), default=0.0) - _MARGIN)
    axes.plot([lowest, 1], [lowest, 1], color=_PALE, linestyle="--", linewidth=1)
    for band in found:
        low, high = band.interval
        axes.plot([band.said, band.said], [low, high], color=colour, linewidth=1.2, alpha=0.5)
        axes.plot(band.said, band.share, "o", color=colour, markersize=5)
    limits = (lowest, 1 + _MARGIN * (1 - lowest))
    axes.set(xlim=limits, ylim=limits, xlabel="said confidence", ylabel="share right")
    axes.grid()


def _svg(figure: Figure) -> bytes:
    out = BytesIO()
    figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    return out.getvalue()
