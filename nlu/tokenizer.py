"""Cuts normalised text into syllables, numbers and document numbers."""

from typing import Any

from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.training_data.message import Message

from vietnamese import tokens


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class SyllableTokenizer(Tokenizer):
    """Tokens with true offsets; a message of signs alone is one token."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The settings that every Rasa tokenizer has."""
        return {"intent_tokenization_flag": False, "intent_split_symbol": "_", "token_pattern": None}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "SyllableTokenizer":
        """Make the component."""
        return cls(config)

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """The tokens of one attribute; only the message's text is Vietnamese."""
        text = message.get(attribute)
        found = [
            Token(token.text, token.start, token.end) for token in tokens(text) if token.text[0].isalnum()
        ]
        return self._apply_token_pattern(found or [Token(text, 0)])
