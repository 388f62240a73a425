from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from actions import fitting
from actions.corpus import Corpus
from actions.fitting import Judged, Lesson, fit, held_out, lessons_of, report
from actions.ranking import DOUBTS, FEATURES, Ranking
from tests.actions.talking import Reader
from tests.actions.test_server import parsed

COVERAGE, DENSE = FEATURES.index("coverage"), FEATURES.index("dense")
SPREAD = np.random.default_rng(7)
OCOP = "Tỷ lệ sản phẩm OCOP được đưa trên các sàn thương mại điện tử nội địa"


def lesson(name: str, right: int | None, size: int = 4) -> Lesson:
    """A turn whose right record has the highest coverage; the other numbers are noise. None: no record."""
    rows = SPREAD.normal(0, 0.3, (size, len(FEATURES)))
    if right is not None:
        rows[right, COVERAGE] += 2.0
    doubts = np.zeros(len(DOUBTS))
    doubts[DOUBTS.index("bias")] = 1.0
    doubts[DOUBTS.index("out_of_scope")] = float(right is None)
    share = np.zeros(size + 1)
    share[size if right is None else right] = 1.0
    return Lesson(name, rows, doubts, share)


@pytest.fixture(scope="module")
def lessons() -> list[Lesson]:
    return [lesson(f"d{number}", None if number % 5 == 0 else number % 4) for number in range(120)]


def chances(ranking: Ranking, one: Lesson) -> tuple[float, ...]:
    return ranking.chances([tuple(row) for row in one.rows], tuple(one.doubts))


def test_what_tells_the_right_record_is_learnt(lessons: list[Lesson]) -> None:
    ranking = fit(lessons)
    others = [abs(weight) for name, weight in ranking.evidence.items() if name != "coverage"]
    assert ranking.evidence["coverage"] > 3 * max(others)
    assert ranking.doubts["out_of_scope"] > 1.0


def test_a_fit_makes_right_records_and_none_probable(lessons: list[Lesson]) -> None:
    ranking = fit(lessons)
    for one in lessons[:40]:
        found = chances(ranking, one)
        if one.right[-1]:
            assert 1 - sum(found) > max(found)
        else:
            assert np.argmax(found) == np.argmax(one.right[:-1])


def test_the_fit_is_the_likeliest(lessons: list[Lesson]) -> None:
    # Some turns where another record is right: otherwise no finite weight would be the likeliest.
    lessons = [*lessons, *(replace(one, right=np.roll(one.right, 1)) for one in lessons[::4])]

    def likelihood(ranking: Ranking) -> float:
        found = [(*chances(ranking, one), 1 - sum(chances(ranking, one))) for one in lessons]
        return sum(float(np.log(np.dot(one.right, f))) for one, f in zip(lessons, found, strict=True))

    ranking = fit(lessons, ridge=1e-6)
    best = likelihood(ranking)
    for name in ("coverage", "dense", "agency"):
        for step in (-0.5, 0.5):
            moved = Ranking(ranking.evidence | {name: ranking.evidence[name] + step}, ranking.doubts)
            assert likelihood(moved) < best


def test_a_stronger_penalty_believes_less(lessons: list[Lesson]) -> None:
    loose, strict = fit(lessons, 0.001), fit(lessons, 10.0)
    assert sum(w**2 for w in strict.evidence.values()) < sum(w**2 for w in loose.evidence.values())


def test_turns_of_any_number_of_candidates_are_fitted_together() -> None:
    ranking = fit([lesson("a", 0, 2), lesson("b", 3, 6), lesson("c", None, 0), lesson("d", None, 3)])
    assert all(np.isfinite(weight) for weight in (*ranking.evidence.values(), *ranking.doubts.values()))


def test_fitting_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="lessons"):
        fit([])


def test_no_dialogue_is_judged_by_a_fit_that_has_seen_it(
    lessons: list[Lesson], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[set[str]] = []
    judged: list[set[str]] = []
    fit_of = fitting.fit

    def spy(part: list[Lesson], ridge: float) -> Ranking:
        seen.append({one.dialogue for one in part})
        judged.append(set())
        return fit_of(part[:20], ridge)

    judge_of = fitting._judge

    def judging(one: Lesson, ranking: Ranking) -> Judged:
        judged[-1].add(one.dialogue)
        return judge_of(one, ranking)

    monkeypatch.setattr(fitting, "fit", spy)
    monkeypatch.setattr(fitting, "_judge", judging)
    several = [*lessons, *(lesson(one.dialogue, 1) for one in lessons[:30])]
    assert len(held_out(several)) == len(several)
    assert all(not learnt & tested for learnt, tested in zip(seen, judged, strict=True))
    assert set.union(*judged) == {one.dialogue for one in several}


def test_held_out_turns_are_told_right_from_wrong(lessons: list[Lesson]) -> None:
    judged = {one.dialogue: one for one in held_out(lessons)}
    assert sum(one.right for one in judged.values() if not one.none) >= 90
    assert all(one.place is None and not one.right for one in judged.values() if one.none)
    assert np.mean([j.chance for j in judged.values() if j.none]) < np.mean(
        [j.chance for j in judged.values() if not j.none]
    )


def test_the_report_counts_places_and_bands() -> None:
    judged = [
        Judged("a", 0.92, True, 0, False),
        Judged("b", 0.55, False, 1, False),
        Judged("c", 0.58, False, 4, False),
        Judged("d", 1.0, True, 0, False),
        Judged("e", 0.12, False, None, True),
    ]
    text = report(judged)
    assert text.startswith("4 turns with a record, 1 without")
    assert "right record among 1: 50.0 %" in text
    assert "right record among 2: 75.0 %" in text
    assert "right record among 5: 100.0 %" in text
    assert "right 1.00 (2)" in text
    assert "right 0.00 (2)" in text
    assert report([]).startswith("0 turns")


def dialogue_of(*turns: tuple[str, dict[str, Any]]) -> dict[str, Any]:
    said = [{"user": user, "expect": {"none_of": [], "abstain": False} | expect} for user, expect in turns]
    return {"id": "t-1", "type": "followup", "style": "plain", "turns": said, "why": "thử"}


def taught(corpus: Corpus, reader: Reader, folder: Path, *turns: tuple[str, dict[str, Any]]) -> list[Lesson]:
    """The lessons of one dialogue."""
    file = folder / "dialogues.jsonl"
    file.write_text(json.dumps(dialogue_of(*turns), ensure_ascii=False) + "\n", "utf-8")
    readings = {user: parsed(reader, user) for user, _ in turns}
    return list(lessons_of([file], readings, corpus))


def cited(row: str) -> dict[str, Any]:
    return {"all_of": [], "cites": [{"doc": "206/QĐ-UBND", "row": row}]}


def test_a_turn_teaches_which_candidate_gives_the_right_answer(
    corpus: Corpus, reader: Reader, tmp_path: Path
) -> None:
    (one,) = taught(corpus, reader, tmp_path, (f"{OCOP} năm 2024", cited("80")))
    assert one.rows.shape == (len(one.right) - 1, len(FEATURES))
    assert one.right.sum() == pytest.approx(1.0)
    assert one.right[-1] == 0.0
    assert one.rows[one.right[:-1] > 0, COVERAGE].min() >= one.rows[:, COVERAGE].mean()


def test_a_turn_to_abstain_in_teaches_none(corpus: Corpus, reader: Reader, tmp_path: Path) -> None:
    expect = {"all_of": [], "cites": [], "abstain": True}
    (one,) = taught(corpus, reader, tmp_path, ("nuôi cá tra xuất khẩu lãi nhiều không", expect))
    assert one.right[-1] == 1.0
    assert not one.right[:-1].any()


def test_a_turn_whose_answer_is_not_among_the_candidates_teaches_nothing(
    corpus: Corpus, reader: Reader, tmp_path: Path
) -> None:
    assert taught(corpus, reader, tmp_path, (f"{OCOP} năm 2024", cited("777"))) == []


def test_what_is_not_searched_teaches_nothing(corpus: Corpus, reader: Reader, tmp_path: Path) -> None:
    turns = (("STT 80 năm 2024", cited("80")), ("còn số 101?", cited("101")))
    assert taught(corpus, reader, tmp_path, *turns) == []
