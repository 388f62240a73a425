"""The gateway against its own OpenAPI description, with the cases that schemathesis makes of it."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.bot.hostile.conftest import Attacked

# Not checked: that what the types allow is accepted, since an unknown document is refused.
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
SETTINGS = settings(
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=15,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.parametrize("mode", GenerationMode)
def test_every_operation_keeps_to_its_description(attacked: Attacked, mode: GenerationMode) -> None:
    schema: Any = schemathesis.openapi.from_url(f"{attacked.url}/openapi.json")
    operations = [found.ok() for found in schema.get_all_operations()]
    assert len(operations) > 10
    for operation in operations:
        if mode.is_negative and not (operation.query or operation.body):
            continue  # nothing that can be wrong

        @SETTINGS
        @given(case=operation.as_strategy(generation_mode=mode))
        def keeps_to_it(case: schemathesis.Case[Any]) -> None:
            case.call_and_validate(checks=CHECKS)

        keeps_to_it()
