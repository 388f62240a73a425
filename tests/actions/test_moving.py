from __future__ import annotations

import pytest

from actions.corpus import Corpus
from actions.moving import clause_twin
from knowledge.records import Clause

OF_2023, OF_2025 = "54-kh-stttt", "kh-2025"


@pytest.mark.parametrize(
    ("record", "document", "path"),
    [
        (f"{OF_2025}#II.2.5.b", OF_2023, "II.2.6.b"),
        (f"{OF_2025}#II.1.5.b", OF_2023, "II.1.5.b"),
        # The section of the agency whose work another one holds now.
        (f"{OF_2025}#IV.4.a", OF_2023, "IV.4"),
        (f"{OF_2025}#IV.7", OF_2023, "IV.8"),
        (f"{OF_2023}#IV.2.a", OF_2025, "IV.2.a"),
    ],
)
def test_a_clause_stands_in_another_plan(corpus: Corpus, record: str, document: str, path: str) -> None:
    clause = corpus.record(record)
    assert isinstance(clause, Clause)
    twin = clause_twin(clause, (document,), corpus)
    assert twin is not None
    assert twin.path == path


def test_what_another_plan_does_not_say_has_no_twin(corpus: Corpus) -> None:
    clause = corpus.record("67-kh-ubnd#VI.e")
    assert isinstance(clause, Clause)
    assert clause_twin(clause, ("206-qd-ubnd",), corpus) is None
