"""Fit the matrix that the built-in encoder puts query vectors through.

usage: python -m scripts.train_encoder TEXTS.jsonl [MORE.jsonl ...] [--measure]

TEXTS hold general official text (the field "text" of JSON lines). The fit asks three things of the matrix:

- a question about a record of the project, as written and with its marks removed and restored, is
  nearer to that record than to the others of its document;
- the cosine of a question with its nearest record stays, since the calibration reads it as it is;
- a general question keeps its vector, and ranks passages as that vector ranks them; with its marks
  removed and restored it comes to the vector it has as written.

No question about a held-out record is taught; ``--measure`` prints what the search finds for those.
Writes knowledge/search/data/query_map.npy and its note.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import torch
from torch import Tensor
from torch.nn.functional import kl_div, log_softmax, normalize, softmax

from knowledge.search.ablation import ablate
from knowledge.search.encoder import Encoder, FloatArray, load_encoder
from knowledge.search.encoder_build import build_encoder
from knowledge.search.encoder_map import DATA, write_map
from scripts.encoder_examples import (
    Examples,
    general_passages,
    general_questions,
    read_examples,
    read_texts,
)
from vietnamese import fold, restore

SEED = 1
STEPS, RATE = 400, 1e-3
GENERAL_QUESTIONS = 1500
OWN_BATCH, GENERAL_BATCH = 64, 128
# Cosines of this encoder lie within a tenth: they are spread before they are compared.
SPREAD = 40.0
GENERAL_WEIGHT, PULL_WEIGHT, LEVEL_WEIGHT = 12.0, 20.0, 500.0
JITTER = 0.01
BATCH = 32
# Among the cosines of the records of one document, one of another counts for nothing.
NEVER = -1e4


@dataclass(frozen=True, slots=True)
class Own:
    """Questions ``[n, width]`` about records, the vectors of all records ``[m, width]``, and two tables
    ``[n, m]`` to add to the cosines: `near` leaves the records of the right document, `right` those that
    answer."""

    questions: Tensor
    records: Tensor
    near: Tensor
    right: Tensor


@dataclass(frozen=True, slots=True)
class General:
    """Questions as they are met and the vectors they should have ``[n, width]``, and passages to rank."""

    met: Tensor
    wanted: Tensor
    passages: Tensor


def restored(text: str) -> str:
    """The text as it is read when it is typed without marks."""
    return restore(fold(text))


def own_part(examples: Examples, encoder: Encoder) -> Own:
    """The questions that are taught, each as written and restored."""
    passages = examples.passages
    groups: dict[tuple[str, str], set[str]] = {}
    for passage in passages:
        groups.setdefault((passage.document_id, passage.group), set()).add(passage.id)
    same = {key: ids for ids in groups.values() for key in ids}
    asked = [(text, q) for q in examples.taught for text in (q.query.text, restored(q.query.text))]
    rights = [set().union(*(same[key] for key in question.right)) for _, question in asked]
    documents = {passage.id: passage.document_id for passage in passages}
    homes = [documents[min(question.right)] for _, question in asked]
    return Own(
        questions=_queries([text for text, _ in asked], encoder),
        records=_passages([passage.dense_text for passage in passages], encoder),
        near=_table([[passage.document_id == home for passage in passages] for home in homes]),
        right=_table([[passage.id in right for passage in passages] for right in rights]),
    )


def general_part(files: Sequence[Path], records: Tensor, encoder: Encoder) -> General:
    """General questions, each as written and, where the restorer errs, restored."""
    texts, rng = read_texts(files), Random(SEED)
    written = general_questions(texts, GENERAL_QUESTIONS, rng)
    pairs = [(text, text) for text in written]
    pairs += [(met, text) for text in written if (met := restored(text)) != text]
    vectors = dict(zip(written, _queries(written, encoder), strict=True))
    strange = _queries([met for met, text in pairs if met != text], encoder)
    return General(
        met=torch.cat([torch.stack(list(vectors.values())), strange]),
        wanted=torch.stack([vectors[text] for _, text in pairs]),
        passages=torch.cat([_passages(general_passages(texts, rng), encoder), records]),
    )


def _table(kept: list[list[bool]]) -> Tensor:
    return torch.where(torch.tensor(kept), 0.0, NEVER)


def _queries(texts: Sequence[str], encoder: Encoder) -> Tensor:
    return torch.from_numpy(encoder.encode_queries(texts))


def _passages(texts: Sequence[str], encoder: Encoder) -> Tensor:
    return torch.from_numpy(encoder.encode_passages(texts))


def fit(own: Own, general: General) -> FloatArray:
    """The matrix less unity, ``[width, width]``."""
    chance = torch.Generator().manual_seed(SEED)
    width = own.questions.shape[1]
    change = torch.zeros(width, width, requires_grad=True)
    optimiser = torch.optim.AdamW([change], lr=RATE, weight_decay=0.01)
    for step in range(STEPS):
        for group in optimiser.param_groups:
            group["lr"] = RATE * (1 - step / STEPS)
        mine = torch.randint(len(own.questions), (OWN_BATCH,), generator=chance)
        others = torch.randint(len(general.met), (GENERAL_BATCH,), generator=chance)
        jitter = JITTER * torch.randn(OWN_BATCH, width, generator=chance)
        loss = _own_loss(change, own, mine, jitter) + GENERAL_WEIGHT * _general_loss(change, general, others)
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
    fitted: FloatArray = change.detach().numpy()
    return fitted


def _mapped(change: Tensor, vectors: Tensor) -> Tensor:
    return normalize(vectors + vectors @ change.T, dim=1)


def _own_loss(change: Tensor, own: Own, drawn: Tensor, jitter: Tensor) -> Tensor:
    questions, near = own.questions[drawn], own.near[drawn]
    cosines = _mapped(change, questions + jitter) @ own.records.T
    chances = log_softmax(cosines * SPREAD + near, 1)
    before = questions @ own.records.T
    level = ((cosines + near).amax(1) - (before + near).amax(1)).square().mean()
    return LEVEL_WEIGHT * level - torch.logsumexp(chances + own.right[drawn], 1).mean()


def _general_loss(change: Tensor, general: General, drawn: Tensor) -> Tensor:
    vectors, wanted = _mapped(change, general.met[drawn]), general.wanted[drawn]
    moved = (1 - (vectors * wanted).sum(1)).mean()
    ranks = log_softmax(vectors @ general.passages.T * SPREAD, 1)
    right = softmax(wanted @ general.passages.T * SPREAD, 1)
    return PULL_WEIGHT * moved + kl_div(ranks, right, reduction="batchmean")


def measure(examples: Examples, folder: Path, plain: Encoder) -> None:
    """Print what the search finds for questions about held-out records, before and after."""
    tuned = folder / "tuned"
    build_encoder(tuned)
    encoders = {"trước": plain, "sau": load_encoder(str(tuned))}
    for line in ablate(examples.passages, examples.held, encoders):
        cells = (f"{form}: {found.to_json()}" for form, found in line.figures.items())
        print(f"{line.system} {line.encoder}", *cells, sep="\n  ")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("texts", nargs="+", type=Path)
    parser.add_argument("--measure", action="store_true", help="search for the held-out questions")
    options = parser.parse_args()
    torch.manual_seed(SEED)
    examples = read_examples()
    with tempfile.TemporaryDirectory(prefix="trolyso-tuning-") as scratch:
        folder = Path(scratch)
        build_encoder(folder / "plain", tuned=False)
        plain = load_encoder(str(folder / "plain"))
        own = own_part(examples, plain)
        write_map(fit(own, general_part(options.texts, own.records, plain)), SEED, STEPS, DATA)
        print(f"{len(examples.taught)} câu hỏi đã dạy, {len(examples.held)} câu hỏi để riêng")
        if options.measure:
            measure(examples, folder, plain)


if __name__ == "__main__":
    main()
