"""Short texts whose vectors an index holds beside its passages: what guides have people do, point by point.

They are not searched; a message that is near a guide is compared with its points. To encode them when a
service starts would take seconds of both cores, just when people wait for it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from knowledge.search.encoder import Encoder, FloatArray

POINTS = "points.json"
POINT_VECTORS = "points.npy"


def encoded_points(
    texts: Sequence[str], encoder: Encoder, known: Mapping[str, FloatArray]
) -> dict[str, FloatArray]:
    """The vector of each text; those that are not `known` are encoded, each once."""
    fresh = [text for text in dict.fromkeys(texts) if text not in known]
    made = dict(zip(fresh, encoder.encode_passages(fresh), strict=True))
    return {text: known[text] if text in known else made[text] for text in dict.fromkeys(texts)}


def write_points(points: Mapping[str, FloatArray], target: Path) -> None:
    """Keep them in the folder of a generation."""
    (target / POINTS).write_text(json.dumps(list(points), ensure_ascii=False), "utf-8")
    vectors = list(points.values())
    np.save(target / POINT_VECTORS, np.stack(vectors) if vectors else np.zeros((0, 0), np.float32))


def read_points(source: Path) -> dict[str, FloatArray]:
    """What `write_points` wrote. Raises `ValueError` when texts and vectors do not belong together."""
    texts = json.loads((source / POINTS).read_text("utf-8"))
    return dict(zip(texts, np.load(source / POINT_VECTORS), strict=True))
