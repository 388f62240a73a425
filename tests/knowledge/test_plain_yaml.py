"""YAML without aliases, and errors instead of a crash for what is nested too deep."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from knowledge.errors import RegistryError
from knowledge.plain_yaml import PlainLoader
from knowledge.registry import _yaml

LAUGHS = "a: &a [x, x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20)
)


def test_an_alias_is_refused_where_it_stands() -> None:
    with pytest.raises(yaml.YAMLError, match="found an alias"):
        yaml.load(LAUGHS, PlainLoader)


def test_plain_values_are_read_as_ever() -> None:
    text = "a: [1, 'hai', {b: 2026-01-31}]\n"
    assert yaml.load(text, PlainLoader) == yaml.safe_load(text)


@pytest.mark.parametrize("content", [LAUGHS.encode(), b"[" * 20000, b"\xff\xfe\x00", b"a: 2026-02-31"])
def test_a_registry_that_cannot_be_read_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "registry.yml"
    path.write_bytes(content)
    with pytest.raises(RegistryError, match=r"registry\.yml"):
        _yaml(path)
