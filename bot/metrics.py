"""What the gateway counts, in Prometheus' text format."""

from __future__ import annotations

from collections.abc import Callable

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
)

CONTENT_TYPE = CONTENT_TYPE_LATEST
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 15.0)


class Metrics:
    """The counters of one gateway, in a registry of its own (several gateways may live in one process)."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._edition = ""
        self._requests = Counter(
            "trolyso_http_requests",
            "Requests by route and HTTP status.",
            ("method", "route", "status"),
            registry=self._registry,
        )
        self._seconds = Histogram(
            "trolyso_http_seconds",
            "Seconds a request took.",
            ("route",),
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._answers = Counter(
            "trolyso_answers", "Answers by how the question ended.", ("status",), registry=self._registry
        )
        self._answer_seconds = Histogram(
            "trolyso_answer_seconds",
            "Seconds from a message to its answer.",
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._failures = Counter(
            "trolyso_answer_failures",
            "Messages that got no answer, by error code.",
            ("code",),
            registry=self._registry,
        )
        self.conversations = Gauge(
            "trolyso_conversations_under_way",
            "Conversations with a message under way.",
            registry=self._registry,
        )

        self._stages = Histogram(
            "trolyso_stage_seconds",
            "Seconds of a message by stage: queue (its turn), rasa (whole), actions (within rasa).",
            ("stage",),
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._index = Gauge(
            "trolyso_index", "1 for the index that answers come from.", ("edition",), registry=self._registry
        )
        self._refused = Gauge(
            "trolyso_index_refused", "1 when a newer index could not be read.", registry=self._registry
        )
        self._updates = Counter(
            "trolyso_channel_updates",
            "Updates of the messaging channels by what became of them.",
            ("channel", "outcome"),
            registry=self._registry,
        )
        self._sends = Counter(
            "trolyso_channel_sends",
            "Calls that send an answer, by outcome; a repeated one may have been delivered twice.",
            ("channel", "outcome"),
            registry=self._registry,
        )

        self._lanes = Gauge(
            "trolyso_deliveries_under_way",
            "Conversations of messaging channels with something to answer or to send.",
            registry=self._registry,
        )

    def request(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one HTTP request; `route` is the pattern, never the address itself."""
        self._requests.labels(method, route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def answer(self, status: str, seconds: float) -> None:
        """Count one answer."""
        self._answers.labels(status).inc()
        self._answer_seconds.observe(seconds)

    def stage(self, name: str, seconds: float) -> None:
        """Count what one message spent in a stage."""
        self._stages.labels(name).observe(seconds)

    def index(self, edition: str, refused: bool) -> None:
        """Remember which index the newest answer came from."""
        if edition != self._edition:
            self._index.clear()
            self._index.labels(edition).set(1)
            self._edition = edition
        self._refused.set(refused)

    def failure(self, code: str) -> None:
        """Count one message without an answer."""
        self._failures.labels(code).inc()

    def update(self, channel: str, outcome: str) -> None:
        """Count one update: stored, duplicate, ignored, unreadable or forged."""
        self._updates.labels(channel, outcome).inc()

    def send(self, channel: str, outcome: str) -> None:
        """Count one outcome of a send: sent, retried, repeated or dead."""
        self._sends.labels(channel, outcome).inc()

    def watch_lanes(self, count: Callable[[], int]) -> None:
        """Have `count` asked for the deliveries under way whenever the page is read."""
        self._lanes.set_function(lambda: float(count()))

    def page(self) -> bytes:
        """Everything counted so far, as text."""
        return generate_latest(self._registry)
