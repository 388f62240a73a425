"""The trained model in force while Rasa runs: the newest file that can be read, renewed when one is added."""

import asyncio
import logging
from asyncio import AbstractEventLoop
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent, load_agent
from rasa.exceptions import ModelNotFound
from sanic import Sanic

from nlu.model_files import Models

#: Seconds between two looks at the folder.
EVERY = 5.0
_log = logging.getLogger(__name__)


class Keeper:
    """Gives an agent the newest model, and again whenever there is a newer one."""

    def __init__(self, agent: Agent, models: Models) -> None:
        self._agent = agent
        self._models = models
        self._serving: Path | None = None

    def renew(self) -> bool:
        """Load the newest model if it is another one; True when it was. The old one serves meanwhile."""
        model = self._models.newest()
        while model and model != self._serving:
            try:
                self._agent.load_model(model)
            except Exception:  # noqa: BLE001 - a model of another version fails in any way
                self._models.refuse(model)
                model = self._models.newest()
            else:
                _log.info("serving the model %s", model.name)
                self._serving = model
                return True
        return False

    async def watch(self) -> None:
        """Renew for as long as the server runs."""
        while True:
            await asyncio.sleep(EVERY)
            await asyncio.to_thread(self.renew)


async def load_agent_on_start(
    model_path: str,
    endpoints: Any,
    remote_storage: str | None,
    app: "Sanic[Any, Any]",
    loop: AbstractEventLoop,
) -> Agent:
    """Rasa's own start of a server, with the newest sound model and an eye on newer ones."""
    agent = await load_agent(remote_storage=remote_storage, endpoints=endpoints, loop=loop)
    keeper = Keeper(agent, Models(Path(model_path)))
    if not keeper.renew():
        # A server without a model would answer nothing and look alive; one that ends is started again.
        raise ModelNotFound(f"no model can be read in {model_path}")
    app.ctx.agent = agent
    app.add_task(keeper.watch())
    return agent
