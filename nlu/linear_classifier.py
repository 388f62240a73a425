"""Rasa component that tells the kind of a message with a linear model."""

from dataclasses import fields
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.bags import Bags
from nlu.entities import Entity
from nlu.fingerprint import digest, package_files
from nlu.intent_model import IntentModel, train_intents
from nlu.registry_extractor import DEFAULT_PATHS, ROOT, make_reader
from nlu.views import document_pairs, features
from vietnamese import fold, normalise

_FILE = "intents.npz"
#: Second spellings are learnt as far as the messages stay below this number; more would only cost time.
_LESSONS = 6000


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LinearIntentClassifier(GraphComponent, IntentClassifier):
    """Words, letters, folded letters and the frame of a message into a linear model.

    Training messages are learnt twice, as they are written and as they read after their accents were
    lost and restored, so that typing without accents costs little.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The strength of the fit, the length of the ranking, and the files read."""
        return {**DEFAULT_PATHS, "documents": "knowledge/sources/*.txt", "penalty": 1.0, "ranking_length": 10}

    def __init__(
        self,
        config: dict[str, Any],
        storage: ModelStorage,
        resource: Resource,
        model: IntentModel | None = None,
    ) -> None:
        self._config = config
        self._storage = storage
        self._resource = resource
        self._model = model
        self._reader = make_reader(config)
        self._pairs = _document_pairs(config["documents"])

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "LinearIntentClassifier":
        """Make an untrained component."""
        return cls({**cls.get_default_config(), **config}, model_storage, resource)

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Training starts anew when the closed sets, the documents or the features change."""
        settings = {**cls.get_default_config(), **config}
        named = [ROOT / settings[name] for name in DEFAULT_PATHS]
        return digest([*named, *ROOT.glob(settings["documents"]), *package_files(Path(__file__).parent)])

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "LinearIntentClassifier":
        """Read a trained component. Raises `ValueError` when its model file is broken."""
        with model_storage.read_from(resource) as folder:
            path = Path(folder) / _FILE
            model = IntentModel.load(path) if path.exists() else None
        return cls({**cls.get_default_config(), **config}, model_storage, resource, model)

    def train(self, training_data: TrainingData) -> Resource:
        """Fit the model to the examples and save it; without any example nothing is told."""
        examples = [example for example in training_data.intent_examples if example.get(TEXT)]
        every = -(-len(examples) // max(1, _LESSONS - len(examples)))
        lessons = [
            (self._bags(spelling), example.get(INTENT), group)
            for group, example in enumerate(examples)
            for spelling in _spellings(example.get(TEXT), group % every == 0)
        ]
        messages, labels, groups = ([lesson[part] for lesson in lessons] for part in range(3))
        with self._storage.write_to(self._resource) as folder:
            if lessons:
                self._model = train_intents(messages, labels, groups, float(self._config["penalty"]))
                self._model.save(Path(folder) / _FILE)
        return self._resource

    def _bags(self, text: str, found: list[Entity] | None = None) -> Bags:
        entities = self._reader.read(text) if found is None else found
        return features(text, entities, self._pairs).bags()

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the likeliest intent and the ranking."""
        if self._model is None:
            return messages
        for message in messages:
            ranking = [
                {"name": label, "confidence": share}
                for label, share in self._model.ranking(
                    self._bags(message.get(TEXT) or "", _entities(message))
                )
            ]
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set("intent_ranking", ranking[: self._config["ranking_length"]], add_to_output=True)
        return messages


def _entities(message: Message) -> list[Entity] | None:
    """What the extractor before this component has read, so that it is not read twice."""
    found = message.get(ENTITIES)
    if not found or any("text" not in entity for entity in found):
        return None
    return [Entity(*(entity[part.name] for part in fields(Entity))) for entity in found]


def _spellings(text: str, twice: bool) -> list[str]:
    return sorted({text, normalise(fold(text)).text or text}) if twice else [text]


def _document_pairs(pattern: str) -> frozenset[str]:
    return document_pairs(path.read_text(encoding="utf-8") for path in sorted(ROOT.glob(pattern)))
