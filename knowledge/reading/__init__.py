"""Reading: a file becomes lines and tables, whatever its layout. Knows nothing of numbering or records."""

from knowledge.reading.model import Block, Line, Row, Table
from knowledge.reading.reader import UnreadableFile, read

__all__ = ["Block", "Line", "Row", "Table", "UnreadableFile", "read"]
