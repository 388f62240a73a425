from collections import Counter
from pathlib import Path

import pytest

from nlu.intent_model import IntentModel, train_intents

ASKS = ["ai lo việc này", "ai làm việc đó", "sở nào lo", "sở nào làm", "bên nào lo việc này", "ai làm"]
GREETS = ["xin chào bạn", "chào bạn nhé", "chào anh", "xin chào", "chào chị nhé", "chào bạn"]


def bags(text: str) -> list[Counter[str]]:
    return [Counter(text.split()), Counter(text)]


@pytest.fixture(scope="module")
def model() -> IntentModel:
    texts = ASKS + GREETS
    return train_intents([bags(text) for text in texts], ["ask"] * 6 + ["greet"] * 6, range(12))


def test_unseen_wording_is_ranked(model: IntentModel) -> None:
    assert model.ranking(bags("ai lo"))[0][0] == "ask"
    assert model.ranking(bags("chào anh chị"))[0][0] == "greet"


def test_shares_are_probabilities_in_order(model: IntentModel) -> None:
    ranking = model.ranking(bags("ai chào"))
    assert sum(share for _, share in ranking) == pytest.approx(1)
    assert [share for _, share in ranking] == sorted((share for _, share in ranking), reverse=True)


def test_a_message_without_known_features_is_still_ranked(model: IntentModel) -> None:
    assert len(model.ranking(bags("☃☃"))) == 2


def test_a_saved_model_ranks_the_same(model: IntentModel, tmp_path: Path) -> None:
    model.save(tmp_path / "m.npz")
    again = IntentModel.load(tmp_path / "m.npz")
    for text in ("ai lo", "xin chào", "sở nào"):
        assert [name for name, _ in again.ranking(bags(text))] == [
            name for name, _ in model.ranking(bags(text))
        ]
        assert [share for _, share in again.ranking(bags(text))] == pytest.approx(
            [share for _, share in model.ranking(bags(text))], abs=1e-4
        )


def test_too_few_examples_are_refused() -> None:
    with pytest.raises(ValueError, match="at least two labels"):
        train_intents([bags("a"), bags("b")], ["x", "y"], [0, 1])


def test_spellings_of_one_example_count_once() -> None:
    texts = [bags(text) for text in ("a b", "a b", "a b", "c d", "c d", "c d")]
    with pytest.raises(ValueError, match="at least two labels"):
        train_intents(texts, ["x"] * 3 + ["y"] * 3, [0, 0, 0, 1, 1, 1])
