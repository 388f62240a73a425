"""The built encoder against the untrimmed one, over sentences of the documents."""

import re
from pathlib import Path

import numpy as np
import pytest

from knowledge.search.encoder import Encoder, load_encoder
from knowledge.search.encoder_build import build_encoder
from knowledge.search.errors import EncoderMissing
from vietnamese import fold

pytestmark = pytest.mark.integration

SOURCES = Path(__file__).resolve().parents[3] / "knowledge" / "sources"


@pytest.fixture(scope="module")
def trimmed(tmp_path_factory: pytest.TempPathFactory) -> Encoder:
    target = tmp_path_factory.mktemp("trimmed") / "encoder"
    build_encoder(target, exported=False)
    build_encoder(target, exported=False)
    assert [path.name for path in target.parent.iterdir()] == ["encoder"]
    return load_encoder(str(target))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Encoder:
    target = tmp_path_factory.mktemp("whole") / "encoder"
    build_encoder(target, trimmed=False, exported=False)
    return load_encoder(str(target))


def sentences(count: int = 200) -> list[str]:
    text = "\n".join(path.read_text("utf-8") for path in sorted(SOURCES.glob("*.txt")))
    lines = [line.strip() for line in re.split(r"[\n\t|]", text)]
    usable = [line for line in lines if 40 < len(line) < 300]
    return usable[:: len(usable) // count][:count]


def test_trimming_the_vocabulary_keeps_the_vectors(trimmed: Encoder, whole: Encoder) -> None:
    texts = sentences()
    assert len(texts) == 200
    for given in (texts, [fold(text) for text in texts]):
        cosines = (trimmed.encode_queries(given) * whole.encode_queries(given)).sum(axis=1)
        assert cosines.mean() >= 0.9999
        assert cosines.min() >= 0.999
    cosines = (trimmed.encode_passages(texts) * whole.encode_passages(texts)).sum(axis=1)
    assert cosines.min() >= 0.999


def test_everyday_words_that_plans_lack_survive_trimming(trimmed: Encoder, whole: Encoder) -> None:
    texts = ["ủa dzậy hông nghen, bác sĩ kê toa thuốc", "quét mã trái cam trái bưởi coi nguồn gốc"]
    cosines = (trimmed.encode_queries(texts) * whole.encode_queries(texts)).sum(axis=1)
    assert cosines.min() >= 0.999


def test_vectors_are_unit_and_meaning_is_near(trimmed: Encoder) -> None:
    query = trimmed.encode_queries(["đóng tiền học không xài tiền mặt"])
    assert query.shape == (1, 384)
    assert query.dtype == np.float32
    assert np.linalg.norm(query) == pytest.approx(1.0, abs=1e-4)
    passages = trimmed.encode_passages(
        ["Thanh toán học phí trong trường phổ thông không dùng tiền mặt", "Tỷ lệ dân số được phủ sóng 4G/5G"]
    )
    assert passages[0] @ query[0] > passages[1] @ query[0] + 0.02
    assert trimmed.encode_queries([]).shape == (0, 384)


def test_queries_and_passages_have_their_own_prefix(trimmed: Encoder) -> None:
    text = "kinh tế số trong GRDP"
    assert float(trimmed.encode_queries([text])[0] @ trimmed.encode_passages([text])[0]) < 0.999


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(EncoderMissing, match="gone"):
        load_encoder(str(tmp_path / "gone"))
    (tmp_path / "empty").mkdir()
    with pytest.raises(EncoderMissing, match="empty"):
        load_encoder(str(tmp_path / "empty"))
