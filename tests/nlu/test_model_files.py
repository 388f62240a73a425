"""Which of the trained models may serve."""

import io
import os
import tarfile
from pathlib import Path

import pytest

from nlu import model_files
from nlu.model_files import Models, is_sound


def model(folder: Path, name: str, date: float) -> Path:
    path = folder / f"{name}.tar.gz"
    with tarfile.open(path, "w:gz") as archive:
        member = tarfile.TarInfo("metadata.json")
        content = os.urandom(5000)
        member.size = len(content)
        archive.addfile(member, io.BytesIO(content))
    os.utime(path, (date, date))
    return path


def damage(path: Path, content: bytes) -> None:
    date = path.stat().st_mtime
    path.write_bytes(content)
    os.utime(path, (date, date))


def test_the_newest_model_serves(tmp_path: Path) -> None:
    model(tmp_path, "z-old", 100)
    newest = model(tmp_path, "a-new", 200)
    assert Models(tmp_path).newest() == newest


@pytest.mark.parametrize("kind", ["cut", "empty", "no archive", "bits turned"])
def test_a_damaged_model_is_passed_over(tmp_path: Path, kind: str) -> None:
    good = model(tmp_path, "old", 100)
    bad = model(tmp_path, "new", 200)
    whole = bad.read_bytes()
    middle = len(whole) // 2
    turned = whole[:middle] + bytes([whole[middle] ^ 0xFF]) + whole[middle + 1 :]
    damage(bad, {"cut": whole[:-9], "empty": b"", "no archive": b"x" * 100, "bits turned": turned}[kind])
    assert not is_sound(bad)
    assert Models(tmp_path).newest() == good


def test_a_refused_model_is_tried_again_when_its_file_changes(tmp_path: Path) -> None:
    good, bad = model(tmp_path, "old", 100), model(tmp_path, "new", 200)
    models = Models(tmp_path)
    models.refuse(bad)
    assert models.newest() == good
    assert model(tmp_path, "new", 300) == models.newest()


def test_a_named_file_is_the_only_one(tmp_path: Path) -> None:
    old = model(tmp_path, "old", 100)
    model(tmp_path, "new", 200)
    assert Models(old).newest() == old


def test_nothing_can_serve(tmp_path: Path) -> None:
    assert Models(tmp_path).newest() is None
    assert Models(tmp_path / "nowhere").newest() is None


def test_a_model_is_read_once_for_as_long_as_its_file_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[Path] = []
    monkeypatch.setattr(model_files, "is_sound", lambda path: not read.append(path))
    one, models = model(tmp_path, "one", 100), Models(tmp_path)
    assert [models.newest() for _ in range(3)] == [one] * 3
    assert read == [one]
    model(tmp_path, "one", 200)
    assert models.newest() == one
    assert read == [one, one]
