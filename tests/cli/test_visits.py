"""Enquiries, tip-offs and dissuasions from the command line, and what becomes of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desktop.domain.cases.case import Visit
from tests.cli.conftest import make_station
from tests.cli.terminal import Terminal
from tests.support.clocks import HandClock


@pytest.fixture
def station(clock: HandClock, quick_folder: Path) -> Terminal:
    return make_station(quick_folder / "station")[0]


@pytest.mark.parametrize("visit", list(Visit))
def test_each_kind_is_added_shown_and_converted(
    station: Terminal, visit: Visit, tmp_path: Path
) -> None:
    template = station.json("report", "template", visit)
    added = station.json("report", "add", "-", typed=json.dumps(template))
    shown = station.json("report", "show", added["number"])
    assert shown["visit"] == visit.value
    answers = {key: value for key, value in template["answers"].items() if key != "_"}
    assert shown["answers"] == answers
    assert shown["amounts"]["net_fen"] == sum(
        item["amount_fen"] for item in template.get("transfers", ())
    )
    if visit is Visit.REPORT:
        assert shown["amounts"]["tier"]["name"] == "huge"
    (row,) = station.json("report", "list")["cases"]
    assert row["visit"] == visit.value
    other = "tip" if visit is Visit.REPORT else "report"
    station.json("report", "convert", added["number"], other)
    again = station.json("report", "show", added["number"])
    assert (again["visit"], again["converted_from"]) == (other, visit.value)
    assert again["answers"] == answers
    sheet = tmp_path / "sheet.pdf"
    station.json("print", "enquiry_guidance", added["number"], "--to", sheet)
    assert sheet.read_bytes().startswith(b"%PDF")
