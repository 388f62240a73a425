"""Errors of the knowledge layer that are not a store's or an index's own."""

from __future__ import annotations


class KnowledgeError(Exception):
    """Base of what can go wrong between a file and its records."""


class RegistryError(KnowledgeError):
    """A registry file that does not hold what it must: names the file, the entry and the field."""


class ParseError(KnowledgeError):
    """A source whose structure cannot be read: says what was expected, what was found, and where."""
