"""A guide as its page shows it: its sections, and the words of the plans behind it."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.anchors import document_url, row_anchor
from knowledge.guides import Basis, basis_of
from knowledge.records import Clause, Document, Guide, Indicator
from knowledge.store import Store


@dataclass(frozen=True, slots=True)
class BasisView:
    """What a plan says: the words, the document, and the address of the very place."""

    text: str
    document: Document
    url: str


@dataclass(frozen=True, slots=True)
class GuideView:
    """A guide with what it names."""

    guide: Guide
    bases: tuple[BasisView, ...]
    related: tuple[Guide, ...]


def guide_view(guide: Guide, store: Store) -> GuideView:
    """The view of a guide; what the store no longer holds is left out. Raises `StoreError`."""
    bases = (basis_of(record_id, store) for record_id in guide.plan)
    views = (_basis_view(basis, store) for basis in bases if basis is not None)
    related = (store.guide(slug) for slug in guide.related)
    return GuideView(
        guide,
        tuple(view for view in views if view is not None),
        tuple(other for other in related if other is not None),
    )


def _basis_view(basis: Basis, store: Store) -> BasisView | None:
    document = store.document(basis.document_id)
    if document is None:
        return None
    if isinstance(basis, Clause):
        return BasisView(basis.text, document, document_url(document.id, basis.path))
    text = basis.name
    if isinstance(basis, Indicator) and basis.target_raw:
        text = f"{basis.name}: {basis.target_raw}"
    return BasisView(text, document, document_url(document.id, row_anchor(basis.id)))
