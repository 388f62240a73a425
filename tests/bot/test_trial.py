"""A service on trial has everything of its own, and nothing of the service that it is made from."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.secrecy import secrets_of
from bot.service import address
from bot.trial import copied_bytes, trial
from knowledge.store import Store
from trolyso.settings import Settings

REAL = "7712345678:AAE-xample_Only0123456789abcdefghijk"


@pytest.fixture
def real(tmp_path: Path) -> Settings:
    """Settings of a service with secrets, over a home that looks built."""
    home = tmp_path / "real"
    for name in ("index", "models"):
        (home / name).mkdir(parents=True)
        (home / name / "part").write_bytes(b"12345")
    secret = SecretStr("a-real-secret")
    return Settings(
        home=home,
        telegram_token=SecretStr(REAL),
        telegram_webhook_secret=secret,
        zalo_token=SecretStr(REAL),
        zalo_webhook_secret=secret,
        people_database_url=f"sqlite:///{home / 'people.sqlite3'}",
    )


def test_a_trial_has_copies_records_and_settings_of_its_own(real: Settings, tmp_path: Path) -> None:
    home = tmp_path / "own"
    with trial(real, home, zalo_token="5512345678:of-the-trial", zalo_mode="webhook") as own:
        given = own.settings
        assert (given.home, given.encoder_path) == (home, real.encoder_path)
        assert (given.limit_person, given.limit_address) == (0, 0)
        assert given.public_url == address(given)
        assert given.people_url.startswith(f"sqlite:///{home}")
        assert {"5512345678:of-the-trial"} == set(secrets_of(given)) - {""}
        with Store.open(given.store_url) as store:
            assert len(store.documents()) > 3
        assert (home / "index" / "part").read_bytes() == (home / "models" / "part").read_bytes() == b"12345"
    assert sorted(path.name for path in real.home.iterdir()) == ["index", "models"]


def test_what_a_trial_copies_is_known_before(real: Settings) -> None:
    assert copied_bytes(real) == 10
