"""Which indicators a list holds: one exact answer for the chat, the download and the read API.

A `Selection` says what is wanted, `select` finds it in the store, `query_of` writes it into an address.
"""

from knowledge.selection.address import query_of
from knowledge.selection.bounds import Bound, Fit, Relation, fit
from knowledge.selection.changes import Change, Movement, change_of, changes_between
from knowledge.selection.selecting import select
from knowledge.selection.series import Line, comparable_lines
from knowledge.selection.values import Cell, Item, Selected, Selection, SelectionError, Shape, Wanted

__all__ = [
    "Bound",
    "Cell",
    "Change",
    "Fit",
    "Item",
    "Line",
    "Movement",
    "Relation",
    "Selected",
    "Selection",
    "SelectionError",
    "Shape",
    "Wanted",
    "change_of",
    "changes_between",
    "comparable_lines",
    "fit",
    "query_of",
    "select",
]
