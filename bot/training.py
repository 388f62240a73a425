"""`trolyso train`: Rasa's own training, in Rasa's own environment."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from bot.service import environment, for_rasa, rasa_environment, rasa_python
from bot.supervisor import SupervisorError
from trolyso.settings import ROOT, Settings

_KEPT = 2


class TrainingFailed(SupervisorError):
    """Rasa did not make a model."""


def train(settings: Settings) -> Path:
    """Train on the Rasa project and give the newest model. Raises `SupervisorError`.

    Rasa answers at once when nothing changed since the last time; older models are removed.
    """
    settings.models_path.mkdir(parents=True, exist_ok=True)
    command = (
        *(rasa_python(settings), "-m", "rasa", "train", "--config", "config.yml", "--domain", "domain.yml"),
        *("--data", "data", "--out", str(settings.models_path)),
    )
    # Rasa's cache of trained components stays with what is built, not in the project.
    cache = {"RASA_CACHE_DIRECTORY": str(settings.home / "rasa-cache")}
    env = {**os.environ, **environment(for_rasa(settings)), **rasa_environment(settings), **cache}
    code = subprocess.run(command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, check=False).returncode
    models = sorted(settings.models_path.glob("*.tar.gz"), key=lambda model: model.stat().st_mtime)
    if code != 0 or not models:
        raise TrainingFailed(f"Huấn luyện mô hình Rasa không thành (mã {code}): xem thông báo ở trên.")
    for old in models[:-_KEPT]:
        old.unlink()
    return models[-1]
