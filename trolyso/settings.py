"""Settings of all processes, read from the environment (prefix ``TROLYSO_``)."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent


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
    message_limit: int = Field(2000, ge=100, description="Longest message that is read, in characters.")
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
