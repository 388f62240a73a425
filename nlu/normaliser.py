"""The first component of the pipeline: every later one reads the normalised text."""

from dataclasses import asdict
from typing import Any, Dict, List

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from vietnamese import normalise

#: Message property that carries the reading; actions find it in `tracker.latest_message`.
READING = "reading"


# Registered as a featurizer because those are the components that also prepare training messages.
@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class VietnameseNormaliser(GraphComponent):
    """Puts the standard, accented form in place of what was typed and publishes the whole reading."""

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "VietnameseNormaliser":
        """Make the component; it has no settings and no state."""
        return cls()

    def process(self, messages: List[Message]) -> List[Message]:
        """Normalise each message in place."""
        for message in messages:
            typed = message.get(TEXT)
            if isinstance(typed, str) and typed:
                reading = normalise(typed)
                message.set(READING, {**asdict(reading), "steps": list(reading.steps)}, add_to_output=True)
                # A message of signs alone ("👍") has no reading; it stays as it was typed.
                message.set(TEXT, reading.text or typed, add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Normalise the training messages as they will be met."""
        self.process(training_data.training_examples)
        return training_data
