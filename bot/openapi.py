"""The errors of each operation in the OpenAPI description: those that it can really give, in their one shape.

A status is told of an operation by a rule on what that operation takes, so that a new route is described
without a word. 405 stands nowhere: what is described is never answered with it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from fastapi import FastAPI

from bot.errors import kinds
from bot.failures import PROGRAM_PATHS
from bot.guard import UNCOUNTED

Schema = dict[str, Any]
Rule = Callable[[str, Mapping[str, Any]], bool]

_OF_THE_FRAMEWORK = ("HTTPValidationError", "ValidationError")
_ALONE = ("/healthz", "/metrics")
_RETRY_AFTER = {"schema": {"type": "integer", "minimum": 1}, "description": "Số giây nên chờ."}
_HEADERS = {429: {"Retry-After": _RETRY_AFTER}}


class DescribedApp(FastAPI):
    """A FastAPI application whose description holds the errors too."""

    def openapi(self) -> Schema:
        """The OpenAPI document."""
        return _with_errors(super().openapi())


def _with_errors(schema: Schema) -> Schema:
    """The same document with our errors in place of the framework's."""
    paths = {
        path: {method: _described(path, operation) for method, operation in methods.items()}
        for path, methods in schema["paths"].items()
    }
    kept = {
        name: value
        for name, value in schema["components"]["schemas"].items()
        if name not in _OF_THE_FRAMEWORK
    }
    errors = {_name(status): _body(status) for status in _RULES}
    return schema | {"paths": paths, "components": schema["components"] | {"schemas": kept | errors}}


def _described(path: str, operation: Schema) -> Schema:
    good = {status: value for status, value in operation["responses"].items() if int(status) < 400}
    bad = {
        str(status): _response(path, status)
        for status, is_given in _RULES.items()
        if is_given(path, operation)
    }
    return operation | {"responses": good | bad}


def _response(path: str, status: int) -> Schema:
    content: Schema = {"application/json": {"schema": {"$ref": f"#/components/schemas/{_name(status)}"}}}
    if not path.startswith(PROGRAM_PATHS):
        content["text/html"] = {}  # a browser is told on a page
    told = "\n".join(f"- `{kind.code}`: {kind.message}" for kind in kinds(status))
    described = {"description": told, "content": content}
    return described | ({"headers": _HEADERS[status]} if status in _HEADERS else {})


def _body(status: int) -> Schema:
    """`bot.errors.error_body` with the codes of one status."""
    fields = {
        "code": {"type": "string", "enum": [kind.code for kind in kinds(status)]},
        "message": {"type": "string", "minLength": 1},
        "detail": {"description": "Điều cần sửa, hoặc null."},
    }
    return _object({"error": _object(fields)})


def _object(fields: Schema) -> Schema:
    return {
        "type": "object",
        "properties": fields,
        "required": list(fields),
        "additionalProperties": False,
    }


def _name(status: int) -> str:
    return f"Error{status}"


def _always(path: str, operation: Mapping[str, Any]) -> bool:
    return True


def _reads_body(path: str, operation: Mapping[str, Any]) -> bool:
    return "requestBody" in operation


def _names_a_record(path: str, operation: Mapping[str, Any]) -> bool:
    return "{" in path


def _takes_values(path: str, operation: Mapping[str, Any]) -> bool:
    """A part of the path is text, of which none is malformed."""
    asked = (each for each in operation.get("parameters", ()) if each["in"] == "query")
    return _reads_body(path, operation) or any(asked)


def _is_counted(path: str, operation: Mapping[str, Any]) -> bool:
    return not path.startswith(UNCOUNTED)


def _needs_others(path: str, operation: Mapping[str, Any]) -> bool:
    return path not in _ALONE


_RULES: dict[int, Rule] = {
    400: _reads_body,
    404: _names_a_record,
    408: _reads_body,
    413: _always,
    415: _reads_body,
    422: _takes_values,
    429: _is_counted,
    500: _always,
    503: _needs_others,
}
