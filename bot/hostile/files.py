"""Hostile documents: what is no text, text without end, broken encodings, hostile front matter."""

from __future__ import annotations

import random
from collections.abc import Iterator

from bot.hostile.archives import LAUGHS, archives
from knowledge.reading.reader import LARGEST

_SIZE = LARGEST - 4_096
_HEAD = "TT | Nội dung | Chủ trì | Mục tiêu |\n"
_PLAIN = "KẾ HOẠCH\n1. Việc một\n" * 50
_FRONT = (
    "title: {title}\ntopics: [x]\nreviewed_on: {day}\nofficial_links: []\nplan: []\nplan_question: x\n"
    "related: []"
)
_BODY = (
    "Mở đầu.\n## Khi nào dùng\n- x\n## Các bước\n1. x\n## Cần chuẩn bị\n- x\n## Kiểm tra lần cuối\n- x\n"
    "## Đừng làm\n- x\n"
)
_REPEATED = {
    "letter": "a", "blank": " ", "line": "\n", "tab": "\t", "bar": "|", "star": "*", "hash": "#",
    "dash": "-", "header": "TT|", "header lines": "TT |\n", "row": "1 | x | y | z |\n", "cell": "\tx\n",
    "words": "tổ dừa ", "stacked": "\tTT\nx\n", "carriage return": "\r", "line separator": "\u2028",
    "zero width": "\u200b", "composed": "ế", "decomposed": "e\u0302\u0301", "ligature": "ﷺ",
    "section": "I. A\n", "bullet": "- a\n", "title": "KẾ HOẠCH\n",
    "wrapped": "những chữ thường nối nhau đi mãi mà không có một dấu chấm nào\n",
    "spaced": "những chữ thường nối nhau đi mãi mà không có một dấu chấm nào\n\n",
}  # fmt: skip


def texts(size: int = _SIZE) -> Iterator[tuple[str, bytes]]:
    """Files that are no source of records, or only in form, by name; endless ones have `size` bytes."""
    yield from _odd()
    yield from archives()
    for name, piece in _REPEATED.items():
        yield f"endless: {name}", (piece * (size // len(piece.encode()) + 1)).encode()[:size]


def guides() -> Iterator[tuple[str, bytes]]:
    """Files that have the form of a guide and hostile front matter, by name."""
    for name, head in _fronts().items():
        yield f"front matter: {name}", f"---\n{head}\n---\n{_BODY}".encode()
    yield "front matter: without end", b"---\n" + b"a: b\n" * 50_000
    yield "guide: list without end", b"---\n---\n" + b"- x\n" * 400_000


def _odd() -> Iterator[tuple[str, bytes]]:
    yield from (
        ("empty", b""),
        ("too large", b"a" * (LARGEST + 1)),
        ("billion laughs", LAUGHS),
        ("deep XML", b"<a>" * 300_000),
        ("deep JSON", b"[" * 1_000_000),
        ("NUL", _PLAIN.encode() + b"\x00"),
        ("random bytes", random.Random(0).randbytes(200_000)),
        ("surrogates", b"K\xed\xa0\x80 HO\xed\xbf\xbf"),
        ("overlong", b"\xc0\xaf\xc0\xae\xc0\xae"),
        ("marks in one pile", ("a" + "\u0315\u0300" * 200_000).encode()),
        ("marks on each letter", ("a\u0315\u0300" * 200_000).encode()),
        ("formulas", f"{_HEAD}{'1 | =cmd|1 | @SUM(1) | +1 | ' * 200}".encode()),
        ("wide header", ("TT\t" * 100_000 + "\n" + "1\tx\ty\tz\n" * 20_000).encode()),
        ("header that goes on", b"\tTT\nx\n\ta\n\tb\n\t1\n"),
        ("endless number", f"{_HEAD}{'9' * 100_000} | x | y | {'9' * 100_000} % | ".encode()),
        ("PDF", b"%PDF-1.7\n" + bytes(range(256)) * 100),
        ("OLE", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4_096)),
    )
    for code in ("utf-16", "utf-32", "cp1258", "utf-7"):
        yield f"as {code}", _PLAIN.encode(code, "replace")


def _fronts() -> dict[str, str]:
    def front(title: str = "x", day: str = "2026-01-01") -> str:
        return _FRONT.format(title=title, day=day)

    return {
        "billion laughs": front(_laughing(11)),
        "deep": front("[" * 20_000),
        "endless number": front("9" * 100_000),
        "Python object": front("!!python/object/apply:os.system ['true']"),
        "merge of itself": "a: &a\n  <<: *a",
        "no such day": front(day="2026-02-31"),
        "keys that are lists": "? [a, b]\n: x",
        "endless anchor": f"&{'a' * 500_000} x: 1",
        "unfinished": "title: 'x",
    }


def _laughing(depth: int) -> str:
    """A YAML list of some nine to the power of `depth` texts: each level is named and used again."""
    inner = "&b0 [x]"
    for number in range(1, depth):
        inner = f"&b{number} [{inner}, {', '.join([f'*b{number - 1}'] * 8)}]"
    return f"[{inner}]"
