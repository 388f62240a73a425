"""Rasa component that reads the closed things of a message by rule."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from nlu.entities import EntityReader
from nlu.lexicon import load_lexicon

#: Where the closed sets stand, from the root of the project, unless the pipeline says otherwise.
DEFAULT_PATHS = {
    "lexicon": "data/lexicon.yml",
    "agencies": "knowledge/sources/agencies.yml",
    "registry": "knowledge/sources/registry.yml",
}
ROOT = Path(__file__).resolve().parent.parent


def make_reader(config: dict[str, Any]) -> EntityReader:
    """A reader over the files that a component's settings name."""
    paths = {name: ROOT / config[name] for name in DEFAULT_PATHS}
    return EntityReader(load_lexicon(**paths))


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class RegistryEntityExtractor(GraphComponent, EntityExtractorMixin):
    """Adds `{entity, value, start, end, text, extractor}`; offsets count in the normalised text."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The files of the closed sets."""
        return dict(DEFAULT_PATHS)

    def __init__(self, config: dict[str, Any]) -> None:
        self._reader = make_reader(config)

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "RegistryEntityExtractor":
        """Make the component; the files are read anew, so a restart is enough after an edit."""
        return cls({**cls.get_default_config(), **config})

    def process(self, messages: list[Message]) -> list[Message]:
        """Read each message."""
        for message in messages:
            found = [asdict(entity) for entity in self._reader.read(message.get(TEXT) or "")]
            message.set(
                ENTITIES, message.get(ENTITIES, []) + self.add_extractor_name(found), add_to_output=True
            )
        return messages
