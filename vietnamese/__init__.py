"""The Vietnamese language as people type it: plain functions without dependencies.

`normalise` is the whole way from a typed message to standard text; the modules hold its parts.
"""

from vietnamese.abbreviations import expand, is_abbreviation, same_name
from vietnamese.gazetteer import Gazetteer, Match
from vietnamese.keying import decode
from vietnamese.normalise import Reading, normalise
from vietnamese.numbers import (
    Day,
    Number,
    Ordinal,
    Year,
    dates,
    means_future,
    numbers,
    ordinals,
    percents,
    years,
)
from vietnamese.restore import accented_share, repair, restore
from vietnamese.teencode import expand_teencode, standardise_dialect
from vietnamese.text import Token, clean, fold, syllables, tokens, unify_tones

__all__ = [
    "Day",
    "Gazetteer",
    "Match",
    "Number",
    "Ordinal",
    "Reading",
    "Token",
    "Year",
    "accented_share",
    "clean",
    "dates",
    "decode",
    "expand",
    "expand_teencode",
    "fold",
    "is_abbreviation",
    "means_future",
    "normalise",
    "numbers",
    "ordinals",
    "percents",
    "repair",
    "restore",
    "same_name",
    "standardise_dialect",
    "syllables",
    "tokens",
    "unify_tones",
    "years",
]
