"""Answers from records. The only place that imports rasa_sdk; knows nothing of channels."""
