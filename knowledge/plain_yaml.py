"""YAML as people write it by hand: without aliases, whose few lines can stand for millions of values."""

from __future__ import annotations

from typing import Any

import yaml


class PlainLoader(yaml.SafeLoader):
    """PyYAML's safe loader that refuses aliases."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        """See PyYAML. Raises `yaml.YAMLError` at an alias."""
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise yaml.composer.ComposerError(None, None, "expected a value, found an alias", mark)
        return super().compose_node(parent, index)
