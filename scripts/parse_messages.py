"""Read the messages of dialogue files with the trained Rasa model, in the Rasa environment.

Run as ``python scripts/parse_messages.py MODEL OUTPUT FILE…``; `OUTPUT` is a JSON object from each
message to what Rasa made of it. Used by `actions.fitting`.
"""

import asyncio
import json
import os
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


def _messages(files: list[Path]) -> list[str]:
    """The distinct messages of the dialogues, in their order."""
    dialogues = [json.loads(line) for path in files for line in path.read_text("utf-8").splitlines() if line]
    return list(dict.fromkeys(turn["user"] for dialogue in dialogues for turn in dialogue["turns"]))


async def _parsed(model: str, messages: list[str]) -> dict[str, Any]:
    from rasa.core.agent import Agent

    agent = Agent.load(model)
    return {message: await agent.parse_message(message.strip().lstrip("/")) for message in messages}


def main(arguments: list[str]) -> int:
    """Write the readings. A wrong call says what is expected."""
    if len(arguments) < 3:
        print(__doc__, file=sys.stderr)
        return 2
    files = [Path(name).resolve() for name in arguments[2:]]
    output = Path(arguments[1]).resolve()
    model = str(Path(arguments[0]).resolve())
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    readings = asyncio.run(_parsed(model, _messages(files)))
    output.write_text(json.dumps(readings, ensure_ascii=False), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
