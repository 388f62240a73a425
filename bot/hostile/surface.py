"""Every address of the service with hostile values in its path and its parameters.

The addresses of programs come from the OpenAPI description; those of people, which stand in none, are listed
here. What the service knows is mixed in, so that a hostile value stands beside good ones.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import httpx

from bot.hostile.calls import Call, Way
from bot.hostile.messages import Message

_PAGES = {
    "/": ("hoi",),
    "/chat": (),
    "/van-ban": (),
    "/van-ban/{document}": (),
    "/huong-dan": (),
    "/huong-dan/{slug}": (),
    "/cach-hoi": (),
    "/docs": (),
    "/openapi.json": (),
    "/static/{file}": ("v",),
    "/{name}/webhook": (),
    "/{anything}": (),
}
_ALWAYS_KNOWN = {
    "agency": ("so-y-te", "so-cong-thuong", "Sở Y tế"),
    "bound": ("over:80:%", "at_least:1:", "under:1e9:%", "over::", "over:NaN:%", "over:1e999:"),
    "basis": ("749/QĐ-TTg",),
    "q": ("OCOP", "thanh toán không dùng tiền mặt"),
    "words": ("OCOP", "hộ"),
    "hoi": ("chỉ tiêu OCOP 2024",),
    "year": ("2024", "2025"),
    "horizon": ("2025", "2030"),
    "limit": ("1", "50"),
    "offset": ("0", "1000000"),
    "file": ("chat.js", "site.css"),
    "name": ("telegram", "zalo"),
}
_RAW = (
    "%ff%fe",
    "%00",
    "%c0%af",
    "%",
    "%zz",
    "%u0061",
    "%2e%2e%2f",
    "%252e%252e/",
    "//",
    "/./../",
    ";x=1",
    "?",
    "&",
    "=",
)
_PLACE = re.compile(r"\{(\w+)\}")
_LONGEST = 4_000
_PATIENCE = 30.0


@dataclass(frozen=True, slots=True)
class Address:
    """A path with places in braces, and the names of its query parameters, required ones first."""

    path: str
    parameters: tuple[str, ...]
    required: int = 0


@dataclass(frozen=True, slots=True)
class Surface:
    """All addresses, and by the name of a parameter the values that the service knows."""

    addresses: tuple[Address, ...]
    known: Mapping[str, Sequence[str]]

    def call(self, message: Message, dice: random.Random) -> Call:
        """A request for one of the addresses with the message in one place or several."""
        address = dice.choice(self.addresses)
        path = _PLACE.sub(lambda place: self._written(place[1], message, dice), address.path)
        query = "&".join(
            f"{quote(name, errors='replace')}={self._written(name, message, dice)}"
            for name in self._chosen(address, message, dice)
        )
        media = dice.choice(("text/html", "application/json", "*/*"))
        target = f"{path}?{query}" if query else path
        return Call(Way.READ, message.family, message.seed, message.text, "GET", target, (("accept", media),))

    def _chosen(self, address: Address, message: Message, dice: random.Random) -> list[str]:
        """Names of parameters: at times one is missing, doubled or unknown."""
        needed = list(address.parameters[: address.required])
        others = address.parameters[address.required :]
        chosen = needed + dice.sample(others, dice.randint(0, min(3, len(others))))
        if dice.random() < 0.1:
            chosen = [*chosen, *chosen][dice.randint(0, 1) :]
        return [*chosen, message.text[:40]] if dice.random() < 0.05 else chosen

    def _written(self, name: str, message: Message, dice: random.Random) -> str:
        values = self.known.get(name, ())
        if values and dice.random() < 0.6:
            return quote(dice.choice(values), safe="")
        if dice.random() < 0.1:
            return dice.choice(_RAW)
        safe = dice.choice(("", "/.:"))
        text = quote(message.text[:_LONGEST], safe=safe, errors="surrogatepass")
        return text if dice.random() < 0.9 else quote(text)  # encoded twice


def read_surface(url: str) -> Surface:
    """The surface of the service at `url`. Raises `httpx.HTTPError`."""
    with httpx.Client(base_url=url, trust_env=False, timeout=_PATIENCE) as http:
        schema = http.get("/openapi.json").raise_for_status().json()
        listed = {
            name: http.get(f"/api/{path}", params={"limit": 200}).raise_for_status().json()["items"]
            for name, path in (("document", "documents"), ("indicator", "indicators"), ("slug", "guides"))
        }
    documents = [item["id"] for item in listed["document"]]
    known = {
        **_enumerated(schema),
        **_ALWAYS_KNOWN,
        "document": documents,
        "older": documents,
        "indicator": [item["id"] for item in listed["indicator"]],
        "slug": [item["slug"] for item in listed["slug"]],
    }
    pages = [Address(path, parameters) for path, parameters in _PAGES.items()]
    return Surface((*pages, *_described(schema)), known)


def _described(schema: Mapping[str, Any]) -> list[Address]:
    """The addresses that are read; those with many parameters several times, as there is more to try."""
    found = []
    for path, methods in schema["paths"].items():
        given = [each for each in methods.get("get", {}).get("parameters", ()) if each["in"] == "query"]
        given.sort(key=lambda each: not each["required"])
        address = Address(
            path, tuple(each["name"] for each in given), sum(each["required"] for each in given)
        )
        if "get" in methods:
            found += [address] * (2 + len(given) // 2)
    return found


def _enumerated(schema: Mapping[str, Any]) -> dict[str, list[str]]:
    """The values of each parameter that takes only some."""
    kinds = schema["components"]["schemas"]
    found: dict[str, list[str]] = {"joint": ["true"], "tasks": ["true"]}
    for methods in schema["paths"].values():
        for each in methods.get("get", {}).get("parameters", ()):
            names = re.findall(r"#/components/schemas/(\w+)", str(each["schema"]))
            values = [value for name in names for value in kinds[name].get("enum", ())]
            if values:
                found[each["name"]] = values
    return found
