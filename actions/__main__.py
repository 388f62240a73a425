"""Runs the action server on loopback: ``python -m actions``."""

from __future__ import annotations

import warnings
from typing import Any

from rasa_sdk.endpoint import create_app
from rasa_sdk.executor import ActionExecutor
from sanic import Sanic

from actions.assistant import Assistant
from actions.corpus import Corpus
from actions.feedback.desk import Desk
from actions.remembering import Remembering
from actions.server import all_actions
from knowledge.search.encoder import load_encoder
from knowledge.search.engine import Query, SearchEngine
from knowledge.search.serving import SearchIndex
from knowledge.store import RememberingStore
from knowledge.store.people import PeopleStore
from trolyso.logs import configure
from trolyso.settings import Settings, settings

LOOPBACK = "127.0.0.1"


def open_corpus(current: Settings) -> Corpus:
    """The corpus of the settings; one search is made so that the first person does not wait for it."""
    encoder = load_encoder(current.encoder_path)
    store = RememberingStore.open(current.store_url)
    corpus = Corpus(store, SearchEngine(SearchIndex(current.index_path, encoder)))
    corpus.search(Query(text="chỉ tiêu"))
    return corpus


def create_server(current: Settings) -> Sanic[Any, Any]:
    """The Sanic application with every action registered. The SDK's own starter would fork and pickle."""
    executor = ActionExecutor()
    desk = Desk(PeopleStore.open(current.people_url))
    corpus = open_corpus(current)
    for action in all_actions(Remembering(Assistant(corpus), corpus), desk, corpus.traced):
        executor.register_action(action)
    app: Sanic[Any, Any] = create_app(executor, cors_origins=[])
    return app


def main() -> None:
    """Serve until stopped."""
    warnings.filterwarnings("ignore", category=DeprecationWarning, module=r"sanic.*")
    configure("actions")
    current = settings()
    app = create_server(current)
    app.run(host=LOOPBACK, port=current.actions_port, single_process=True, access_log=False, motd=False)


if __name__ == "__main__":
    main()
