"""A small chart of one indicator in the plans of several years. Drawn off screen, in the house's colours."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from threading import Lock
from typing import TYPE_CHECKING

from knowledge.records import Comparator, Indicator, Target
from knowledge.selection import Line, comparable_lines

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_SIZE, _DPI = (6.0, 4.0), 130
_COLOURS = ("#0b6b43", "#e09a00", "#4a7fb5", "#a04a7a", "#6b6b6b")
_INK, _PALE = "#1b2620", "#4d5a52"
_TITLE_WIDTH, _TITLE_LINES, _SOURCE_WIDTH = 60, 3, 92
_BAR, _FULL = 0.42, 100
_WORDS = {Comparator.OVER: "trên ", Comparator.AT_LEAST: "tối thiểu "}
_HATCHED = "Cột gạch chéo: văn bản ghi “trên” hoặc “tối thiểu”, không nêu giới hạn trên."
_drawing = Lock()


@dataclass(frozen=True, slots=True)
class Side:
    """An indicator in one plan; `source` is its place in words."""

    indicator: Indicator
    source: str

    @property
    def year(self) -> int:
        """The year that the target is set for."""
        return self.indicator.period.end


@lru_cache(maxsize=256)
def draw(sides: tuple[Side, ...]) -> bytes | None:
    """A PNG of the values that can be compared, oldest side first; None when there are none."""
    lines = comparable_lines([side.indicator for side in sides])
    if not lines:
        return None
    with _drawing:  # matplotlib shares its font cache between threads
        return _drawn(sides, lines)


def value_text(target: Target, unit: bool = True) -> str:
    """A value with its comparator and unit: "trên 35 sản phẩm", "15–20%"."""
    value = f"{target.value:f}".replace(".", ",")
    if target.upper is not None:
        value += f"–{target.upper:f}".replace(".", ",")
    measured = target.unit if target.unit.startswith("%") else f" {target.unit}".rstrip() if unit else ""
    return f"{_WORDS.get(target.comparator, '')}{value}{measured}"


def _drawn(sides: Sequence[Side], lines: Sequence[Line]) -> bytes:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=_SIZE, dpi=_DPI, facecolor="white")
    FigureCanvasAgg(figure)
    title, notes = _shortened(sides[-1].indicator.name), _notes(sides, lines)
    figure.text(0.03, 0.97, title, fontsize=10.5, fontweight="bold", color=_INK, va="top")
    figure.text(0.03, 0.02, notes, fontsize=7.5, color=_PALE, va="bottom")
    panels = _panels(lines)
    legend = max(len(panel) for panel in panels)
    bottom = 0.15 + 0.03 * notes.count("\n")
    height = 0.93 - 0.055 * (title.count("\n") + 1) - 0.05 * legend - bottom
    for number, panel in enumerate(panels):
        left, width = 0.05 + number * 0.92 / len(panels), 0.92 / len(panels) - 0.02
        axes = figure.add_axes((left, bottom, width, height))
        _bars(axes, sides, panel, alone=len(panels) == 1)
    buffer = BytesIO()
    figure.savefig(buffer, format="png", metadata={"Software": "Trợ lý số", "Title": "Chỉ tiêu theo năm"})
    return buffer.getvalue()


def _panels(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines of one unit share an axis; numbers of different things each have their own."""
    panels: dict[str, list[Line]] = {}
    for line in lines:
        unit = line.values[0].unit
        panels.setdefault("%" if unit.startswith("%") else unit, []).append(line)
    return list(panels.values())


def _notes(sides: Sequence[Side], lines: Sequence[Line]) -> str:
    text = textwrap.fill("Nguồn: " + "; ".join(side.source for side in sides), _SOURCE_WIDTH)
    open_ended = any(target.comparator in _WORDS for line in lines for target in line.values)
    return f"{text}\n{_HATCHED}" if open_ended else text


def _bars(axes: Axes, sides: Sequence[Side], lines: Sequence[Line], alone: bool) -> None:
    """Bars by year, one colour for each part; a hatched bar bounds its value from below only."""
    width = min(_BAR, 0.8 / len(lines))
    for number, line in enumerate(lines):
        places = [at + (number - (len(lines) - 1) / 2) * width for at in range(len(sides))]
        heights = [_height(target) for target in line.values]
        label = textwrap.shorten(line.part or line.values[0].unit or "toàn bộ", 62, placeholder="…")
        label = "toàn bộ" if label == "%" else label
        bars = axes.bar(places, heights, width * 0.92, color=_COLOURS[number % len(_COLOURS)], label=label)
        for bar, target in zip(bars, line.values, strict=True):
            if target.comparator in _WORDS:
                bar.set(hatch="//", edgecolor="white", linewidth=0)
            middle = bar.get_x() + bar.get_width() / 2
            axes.annotate(
                value_text(target, alone), (middle, bar.get_height()), (0, 4), textcoords="offset points",
                ha="center", fontsize=10, fontweight="bold", color=_INK,
            )  # fmt: skip
    if len(lines) > 1 or not alone or lines[0].part:
        axes.legend(loc="lower left", bbox_to_anchor=(0, 1.04), fontsize=8, frameon=False, borderaxespad=0)
    _plain(axes, sides, lines)


def _plain(axes: Axes, sides: Sequence[Side], lines: Sequence[Line]) -> None:
    """Years below, nothing else: the values stand on the bars."""
    targets = [target for line in lines for target in line.values]
    shares = all(target.unit.startswith("%") for target in targets)
    axes.set_xlim(-0.6, len(sides) - 0.4)
    axes.set_ylim(0, _FULL * 1.12 if shares else (max(map(_height, targets)) or 1) * 1.18)
    axes.set_xticks(range(len(sides)), [f"Năm {side.year}" for side in sides], fontsize=10, color=_INK)
    axes.set_yticks([])
    axes.tick_params(length=0)
    for name in ("top", "right", "left"):
        axes.spines[name].set_visible(False)
    axes.spines["bottom"].set_color("#cfd8d0")


def _height(target: Target) -> float:
    return float(target.upper if target.upper is not None else target.value or 0)


def _shortened(name: str) -> str:
    lines = textwrap.wrap(" ".join(name.split()), _TITLE_WIDTH)
    if len(lines) > _TITLE_LINES:
        lines = [*lines[: _TITLE_LINES - 1], lines[_TITLE_LINES - 1].rstrip(" ,.;") + "…"]
    return "\n".join(lines)
