"""What operators copy: units that systemd accepts, and metrics that the gateway really has."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from bot.metrics import Metrics
from trolyso.settings import ROOT

DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
ALERTS = DEPLOY / "prometheus" / "alerts.yml"
DASHBOARD = DEPLOY / "grafana" / "trolyso.json"
_METRIC = re.compile(r"\btrolyso_\w+")


def alerts() -> list[dict[str, str]]:
    groups = yaml.safe_load(ALERTS.read_text("utf-8"))["groups"]
    return [rule for group in groups for rule in group["rules"]]


def known() -> set[str]:
    """The names under which Prometheus finds what the gateway counts."""
    page = Metrics().page().decode()
    families = re.findall(r"^# TYPE (\w+) (\w+)$", page, re.MULTILINE)
    buckets = {f"{name}_bucket" for name, kind in families if kind == "histogram"}
    return {name for name, _ in families} | buckets


@pytest.mark.parametrize("path", [ALERTS, DASHBOARD], ids=lambda path: path.name)
def test_every_metric_that_is_asked_for_exists(path: Path) -> None:
    asked = set(_METRIC.findall(path.read_text("utf-8")))
    assert asked
    assert asked - known() == set()


def test_every_alert_has_its_section_in_the_runbook() -> None:
    runbook = (ROOT / "docs" / "van-hanh.md").read_text("utf-8")
    missing = [alert["alert"] for alert in alerts() if f"### {alert['alert']}" not in runbook]
    assert missing == []


def test_the_dashboard_is_whole() -> None:
    panels = json.loads(DASHBOARD.read_text("utf-8"))["panels"]
    assert len({panel["id"] for panel in panels}) == len(panels) == 8
    assert all(target["expr"] for panel in panels for target in panel["targets"])


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed here")
@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_systemd_accepts_the_unit(unit: Path, tmp_path: Path) -> None:
    # The program of the unit is not installed where this runs; any that is there will do.
    for each in UNITS:
        text = each.read_text("utf-8").replace("/opt/trolyso/.venv/bin/trolyso", "/bin/true")
        (tmp_path / each.name).write_text(text, "utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", str(tmp_path / unit.name)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_the_service_has_no_privileges() -> None:
    unit = (DEPLOY / "systemd" / "trolyso.service").read_text("utf-8").splitlines()
    wanted = (
        "User=trolyso",
        "NoNewPrivileges=yes",
        "ProtectSystem=strict",
        "CapabilityBoundingSet=",
        "UMask=0077",
    )
    assert set(wanted) <= set(unit)
