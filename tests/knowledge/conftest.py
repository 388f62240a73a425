"""The parsed official texts."""

from __future__ import annotations

from pathlib import Path

import pytest

import knowledge
from knowledge.agencies import AgencyRegistry
from knowledge.parsing import parse_file
from knowledge.parsing.series import link
from knowledge.records import ParsedDocument
from knowledge.registry import Registry

SOURCES = Path(knowledge.__file__).parent / "sources"


@pytest.fixture(scope="session")
def registry() -> Registry:
    return Registry.load(SOURCES)


@pytest.fixture(scope="session")
def agencies() -> AgencyRegistry:
    return AgencyRegistry.load(SOURCES / "agencies.yml")


@pytest.fixture(scope="session")
def parsed(registry: Registry, agencies: AgencyRegistry) -> dict[str, ParsedDocument]:
    """All registered documents by id, their series linked."""
    documents = [parse_file(SOURCES / e.document.file, registry, agencies) for e in registry.entries]
    return {p.document.id: p for p in link(documents)}
