"""Settings of all processes, read from the environment (prefix ``TROLYSO_``)."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent


class Mode(StrEnum):
    """How updates of a bot platform arrive."""

    POLLING = "polling"
    WEBHOOK = "webhook"


class Settings(BaseSettings):
    """One field per variable; the description is what docs/settings.md prints."""

    model_config = SettingsConfigDict(env_prefix="TROLYSO_", frozen=True)

    home: Path = Field(
        ROOT / ".trolyso", description="Folder of all that is built: encoder, store, index, models."
    )
    database_url: str = Field(
        "", description="SQLAlchemy URL of the store; empty: SQLite in the home folder."
    )
    people_database_url: str = Field(
        "",
        description="SQLAlchemy URL of people's feedback; empty: SQLite in the home folder.",
    )
    encoder: str = Field("", description="A sentence-transformers model by name or path; empty: built-in.")
    bind: str = Field("127.0.0.1", description="Address on which the gateway listens.")
    port: int = Field(8000, ge=1, le=65535, description="Port of the gateway.")
    rasa_port: int = Field(5005, ge=1, le=65535, description="Port of Rasa (loopback only).")
    actions_port: int = Field(5055, ge=1, le=65535, description="Port of the action server (loopback only).")
    answer_timeout: float = Field(15.0, gt=0, description="Seconds that the gateway waits for one answer.")
    head_timeout: float = Field(
        10.0, gt=0, description="Seconds that a client has for the head of a request."
    )
    body_timeout: float = Field(
        30.0, gt=0, description="Seconds that a client has for the body of a request."
    )
    send_timeout: float = Field(
        30.0, gt=0, description="Seconds after which a client that takes nothing of an answer is cut off."
    )
    message_limit: int = Field(2000, ge=100, description="Longest message that is read, in characters.")
    limit_person: int = Field(15, ge=0, description="Messages a minute of one person; 0: no limit.")
    limit_address: int = Field(
        600, ge=0, description="Questions a minute from one network address; 0: no limit."
    )
    public_url: str = Field(
        "", description="Address under which people reach this site, for links and webhooks (https://…)."
    )
    telegram_token: SecretStr = Field(SecretStr(""), description="Token of the Telegram bot; empty: off.")
    telegram_base_url: str = Field(
        "https://api.telegram.org", description="Root of the Telegram Bot API server."
    )
    telegram_webhook_secret: SecretStr = Field(
        SecretStr(""), description="Secret that Telegram sends with each webhook call."
    )
    telegram_mode: Mode = Field(
        Mode.POLLING, description="How Telegram's updates arrive: polling or webhook."
    )
    zalo_token: SecretStr = Field(SecretStr(""), description="Token of the Zalo bot; empty: off.")
    zalo_base_url: str = Field(
        "https://bot-api.zaloplatforms.com", description="Root of the Zalo Bot API server."
    )
    zalo_webhook_secret: SecretStr = Field(
        SecretStr(""), description="Secret that Zalo sends with each webhook call (8 to 256 characters)."
    )
    zalo_mode: Mode = Field(Mode.POLLING, description="How Zalo's updates arrive: polling or webhook.")
    rasa_patches: bool = Field(
        True, description="Rasa faster and steadier: `nlu/patches.py` in force; `off` leaves Rasa as it is."
    )
    rasa_python: str = Field("", description="Python of the Rasa environment; empty: .venv-rasa/bin/python.")

    @property
    def store_url(self) -> str:
        """The database URL that is in force."""
        return self.database_url or f"sqlite:///{self.home / 'store.sqlite3'}"

    @property
    def people_url(self) -> str:
        """The database URL of people's feedback that is in force."""
        return self.people_database_url or f"sqlite:///{self.home / 'people.sqlite3'}"

    @property
    def encoder_path(self) -> str:
        """The encoder that is in force: a name, or the folder of the built-in one."""
        return self.encoder or str(self.home / "encoder")

    @property
    def index_path(self) -> Path:
        """Folder that holds the search index generations."""
        return self.home / "index"

    @property
    def models_path(self) -> Path:
        """Folder of the trained Rasa models."""
        return self.home / "models"

    @property
    def rasa_url(self) -> str:
        """Where the gateway reaches Rasa."""
        return f"http://127.0.0.1:{self.rasa_port}"

    @property
    def actions_url(self) -> str:
        """Where Rasa reaches the action server."""
        return f"http://127.0.0.1:{self.actions_port}"


@cache
def settings() -> Settings:
    """The settings of this process, read once."""
    return Settings()
