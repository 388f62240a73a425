"""Parameters of a call: JSON, a form, or a form with files, as the Bot API takes them all."""

from __future__ import annotations

import json
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Any
from urllib.parse import parse_qsl


@dataclass(frozen=True, slots=True)
class Upload:
    """A file in a call."""

    name: str
    media: str
    content: bytes


def parameters_of(content_type: str, body: bytes) -> tuple[dict[str, Any], dict[str, Upload]]:
    """Parameters and files of a call. Values in forms are JSON where they look like it."""
    header = EmailMessage()
    header["content-type"] = content_type or "application/x-www-form-urlencoded"
    if header.get_content_type() == "application/json":
        return json.loads(body), {}
    if header.get_content_type() != "multipart/form-data":
        pairs = parse_qsl(body.decode(), keep_blank_values=True)
        return {name: _value(text) for name, text in pairs}, {}
    return _multipart(body, str(header.get_boundary()).encode())


def _multipart(body: bytes, boundary: bytes) -> tuple[dict[str, Any], dict[str, Upload]]:
    values: dict[str, Any] = {}
    uploads: dict[str, Upload] = {}
    for part in (b"\r\n" + body).split(b"\r\n--" + boundary)[1:-1]:
        head, _, content = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        lines = [line.decode().partition(": ") for line in head.split(b"\r\n")]
        fields = {name.lower(): value for name, _, value in lines}
        header = EmailMessage()
        header["content-disposition"] = fields["content-disposition"]
        name = str(header.get_param("name", "", "content-disposition"))
        filename = header.get_filename()
        if filename is None:
            values[name] = _value(content.decode())
        else:
            uploads[name] = Upload(filename, fields.get("content-type", ""), content)
    return values, uploads


def _value(text: str) -> Any:
    """Objects, lists and flags are decoded; numbers stay text, since a text may be a number."""
    if text[:1] in ("{", "[") or text in ("true", "false"):
        try:
            return json.loads(text)
        except ValueError:
            return text
    return text
