"""The training data as data: enough of it, nothing twice, and the test set apart from it."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from nlu.lexicon import PLAIN_SETS
from vietnamese import fold

ROOT = Path(__file__).resolve().parents[2]
DOMAIN: dict[str, Any] = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
INTENTS = [name for entry in DOMAIN["intents"] for name in entry if name != "nlu_fallback"]


def examples(path: Path) -> dict[str, list[str]]:
    blocks = yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]
    return {
        block["intent"]: [line[2:] for line in block["examples"].splitlines() if line.startswith("- ")]
        for block in blocks
    }


def bare(text: str) -> str:
    """The words alone, so that case, accents and signs do not hide a repetition."""
    return " ".join(re.findall(r"\w+", fold(text))) or text


FILES = sorted((ROOT / "data/nlu").glob("*.yml"))
TRAINING = {name: lines for path in FILES for name, lines in examples(path).items()}
HELD_BACK = examples(ROOT / "tests/nlu/test_nlu.yml")


@pytest.mark.parametrize("intent", INTENTS)
def test_each_intent_has_examples_a_rule_and_an_action(intent: str) -> None:
    least = 120 if intent.startswith(("ask_", "list_", "compare_")) else 60
    rules = yaml.safe_load((ROOT / "data/rules.yml").read_text(encoding="utf-8"))["rules"]
    steps = [rule["steps"][:2] for rule in rules]
    action = "feedback_form" if intent == "feedback" else f"action_{intent}"
    assert len(TRAINING[intent]) >= least
    assert [{"intent": intent}, {"action": action}] in steps
    assert action in [*DOMAIN["actions"], *DOMAIN["forms"]]


def test_each_step_of_the_form_has_a_slot_and_a_question() -> None:
    for slot in DOMAIN["forms"]["feedback_form"]["required_slots"]:
        assert slot in DOMAIN["slots"]
        assert f"action_ask_{slot}" in DOMAIN["actions"]


def test_the_held_back_set_is_large_and_covers_each_intent() -> None:
    assert set(HELD_BACK) == set(INTENTS)
    assert sum(map(len, HELD_BACK.values())) >= 200


def test_no_held_back_example_is_trained_on() -> None:
    trained = {bare(line) for lines in TRAINING.values() for line in lines}
    assert sorted(line for lines in HELD_BACK.values() for line in lines if bare(line) in trained) == []


def test_no_question_of_the_evaluation_is_trained_on() -> None:
    trained = {bare(line) for lines in TRAINING.values() for line in lines if len(line.split()) > 6}
    asked = {
        bare(turn["user"])
        for path in (ROOT / "eval").glob("*.jsonl")
        for line in path.read_text(encoding="utf-8").splitlines()
        for turn in json.loads(line)["turns"]
    }
    assert trained & asked == set()


def test_no_example_stands_under_two_intents() -> None:
    seen: dict[str, str] = {}
    twice = []
    for intent, lines in TRAINING.items():
        for line in lines:
            key = fold(line).strip(" ?.!")
            if seen.setdefault(key, intent) != intent:
                twice.append((line, seen[key], intent))
    assert twice == []


def test_the_domain_names_every_entity_that_is_read() -> None:
    by_rule = {"agency", "document", "reference", "year", "horizon", "period", "row", "clause", "bound"}
    read = {*PLAIN_SETS, *by_rule}
    assert set(DOMAIN["entities"]) == read
