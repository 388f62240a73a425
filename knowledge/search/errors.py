"""What can go wrong while searching, as one tree."""

from __future__ import annotations


class SearchError(Exception):
    """Root of every error that this package raises on purpose."""


class EncoderMissing(SearchError):
    """The encoder, or the file that it is built from, is not there or is not what it should be."""


class IndexMissing(SearchError):
    """No index has been built in the folder."""


class IndexCorrupt(SearchError):
    """The files of an index are damaged, or do not fit the encoder that is in force."""
