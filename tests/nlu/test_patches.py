"""The patches of Rasa, in the environment of Rasa: they fit, they are there, and they change no result."""

from __future__ import annotations

import json
import os
import subprocess
from typing import Any

import pytest

from bot.service import NotBuilt, rasa_environment, rasa_python
from trolyso.settings import ROOT, settings

pytestmark = pytest.mark.integration

PROBE = """
import json, sys, warnings
warnings.simplefilter("ignore")
from dataclasses import replace
from nlu import patches
from rasa.core.actions.action import RemoteAction
from rasa.shared.core.events import Event, SlotSet, deserialise_events
from jsonschema import ValidationError

def refused(result):
    try:
        return not RemoteAction("a", None)._validate_action_result(result)
    except ValidationError as error:
        return "custom-actions" in error.message

def facts():
    good = {"events": [{"event": "slot", "name": "dialogue", "value": 1, "timestamp": None}], "responses": []}
    return {
        "good": RemoteAction("a", None)._validate_action_result(good),
        "refused": [refused({"responses": "x"}), refused({"events": [{"event": 3}]})],
        "event": deserialise_events([{"event": "slot", "name": "a", "value": 1}]) == [SlotSet("a", 1)],
    }

before = facts()
told = {
    "drifted": patches.drifted(),
    "tampered": patches.drifted((replace(patches.PATCHES[0], digest="0" * 16),)),
    "other_version": patches.drifted((replace(patches.PATCHES[0], version="3.6.20"),)),
    "applied": patches.apply_patches(),
    "again": patches.apply_patches(),
    "mended": [getattr(patch.owner, patch.name) is patch.replacement for patch in patches.PATCHES],
    "before": before,
    "after": facts(),
}
print(json.dumps(told))
"""


def probe(**variables: str) -> dict[str, Any]:
    try:
        python = rasa_python(settings())
    except NotBuilt:
        if os.environ.get("CI"):
            raise
        pytest.skip("no Rasa environment")
    env = {**os.environ, **rasa_environment(settings()), **variables}
    done = subprocess.run(
        (python, "-c", PROBE), cwd=ROOT, env=env, capture_output=True, text=True, check=True, timeout=120
    )
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


@pytest.fixture(scope="module")
def told() -> dict[str, Any]:
    return probe()


def test_they_fit_the_rasa_that_is_installed(told: dict[str, Any]) -> None:
    """Fails when Rasa changes: read the new code, then mend the patch and its digest."""
    assert told["drifted"] == []


def test_another_rasa_is_noticed(told: dict[str, Any]) -> None:
    assert told["tampered"] == told["other_version"] == ["_validate_action_result"]


def test_they_are_applied_once(told: dict[str, Any]) -> None:
    assert told["applied"] == told["again"]
    assert all(told["mended"])


def test_they_change_no_result(told: dict[str, Any]) -> None:
    assert told["before"] == told["after"] == {"good": True, "refused": [True, True], "event": True}


def test_the_switch_leaves_rasa_as_it_is() -> None:
    off = probe(TROLYSO_RASA_PATCHES="False")
    assert off["applied"] == []
    assert not any(off["mended"])
