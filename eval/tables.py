"""The figures as Markdown: a part of docs/quality.md each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from eval.calibration import Said, bands, calibration_error, kept
from eval.figures import Ablation, Robustness, Run
from eval.report import KEPT_APART, Line

_NAMES = {"type": "type of question", "style": "style of writing"}
_PLAIN = "plain"
_THRESHOLDS = (0.0, 0.95, 0.96, 0.97, 0.975, 0.98, 0.985, 0.99, 0.995)


def scores(run: Run) -> Iterator[str]:
    """Each set in words and by type and style, the sets that are published first."""
    for name in sorted(run.sets, key=lambda name: (name not in KEPT_APART, name)):
        lines = [line for line in run.table if line.set == name]
        (whole,) = (line for line in lines if line.kind == "set")
        yield from ("", f"### {name}", "", _in_words(whole))
        for kind, title in _NAMES.items():
            yield from ("", *_parts(title, [line for line in lines if line.kind == kind]))


def _in_words(whole: Line) -> str:
    return (
        f"**{whole.passed} of {whole.total} dialogues right ({whole.percent:.1f} %)**, "
        f"{whole.wrong} confidently wrong ({whole.wrong_percent:.1f} %); "
        f"a turn takes {_number(whole.p50)} ms (p50), {_number(whole.p95)} ms (p95)."
    )


def _parts(title: str, lines: Sequence[Line]) -> Iterator[str]:
    plain = next((line.percent for line in lines if line.kind == "style" and line.name == _PLAIN), None)
    against = f" against {_PLAIN} |" if plain is not None else ""
    yield f"| {title} | right | of | % |{against} confidently wrong | p50 ms | p95 ms |"
    yield "| --- | ---: | ---: | ---: |" + " ---: |" * (3 + (plain is not None))
    for line in lines:
        apart = "" if plain is None else f" {line.percent - plain:+.1f} |"
        yield (
            f"| {line.name} | {line.passed} | {line.total} | {line.percent:.1f} |{apart} {line.wrong} "
            f"| {_number(line.p50)} | {_number(line.p95)} |"
        )


def reliability(sets: Mapping[str, Sequence[Said]]) -> Iterator[str]:
    """Said confidence against share right, in ten bands of equally many answers, for each set."""
    for name, answers in sets.items():
        yield from ("", f"{name}: {len(answers)} answers, " + _error_in_words(answers), "")
        yield from ("| confidence | answers | said | right |", "| --- | ---: | ---: | ---: |")
        for band in bands(answers):
            yield f"| {band.low:.3f} – {band.high:.3f} | {band.total} | {band.said:.3f} | {band.share:.3f} |"


def _error_in_words(answers: Sequence[Said]) -> str:
    if not answers:
        return "nothing to compare."
    said = sum(one.confidence for one in answers) / len(answers)
    right = sum(one.right for one in answers) / len(answers)
    return (
        f"said {said:.3f} on average, right {right:.3f}; "
        f"expected calibration error {calibration_error(answers):.3f}."
    )


def risk_coverage(sets: Mapping[str, Sequence[Said]]) -> Iterator[str]:
    """What a threshold on the confidence keeps and lets through, for each set."""
    for name, answers in sets.items():
        yield from ("", f"{name}:", "")
        yield "| answers from | right kept | % of right | wrong let through | % of answers given |"
        yield "| --- | ---: | ---: | ---: | ---: |"
        right = sum(one.right for one in answers)
        for threshold in _THRESHOLDS:
            point = kept(answers, threshold)
            share = 100 * point.right / right if right else 0.0
            label = f"{threshold:.3f}" if threshold else "all"
            yield f"| {label} | {point.right} | {share:.1f} | {point.wrong} | {100 * point.risk:.1f} |"


def ablation(found: Ablation) -> Iterator[str]:
    """Each system on each way of typing, for each set of questions."""
    for part in found.sets:
        yield from ("", f"### {part.name}", "")
        yield "| system | questions | P@1 | R@10 | MRR@10 | nDCG@10 |"
        yield "| --- | --- | ---: | ---: | ---: | ---: |"
        for row in part.rows:
            figures = (row.p_at_1, row.r_at_10, row.mrr_at_10, row.ndcg_at_10)
            yield f"| {row.system} | {row.query} | " + " | ".join(f"{one:.1f}" for one in figures) + " |"


def robustness(found: Robustness) -> Iterator[str]:
    """What each way of typing costs."""
    share = 100 * found.right / found.questions if found.questions else 0.0
    yield ""
    yield (
        f"{found.questions} questions, {found.right} right as they are written ({share:.1f} %), "
        f"{found.confidently_wrong} confidently wrong."
    )
    yield from (
        "",
        "| typed | right | still right | points lost | bound | confidently wrong | of these new |",
    )
    yield "| --- | ---: | ---: | ---: | ---: | ---: | ---: |"
    for one in found.transformations:
        bound = "" if one.bound is None else f"{one.bound:g}"
        over = " **over**" if one.bound is not None and one.lost > one.bound else ""
        yield (
            f"| {one.name} | {one.right} | {one.kept} | {one.lost:.1f}{over} | {bound} "
            f"| {one.confidently_wrong} | {one.newly_wrong} |"
        )


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.0f}"
