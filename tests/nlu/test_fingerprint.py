from pathlib import Path

from nlu.fingerprint import digest, package_files


def test_the_digest_follows_the_content_and_not_the_order(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_text("a", encoding="utf-8")
    two.write_text("b", encoding="utf-8")
    before = digest([one, two])
    assert digest([two, one]) == before
    two.write_text("c", encoding="utf-8")
    assert digest([one, two]) != before


def test_compiled_files_do_not_count(tmp_path: Path) -> None:
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "a.pyc").write_bytes(b"0")
    (tmp_path / "a.py").write_text("", encoding="utf-8")
    assert [path.name for path in package_files(tmp_path)] == ["a.py"]
