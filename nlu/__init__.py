"""Rasa components and the plain functions behind them: reading a message's text, entities and intent."""
