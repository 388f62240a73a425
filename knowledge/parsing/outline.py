"""The outline of a plan: numbered headings, points and bullets become clauses with unique paths.

The numbering alone decides. A number that starts again without a heading above it (headings get
lost when web pages are copied) opens a new part; a path that is taken gets "-2", "-3".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum

from knowledge.reading import Line


class Level(IntEnum):
    """How deep a kind of label stands."""

    PART = 0
    SECTION = 1
    NUMBER = 2
    ITEM = 3
    SUBITEM = 4
    POINT = 5
    PARAGRAPH = 6
    BULLET = 7


_LABELS: tuple[tuple[Level, re.Pattern[str]], ...] = (
    (Level.SECTION, re.compile(r"(?P<key>[IVX]{1,5})\.\s+(?=\S)")),
    (Level.SUBITEM, re.compile(r"(?P<key>\d{1,2}\.\d{1,2}\.\d{1,2})\.?\s+(?=\S)")),
    (Level.ITEM, re.compile(r"(?P<key>\d{1,2}\.\d{1,2})\.?\s+(?=\S)")),
    (Level.NUMBER, re.compile(r"(?P<key>\d{1,2})\.\s*(?=[^\W\d])")),
    (Level.NUMBER, re.compile(r"(?P<key>Điều \d{1,2})\.\s+(?=\S)")),
    (Level.POINT, re.compile(r"(?P<key>[a-zđ])(?:\)\s*|\.\s+)(?=\S)")),
    (Level.BULLET, re.compile(r"(?P<key>[-–+•])\s*(?=[^\d\s]|\d+\s*%|\d+ )")),
)
_TITLE = re.compile(r"(?:KẾ HOẠCH|QUYẾT ĐỊNH|PHỤ LỤC(?: \S+)?|NGHỊ QUYẾT|CHƯƠNG TRÌNH|ĐỀ ÁN):?")
_ASIDE = re.compile(r"\([^()]*phụ lục[^()]*\)|Phụ lục \S+: .*", re.IGNORECASE)
_CLOSING = re.compile(r"Nơi nhận:|(?:KT|TM|TL|TUQ)\. \S|Lưu: VT")
_NUMBERED = re.compile(r"Số:\s*\d")
_HEADING_LENGTH = 160
_CAPITALS = 0.9


@dataclass(slots=True)
class Node:
    """One clause while the outline grows; `key` is its own step of the path."""

    level: Level
    key: str
    label: str
    text: str
    line: int
    parent: Node | None = None
    path: str = ""
    children: list[Node] = field(default_factory=list)
    counts: Counter[Level] = field(default_factory=Counter)
    """How many children of each level there are."""
    last_number: int = 0
    """The number of the last numbered child; 0 before the first."""

    def adopt(self, child: Node) -> None:
        """Take a child in."""
        self.children.append(child)
        self.counts[child.level] += 1
        if child.level == Level.NUMBER and child.key.isdigit():
            self.last_number = int(child.key)

    @property
    def heading(self) -> bool:
        """True for a short line that titles what follows, not a sentence."""
        first = self.text.split("\n", 1)[0]
        short = len(first) <= _HEADING_LENGTH and not first.endswith((".", ";"))
        return short and self.level < Level.PARAGRAPH

    def trail(self) -> tuple[str, ...]:
        """The titles above, from the top."""
        titles: list[str] = []
        node = self.parent
        while node is not None and node.parent is not None:
            titles.append(f"{node.label} {node.text.split(chr(10), 1)[0]}".strip())
            node = node.parent
        return tuple(reversed(titles))


class Outline:
    """Grows a tree of clauses line by line; `nodes` lists them in the order of the text."""

    def __init__(self) -> None:
        self.root = Node(Level.PART, "", "", "", 0)
        self.nodes: list[Node] = []
        self._open = self.root
        self._opening = True
        self._closing = False
        self._part = ""
        self._paths: set[str] = set()
        self._times: Counter[str] = Counter()
        self._openings: Counter[str] = Counter()

    def add(self, line: Line) -> None:
        """Place one line."""
        label = _label(line.text)
        if self._closing and label and label[0] == Level.SECTION:
            self._closing, self._part = False, ""
        if _TITLE.fullmatch(line.text) or (self._closing and _NUMBERED.match(line.text)):
            self._begin_part(line)
        elif self._closing or (_CLOSING.match(line.text) and not self._opening):
            self._close(line)
        elif label:
            self._place(line, *label)
        else:
            self._continue(line)

    def _begin_part(self, line: Line) -> None:
        """A title in capitals: the decision, the plan bound behind it, an annex."""
        if self._closing:
            # What stood before is the approving decision: its paths keep apart from the plan's own.
            self._part = ""
        elif line.text == "QUYẾT ĐỊNH":
            self._part = "QĐ"
        self._closing = False
        self._opening = not line.text.endswith(":")
        self._open = self.root
        self._attach(Node(Level.PARAGRAPH, self._opening_key(), "", line.text, line.number), self.root)

    def _opening_key(self) -> str:
        self._openings[self._part] += 1
        return f"mo-dau.{self._openings[self._part]}"

    def _prefix(self) -> str:
        return f"{self._part}." if self._part else ""

    def _place(self, line: Line, level: Level, key: str, label: str, text: str) -> None:
        self._opening = False
        self._attach(Node(level, key, label, text, line.number), self._parent(level, key))

    def _parent(self, level: Level, key: str) -> Node:
        """The node that a label belongs under: the nearest open one that stands higher."""
        node = self._open
        while node.level >= level and node.parent is not None:
            if node.level == level == Level.BULLET:
                break
            node = node.parent
        if level == Level.BULLET and node.level == Level.BULLET:
            node = node.parent or self.root
        if level == Level.NUMBER and key.isdigit() and _restarts(node, int(key)):
            return self.root
        return node

    def _continue(self, line: Line) -> None:
        """A line without a label: the body of the open heading, or a paragraph of its own."""
        node = self._open
        lowest = Level.NUMBER if _ASIDE.fullmatch(line.text) else Level.PARAGRAPH
        while node.level > lowest and node.parent is not None:
            node = node.parent
        if self._opening or node.level == Level.PART:
            key = self._opening_key() if self._opening else f"p{node.counts[Level.PARAGRAPH] + 1}"
            self._attach(Node(Level.PARAGRAPH, key, "", line.text, line.number), self.root)
        elif node.children or (node.heading and "\n" in node.text) or node.level == Level.PARAGRAPH:
            home = node.parent if node.level == Level.PARAGRAPH and node.parent else node
            key = f"p{home.counts[Level.PARAGRAPH] + (2 if home.level else 1)}"
            self._attach(Node(Level.PARAGRAPH, key, "", line.text, line.number), home)
        else:
            node.text = f"{node.text}\n{line.text}"

    def _close(self, line: Line) -> None:
        """Recipients and signatures are one clause."""
        if self._closing:
            self.nodes[-1].text += f"\n{line.text}"
            return
        self._closing = True
        self._attach(Node(Level.PARAGRAPH, "noi-nhan", "", line.text, line.number), self.root)

    def _attach(self, node: Node, parent: Node) -> None:
        if node.level == Level.BULLET:
            node.key = str(parent.counts[Level.BULLET] + 1)
        node.parent = parent
        node.path = self._unique(self._path(node, parent))
        parent.adopt(node)
        self.nodes.append(node)
        self._open = node

    def _path(self, node: Node, parent: Node) -> str:
        base = parent
        if node.level in (Level.ITEM, Level.SUBITEM):
            # "1.6" already repeats the number above it, so II.1 + 1.6 is II.1.6.
            while base.parent and base.level in (Level.NUMBER, Level.ITEM) and _holds(base.key, node.key):
                base = base.parent
        return f"{base.path}.{node.key}" if base.path else f"{self._prefix()}{node.key}"

    def _unique(self, path: str) -> str:
        unique = path
        while unique in self._paths:
            self._times[path] += 1
            unique = f"{path}-{self._times[path] + 1}"
        self._paths.add(unique)
        return unique


def outline(lines: Iterable[Line]) -> list[Node]:
    """All clauses of the lines, in order."""
    tree = Outline()
    for line in lines:
        tree.add(line)
    return tree.nodes


def in_capitals(text: str) -> bool:
    """True for a title in capitals, which may hold a word like "IoT"."""
    cased = [letter for letter in text if letter.isalpha()]
    return bool(cased) and sum(letter.isupper() for letter in cased) >= _CAPITALS * len(cased)


def _label(text: str) -> tuple[Level, str, str, str] | None:
    """Level, key, printed label and the text behind it."""
    for level, pattern in _LABELS:
        if match := pattern.match(text):
            return level, match["key"], match.group(0).strip(), text[match.end() :]
    return None


def _holds(key: str, below: str) -> bool:
    """True when a number is repeated in front of another one ("1" in "1.6")."""
    return below.startswith(f"{key}.")


def _restarts(parent: Node, number: int) -> bool:
    """True when a number does not go on from its siblings: a heading above it has been lost."""
    return bool(parent.last_number) and number <= parent.last_number and parent.parent is not None
