"""A channel without a platform: what would be sent is kept, and a send may be told to fail."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from bot.channels.protocol import (
    Finding,
    IncomingMessage,
    Offer,
    Parcel,
    ParcelKind,
    Place,
    Receive,
    UnreadableUpdate,
)
from trolyso.answer import Answer

HEADER = "x-secret"


class RecordingChannel:
    """Implements `Channel` over lists. An update is the JSON form of an `IncomingMessage`.

    `before_send` may raise a `SendError`; a parcel is in `sent` only when it returned.
    """

    def __init__(self, name: str = "fake", secret: str = "secret", numbered: bool = False) -> None:
        self.name = name
        self.numbered = numbered
        self.sent: list[tuple[Place, Parcel]] = []
        self.settled: list[tuple[str, Offer | None]] = []
        self.signs = 0
        self.before_send: Callable[[Parcel], None] = lambda _: None
        self._secret = secret

    @property
    def texts(self) -> list[str]:
        """The texts that were sent, in order."""
        return [parcel.text for _, parcel in self.sent]

    def verify(self, headers: Mapping[str, str]) -> bool:
        """True with the right secret."""
        return headers.get(HEADER) == self._secret

    def read(self, update: object) -> IncomingMessage | None:
        """The message that the update is."""
        if not isinstance(update, dict):
            raise UnreadableUpdate("expected an object")
        return IncomingMessage.from_json(update) if update else None

    def render(self, answer: Answer, offers: Sequence[Offer], message: IncomingMessage) -> tuple[Parcel, ...]:
        """The text of the answer as one parcel."""
        return (Parcel(ParcelKind.TEXT, answer.text),)

    async def turn(self, place: Place) -> None:
        """Never wait."""

    async def send(self, place: Place, parcel: Parcel) -> None:
        """Keep a parcel."""
        self.before_send(parcel)
        self.sent.append((place, parcel))

    async def typing(self, place: Place) -> None:
        """Count a sign of typing."""
        self.signs += 1

    async def settle(self, message: IncomingMessage, picked: Offer | None) -> None:
        """Keep what was picked."""
        self.settled.append((message.receipt, picked))

    async def run(self, receive: Receive) -> None:
        """Nothing comes by itself."""

    async def inspect(self) -> tuple[Finding, ...]:
        """Nothing to report."""
        return ()

    async def aclose(self) -> None:
        """Nothing to close."""
