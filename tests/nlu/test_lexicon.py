from pathlib import Path

import pytest

from nlu.lexicon import LexiconError, expand_phrases, load_lexicon

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ROOT / "knowledge" / "sources"


def test_a_phrase_is_said_with_each_choice_of_its_sets() -> None:
    words = {"who": ["ai", "sở nào"], "does": ["lo"]}
    assert expand_phrases(["{who} {does}", "chủ trì"], words) == ["ai lo", "sở nào lo", "chủ trì"]


def test_an_unknown_set_is_named() -> None:
    with pytest.raises(LexiconError, match="whom"):
        expand_phrases(["{whom} lo"], {"who": ["ai"]})


def test_a_missing_part_is_an_error_that_names_it(tmp_path: Path) -> None:
    broken = tmp_path / "lexicon.yml"
    broken.write_text("words: {}\nignore: [a]\n", encoding="utf-8")
    with pytest.raises(LexiconError, match="role"):
        load_lexicon(broken, SOURCES / "agencies.yml", SOURCES / "registry.yml")


def test_a_list_in_place_of_the_lexicon_is_an_error(tmp_path: Path) -> None:
    broken = tmp_path / "lexicon.yml"
    broken.write_text("- a\n", encoding="utf-8")
    with pytest.raises(LexiconError):
        load_lexicon(broken, SOURCES / "agencies.yml", SOURCES / "registry.yml")
