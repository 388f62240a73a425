"""Log lines: JSON, with the id of the request, one id through all processes."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from trolyso.logs import request_id
from trolyso.settings import ROOT

PROGRAM = """
import logging
from trolyso.logs import REQUEST, configure
configure("gateway")
log = logging.getLogger("bot.x")
log.info("trước", extra={"ms": 1.5})
REQUEST.set("abcdef123456")
log.warning("sau: %s", "có\\nxuống dòng")
try:
    1 / 0
except ZeroDivisionError:
    log.exception("hỏng")
"""


def test_each_line_is_one_object_with_the_request_that_it_belongs_to() -> None:
    command = [sys.executable, "-c", PROGRAM]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    before, after, failed = map(json.loads, done.stdout.splitlines())
    assert (before["event"], before["ms"], before["process"]) == ("trước", 1.5, "gateway")
    assert (before["request"], after["request"]) == ("", "abcdef123456")
    assert (after["event"], after["level"]) == ("sau: có\nxuống dòng", "WARNING")
    assert "ZeroDivisionError" in failed["exc_info"]


@pytest.mark.parametrize("given", ["0123456789abcdef", "7f3c2a10-0d5e-4f6a-9b1c-2d3e4f5a6b7c"])
def test_a_sound_id_is_taken(given: str) -> None:
    assert request_id(given) == given


@pytest.mark.parametrize(
    "given", [None, "", "short", "x" * 65, "abc\ndefghijk", '{"a": "bcdefgh"}', "ạạạạạạạạạ"]
)
def test_any_other_is_replaced(given: str | None) -> None:
    assert request_id(given) != given
    assert len(request_id(given)) == 16
