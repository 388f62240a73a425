"""What we mend in Rasa while it runs, each for the version it was written for.

Rasa 3.6 spends most of a message on work whose result is always the same: it validates the schema of action
results against the schema of schemas for each answer, parses a message that was parsed before anew, and
searches all classes for the one of an event. And it serves the model that it found when it started, or none
when that one is damaged (`nlu.models`). ``TROLYSO_RASA_PATCHES=off`` leaves Rasa as it is.

`drifted` tells when the code behind a patch is not the code it was written for.
"""

import copy
import hashlib
import inspect
import os
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import rasa
from rasa.core import run
from rasa.core.actions.action import RemoteAction
from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.utils import common

from nlu.models import load_agent_on_start

#: The switch in the environment of the Rasa process.
SWITCH = "TROLYSO_RASA_PATCHES"
_PARSES = 4096
_DIGEST = 16


@dataclass(frozen=True)
class Patch:
    """`owner.name` is replaced by `replacement`; `digest` is that of the source it stands in for."""

    owner: Any
    name: str
    replacement: Callable[..., Any]
    digest: str
    version: str = "3.6.21"

    def source_digest(self) -> str:
        """The digest of the code that Rasa has there, also after the patch."""
        original = getattr(getattr(self.owner, self.name), "original", getattr(self.owner, self.name))
        return hashlib.sha256(inspect.getsource(original).encode()).hexdigest()[:_DIGEST]

    def fits(self) -> bool:
        """True when Rasa is of the version and the code that the patch was written for."""
        return rasa.__version__ == self.version and self.source_digest() == self.digest

    def apply(self) -> None:
        """Put the replacement in place, once; it remembers what it replaces."""
        original = getattr(self.owner, self.name)
        if not hasattr(original, "original"):
            self.replacement.original = original  # type: ignore[attr-defined]
            setattr(self.owner, self.name, self.replacement)


@lru_cache(maxsize=1)
def _result_validator() -> Any:
    from jsonschema.validators import validator_for

    schema = RemoteAction.action_response_format_spec()
    kind = validator_for(schema)
    kind.check_schema(schema)
    return kind(schema)


def _validate_action_result(self: RemoteAction, result: dict[str, Any]) -> bool:
    """Rasa's check with a validator that is made once; what fails it is told in Rasa's own words."""
    if _result_validator().is_valid(result):
        return True
    return bool(_validate_action_result.original(self, result))  # type: ignore[attr-defined]


def _parse_message_with_graph(
    self: MessageProcessor,
    message: UserMessage,
    tracker: DialogueStateTracker,
    only_output_properties: bool = True,
) -> dict[str, Any]:
    """Rasa's parse, remembered by text: no component of our pipeline reads the tracker."""
    parses: OrderedDict[tuple[Any, bool], dict[str, Any]] = self.__dict__.setdefault("_parses", OrderedDict())
    key = (message.text, only_output_properties)
    if key not in parses:
        parses[key] = _parse_message_with_graph.original(  # type: ignore[attr-defined]
            self, message, tracker, only_output_properties
        )
    parses.move_to_end(key)
    if len(parses) > _PARSES:
        parses.popitem(last=False)
    return copy.deepcopy(parses[key])


@lru_cache(maxsize=64)
def _known_subclasses(cls: Any, _direct: int) -> tuple[Any, ...]:
    return tuple(_all_subclasses.original(cls))  # type: ignore[attr-defined]


def _all_subclasses(cls: Any) -> list[Any]:
    """Rasa's search, remembered for events, whose classes are all there once Rasa runs."""
    if cls is Event:
        return list(_known_subclasses(cls, len(cls.__subclasses__())))
    return list(_all_subclasses.original(cls))  # type: ignore[attr-defined]


PATCHES = (
    Patch(RemoteAction, "_validate_action_result", _validate_action_result, "f8cdb4be68123961"),
    Patch(MessageProcessor, "_parse_message_with_graph", _parse_message_with_graph, "0bd50a53b5c013af"),
    Patch(run, "load_agent_on_start", load_agent_on_start, "b23e12447febeb64"),
    Patch(common, "all_subclasses", _all_subclasses, "28c2e6df9c15daea"),
)


def drifted(patches: tuple[Patch, ...] = PATCHES) -> tuple[str, ...]:
    """The names of the patches that do not fit this Rasa."""
    return tuple(patch.name for patch in patches if not patch.fits())


def apply_patches() -> tuple[str, ...]:
    """Apply what fits unless it is switched off; the names of what was applied."""
    if os.environ.get(SWITCH, "on").lower() in ("off", "0", "false"):
        return ()
    fitting = [patch for patch in PATCHES if patch.fits()]
    for patch in fitting:
        patch.apply()
    return tuple(patch.name for patch in fitting)
