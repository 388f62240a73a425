"""`/docs`: the OpenAPI description as a plain page, without anything loaded from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI
from fastapi.responses import HTMLResponse

from bot.pages.templating import render

_PLACES = {"query": "địa chỉ (?…)", "path": "đường dẫn", "body": "thân JSON"}


@dataclass(frozen=True, slots=True)
class FieldLine:
    """A parameter, or a field of the JSON body."""

    name: str
    place: str
    type: str
    required: bool
    meaning: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One address and method."""

    method: str
    path: str
    summary: str
    fields: tuple[FieldLine, ...]
    returns: str
    errors: tuple[str, ...]


def install(app: FastAPI) -> None:
    """Serve the listing of `app` at ``/docs``."""

    @app.get("/docs", include_in_schema=False)
    def docs() -> HTMLResponse:
        schema = app.openapi()
        return render("api.html", {"operations": operations(schema), "version": schema["openapi"]})


def operations(schema: dict[str, Any]) -> list[Operation]:
    """All operations of an OpenAPI document, in its order."""
    return [
        _operation(schema, path, method, spec)
        for path, methods in schema["paths"].items()
        for method, spec in methods.items()
    ]


def _operation(schema: dict[str, Any], path: str, method: str, spec: dict[str, Any]) -> Operation:
    responses = spec.get("responses", {})
    returned = _json_schema(responses.get("200", {}))
    return Operation(
        method=method.upper(),
        path=path,
        summary=spec.get("summary", ""),
        fields=(*_parameters(schema, spec), *_body(schema, spec)),
        returns=_type(returned) if returned else "",
        errors=tuple(status for status in responses if status >= "400"),
    )


def _parameters(schema: dict[str, Any], spec: dict[str, Any]) -> Iterator[FieldLine]:
    for item in spec.get("parameters", ()):
        place = _PLACES.get(item["in"], item["in"])
        kind = _type(_resolved(schema, item["schema"]))
        yield FieldLine(item["name"], place, kind, item.get("required", False), item.get("description", ""))


def _body(schema: dict[str, Any], spec: dict[str, Any]) -> Iterator[FieldLine]:
    body = _resolved(schema, _json_schema(spec.get("requestBody", {})))
    required = body.get("required", ())
    for name, value in body.get("properties", {}).items():
        kind = _type(_resolved(schema, value))
        yield FieldLine(name, _PLACES["body"], kind, name in required, value.get("description", ""))


def _json_schema(holder: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = holder.get("content", {}).get("application/json", {}).get("schema", {})
    return found


def _resolved(schema: dict[str, Any], value: dict[str, Any]) -> dict[str, Any]:
    if "$ref" not in value:
        return value
    found: dict[str, Any] = schema["components"]["schemas"][value["$ref"].rpartition("/")[2]]
    return found


def _type(value: dict[str, Any]) -> str:
    if "$ref" in value:
        return str(value["$ref"]).rpartition("/")[2]
    if "enum" in value:
        return " | ".join(map(str, value["enum"]))
    if "anyOf" in value:
        return " | ".join(_type(item) for item in value["anyOf"])
    if value.get("type") == "array":
        return f"{_type(value.get('items', {}))}[]"
    return str(value.get("title") if value.get("type") == "object" else value.get("type", "JSON"))
