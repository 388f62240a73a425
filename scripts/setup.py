#!/usr/bin/env python3
"""Sets a clone up: both environments, encoder, store, index and Rasa model; skips what did not change.

Usage: python3 scripts/setup.py [--dev] [run|tools]
    run    (default) everything that the assistant needs
    tools  the assistant's environment only, for lint and types
    --dev  with the tools for tests and checks
    --brief  without a word where nothing is to be done
"""

from __future__ import annotations

import argparse
import os
import sys
import threading
import time
from pathlib import Path
from typing import Callable, Sequence

from provision import artefacts, console, environments, interpreters
from provision.console import ROOT, Runner, SetupError, up_to_date

Lane = Callable[[], None]


def main(arguments: Sequence[str]) -> int:
    """Run the set-up; the exit code is 0 when everything stands."""
    parser = argparse.ArgumentParser(description="Set the project up; see the text at the top of this file.")
    parser.add_argument("what", nargs="?", choices=("run", "tools"), default="run")
    parser.add_argument("--dev", action="store_true", help="with the tools for tests and checks")
    parser.add_argument("--brief", action="store_true", help="say nothing where nothing is to be done")
    options = parser.parse_args(arguments)
    console.brief = options.brief
    runner = Runner()
    started = time.monotonic()
    try:
        _set_up(options.what, options.dev, runner)
    except SetupError as error:
        print(f"set-up stopped: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        runner.stop()
        print("set-up interrupted: what is finished stays, run it again to go on", file=sys.stderr)
        return 130
    up_to_date("set-up", f"ready ({time.monotonic() - started:.0f} s)")
    return 0


def _set_up(what: str, dev: bool, runner: Runner) -> None:
    own, rasa = environments.main_environment(dev), environments.rasa_environment()
    wanted = [own] if what == "tools" else [own, rasa]
    _check(wanted)
    if what == "tools":
        environments.install(own, runner)
        return
    own_ready = threading.Event()

    def own_lane() -> None:
        try:
            environments.install(own, runner)
        finally:
            own_ready.set()
        artefacts.build(artefacts.encoder(), runner)
        artefacts.build(artefacts.store(), runner)

    def rasa_lane() -> None:
        environments.install(rasa, runner)
        own_ready.wait()
        artefacts.build(artefacts.model(), runner)

    _in_parallel([own_lane, rasa_lane], runner)


def _check(wanted: Sequence[environments.Environment]) -> None:
    """Find out before any long step whether something is missing."""
    for folder in (ROOT, artefacts.home()):
        nearest = next(path for path in (folder, *folder.parents) if path.exists())
        if not os.access(str(nearest), os.W_OK):
            raise SetupError(
                f"no permission to write in {nearest}: check its owner, or clone where you may write"
            )
    for environment in wanted:
        if environments.pending(environment) and not Path(environment.python).exists():
            interpreters.find(environment.version)
    environments.check_disk(wanted)


def _in_parallel(lanes: Sequence[Lane], runner: Runner) -> None:
    """Run the lanes side by side; the first failure stops the others and is raised."""
    failures: list[BaseException] = []

    def guarded(lane: Lane) -> None:
        try:
            lane()
        except BaseException as error:  # noqa: BLE001 - carried over to the main thread
            failures.append(error)
            runner.stop()

    threads = [threading.Thread(target=guarded, args=(lane,), daemon=True) for lane in lanes]
    for thread in threads:
        thread.start()
    for thread in threads:
        while thread.is_alive():
            thread.join(0.2)
    if failures:
        raise failures[0]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
