"""A name with characters beyond the basic plane is found, sorted, sealed into a slip and printed like any other."""

from __future__ import annotations

import json
from pathlib import Path

import pypdfium2
import pytest

from tests.cli.conftest import Place
from tests.cli.terminal import Terminal

NAME = "𠮷田𫖯"


@pytest.fixture(scope="module")
def case(place: Place) -> str:
    report = place.station.json("report", "template")
    report["victim"]["name"] = NAME
    report["transfers"][0]["payee"]["name"] = "㐂𪚥"
    return str(place.station.json("report", "add", "-", typed=json.dumps(report))["number"])


def _said(file: Path) -> str:
    with pypdfium2.PdfDocument(file) as document:
        pages = [page.get_textpage() for page in document]
        return "".join("".join(page.get_text_range() for page in pages).split())


def _fonts(station: Terminal, form: str, case: str, file: Path) -> bytes:
    station.say("print", form, case, "--to", file)
    return file.read_bytes()


def test_it_is_found_and_shown_whole(place: Place, case: str) -> None:
    found = place.station.json("report", "list", "--find", "𠮷")["cases"]
    assert [(row["number"], row["victim"]) for row in found] == [(case, NAME)]
    assert place.station.json("report", "show", case)["victim"]["name"] == NAME
    assert place.station.json("report", "list", "--find", "𠮸")["cases"] == []


def test_papers_and_the_slip_have_its_shape_embedded(
    place: Place, case: str, tmp_path: Path
) -> None:
    for form in ("guidance", "acceptance_receipt", "stop_application"):
        file = tmp_path / f"{form}.pdf"
        assert b"FanzhaRareHan" in _fonts(place.station, form, case, file), form
        said = _said(file)
        assert NAME in said, form
        assert "U+" not in said, form
    order = place.station.json("order", "issue", case, "--kind", "stop", "--transfer", "1")["order"]
    for kind in ("pdf", "png"):
        place.station.say("order", "slip", order, "--to", tmp_path / f"slip.{kind}")
    assert NAME in _said(tmp_path / "slip.pdf")
    scanned = place.centre.say("centre", "scan", tmp_path / "slip.png", "--json").out
    assert "㐂𪚥" in json.dumps(json.loads(scanned), ensure_ascii=False)


def test_it_travels_to_the_centre_and_is_found_there(place: Place, case: str) -> None:
    stick = place.stick("rare")
    place.station.json("bundle", "export", "--to", stick)
    place.centre.json("centre", "ingest", stick)
    assert [
        row["victim"] for row in place.centre.json("report", "list", "--find", NAME)["cases"]
    ] == [NAME]
    assert case
