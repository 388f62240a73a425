"""The first component of the pipeline: every later one reads the normalised text."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

import vietnamese
from nlu.fingerprint import digest, package_files

#: Message property that carries the reading; actions find it in `tracker.latest_message`.
READING = "reading"


# Registered as a featurizer because those are the components that also prepare training messages.
@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class VietnameseNormaliser(GraphComponent):
    """Puts the standard, accented form in place of what was typed and publishes the whole reading."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "VietnameseNormaliser":
        """Make the component; it has no settings and no state."""
        return cls()

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Training starts anew when the language package changes."""
        return digest(package_files(Path(vietnamese.__file__).parent))

    def process(self, messages: list[Message]) -> list[Message]:
        """Normalise each message in place."""
        for message in messages:
            typed = message.get(TEXT)
            if isinstance(typed, str) and typed:
                reading = vietnamese.normalise(typed)
                message.set(READING, {**asdict(reading), "steps": list(reading.steps)}, add_to_output=True)
                # A message of signs alone ("👍") has no reading; it stays as it was typed.
                message.set(TEXT, reading.text or typed, add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Normalise the training messages as they will be met."""
        self.process(training_data.training_examples)
        return training_data
