from __future__ import annotations

import pytest

from actions.corpus import Corpus
from actions.counted import counts_unknown
from actions.dialogue import Dialogue
from actions.understanding import understand
from tests.actions.talking import Reader


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("năm 2024 cấp bao nhiêu chiếc drone cho hợp tác xã?", True),
        ("kế hoạch 2024 đặt bao nhiêu trạm sạc xe điện?", True),
        ("năm 2024 bao nhiêu doanh nghiệp công nghệ số?", False),
        ("năm 2024 bao nhiêu phần trăm dân mua sắm trực tuyến?", False),
        ("mấy ông drone nói gì?", False),
    ],
)
def test_a_thing_that_no_plan_names(reader: Reader, corpus: Corpus, text: str, unknown: bool) -> None:
    question = understand(reader.read(text), Dialogue(), corpus.today)
    assert counts_unknown(question, corpus) is unknown
