"""The points of a how-to by what a message means."""

from __future__ import annotations

from actions.guide_points import nearest_of, nearest_points, shared_words
from tests.actions.test_guidance import Guided
from tests.actions.test_guidance import guided as guided


def test_every_point_and_the_summary_are_points(guided: Guided) -> None:
    guide = guided.corpus.store.guide("vneid")
    assert guide is not None
    points = guide.points
    assert set(points) >= {*guide.steps, *guide.avoid, *guide.prepare, *guide.check}
    assert guide.summary.startswith(points[-2])


def test_the_nearest_come_first_and_the_far_ones_not_at_all(guided: Guided) -> None:
    guide = guided.corpus.store.guide("vneid")
    assert guide is not None
    asked = guide.avoid[2]
    found = nearest_points(asked, guide, guided.corpus)
    assert found[0][0] == asked
    assert len(found) <= 3
    assert all(cosine >= found[0][1] - 0.02 for _, cosine in found)


def test_one_guide_comes_nearer_than_the_others(guided: Guided) -> None:
    guide = guided.corpus.store.guide("hoa-don-dien-tu")
    assert guide is not None
    others = [g for g in guided.corpus.store.guides() if g.id != guide.id]
    asked = guide.steps[0]
    assert nearest_of(asked, [guide], guided.corpus) > nearest_of(asked, others, guided.corpus)
    assert nearest_of(asked, [], guided.corpus) == 0


def test_words_are_shared_without_their_marks() -> None:
    assert shared_words("Đừng đọc mã OTP cho ai", frozenset({"ma", "otp", "doc", "link"})) == 3
