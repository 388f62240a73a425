"""Parsing: blocks of a file become a document's clauses, indicators and tasks.

Nothing here knows a file by name: numbering, headings and table columns decide.
"""

from knowledge.parsing.document import parse_file

__all__ = ["parse_file"]
