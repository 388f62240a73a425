"""What a channel is: it verifies, reads, renders and sends. Everything else the gateway does once for all.

A channel knows its platform and nothing of questions; `bot.delivery` knows neither platform and does the
storing, ordering, limiting and repeating for both.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Protocol

from trolyso.answer import Answer


class Kind(StrEnum):
    """What a message is, and so what its `text` holds."""

    TEXT = "text"  # the words, as typed
    COMMAND = "command"  # the command's name, without slash
    TAP = "tap"  # the id of the `Offer` whose button was pressed
    MEDIA = "media"  # nothing that can be read; the platform's word for what came (photo, voice, sticker, …)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a message came from and its answer goes; ids are the platform's own, as text.

    In a group each member has a conversation of their own.
    """

    channel: str
    chat: str
    person: str
    thread: str = ""
    group: bool = False

    @property
    def conversation(self) -> str:
        """The key of the conversation, unique over all channels."""
        return f"{self.channel}:{self.chat}:{self.person}" if self.group else f"{self.channel}:{self.chat}"

    @property
    def member(self) -> str:
        """Who wrote, unique over all channels: whom a limit concerns."""
        return f"{self.channel}:{self.person}"


@dataclass(frozen=True, slots=True)
class IncomingMessage:
    """One update, reduced to what an answer needs.

    `key` is the same for every delivery of the update and for no other; `order` grows as the platform
    numbers or dates the messages of a conversation; `message_id` is what a reply refers to, `receipt` what a
    pressed button waits for (both may be empty).
    """

    key: str
    order: int
    place: Place
    kind: Kind
    text: str
    message_id: str = ""
    receipt: str = ""

    def to_json(self) -> dict[str, Any]:
        """As plain JSON values."""
        return asdict(self)

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> IncomingMessage:
        """The inverse of `to_json`."""
        return cls(**{**stored, "place": Place(**stored["place"]), "kind": Kind(stored["kind"])})


@dataclass(frozen=True, slots=True)
class Offer:
    """A suggestion as it was offered: `id` is short and unguessable, `number` picks it where it is typed."""

    id: str
    number: int
    title: str
    message: str


class ParcelKind(StrEnum):
    """What is sent."""

    TEXT = "text"
    IMAGE = "image"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Button:
    """A key under a message: pressing it sends the id of an offer back."""

    title: str
    offer: str


@dataclass(frozen=True, slots=True)
class Parcel:
    """One call of a bot API, ready to be sent and small enough for it.

    `text` is in the markup of the channel; it is the caption of an image or a file, whose address on this
    site is `url` and which is replaced by `instead` when the platform refuses it. `rows` are the keys under
    it. `reply_to` is the message that it answers, or empty.
    """

    kind: ParcelKind
    text: str
    url: str = ""
    instead: str = ""
    rows: tuple[tuple[Button, ...], ...] = ()
    reply_to: str = ""

    def to_json(self) -> dict[str, Any]:
        """As plain JSON values."""
        return asdict(self)

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Parcel:
        """The inverse of `to_json`."""
        rows = tuple(tuple(Button(**button) for button in row) for row in stored["rows"])
        return cls(**{**stored, "kind": ParcelKind(stored["kind"]), "rows": rows})


class UnreadableUpdate(Exception):
    """An update that is not what the platform documents; the message says what was expected where."""


class SendError(Exception):
    """The root of what can go wrong with one send. Messages never hold a token or a person's words."""


class Refused(SendError):
    """The platform will never take this parcel (blocked, gone, too long, …): trying again is no use."""


class TryLater(SendError):
    """The parcel was surely not delivered, and may be after `after` seconds (None: as one sees fit)."""

    def __init__(self, reason: str, after: float | None = None) -> None:
        super().__init__(reason)
        self.after = after


class OutcomeUnknown(SendError):
    """The connection broke after the parcel went out: it may have been delivered."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of a channel's check-up, in Vietnamese; `good` is None when it is only information."""

    good: bool | None
    text: str


@dataclass(frozen=True, slots=True)
class Blob:
    """A picture or a file of this site."""

    name: str
    media: str
    content: bytes


# Stores a message; when it returns, the message will be answered whatever happens to this process.
Receive = Callable[[IncomingMessage], Awaitable[None]]
# Reads an address of this site. Raises `OSError` when there is nothing.
Fetch = Callable[[str], Awaitable[Blob]]


class Channel(Protocol):
    """One messaging platform."""

    @property
    def name(self) -> str:
        """The channel's name in keys, addresses and metrics."""

    @property
    def numbered(self) -> bool:
        """True when suggestions are shown as a numbered menu, so that a typed number picks one."""

    def verify(self, headers: Mapping[str, str]) -> bool:
        """True when the headers of a webhook call carry the secret, compared in constant time."""

    def read(self, update: object) -> IncomingMessage | None:
        """The message in the decoded body of a webhook call, None when it asks for nothing.

        Raises `UnreadableUpdate`.
        """

    def render(self, answer: Answer, offers: Sequence[Offer], message: IncomingMessage) -> tuple[Parcel, ...]:
        """An answer to `message` as one or more parcels; `offers` are its suggestions, in their order."""

    async def turn(self, place: Place) -> None:
        """Wait until the pace of the platform allows a call. Whoever is cut off here has begun nothing."""

    async def send(self, place: Place, parcel: Parcel) -> None:
        """Make one call, without waiting for a `turn`. Raises a `SendError`."""

    async def typing(self, place: Place) -> None:
        """Show that an answer is being written. Never raises: nothing depends on it."""

    async def settle(self, message: IncomingMessage, picked: Offer | None) -> None:
        """End the wait of a pressed button and show what was picked; None: the button is too old.

        Never raises: nothing depends on it.
        """

    async def run(self, receive: Receive) -> None:
        """Register the webhook, or ask for updates for ever; failures of the platform are waited out."""

    async def inspect(self) -> tuple[Finding, ...]:
        """Ask the platform who we are and what it knows of our webhook. Never raises."""

    async def aclose(self) -> None:
        """Close the connections."""
