"""The gateway against its own OpenAPI description, with the cases that schemathesis makes of it."""

from __future__ import annotations

import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance

from tests.bot.hostile.conftest import Attacked

# Not checked: that only described statuses come, and that what the types allow is accepted. An unknown
# document is refused, and the description leaves out the one shape that refusals have.
CHECKS = [not_a_server_error, content_type_conformance, response_schema_conformance]
SETTINGS = settings(
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=15,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def test_every_operation_keeps_to_its_description(attacked: Attacked) -> None:
    schema = schemathesis.openapi.from_url(f"{attacked.url}/openapi.json")
    operations = [found.ok() for found in schema.get_all_operations()]
    assert len(operations) > 10
    for operation in operations:

        @SETTINGS
        @given(case=operation.as_strategy())
        def keeps_to_it(case: schemathesis.Case) -> None:
            case.call_and_validate(checks=CHECKS)

        keeps_to_it()
