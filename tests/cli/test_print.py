"""Every form from the command line, in the unit's own words where it has some."""

from __future__ import annotations

import json
from pathlib import Path

import pypdfium2
import pytest

from desktop.app.installation import Installation
from desktop.services.look_up import find_case
from desktop.services.papers.draft_paper import draft_paper, edit_paper
from desktop.services.papers.sign_paper import sign_paper
from tests.cli.conftest import make_station
from tests.cli.terminal import Terminal
from tests.support.clocks import HandClock
from tests.support.installations import OFFICER, PASSWORD
from tests.support.papers import empty_places

FORM = "acceptance_receipt"


@pytest.fixture
def root(quick_folder: Path) -> Path:
    return quick_folder / "station"


@pytest.fixture
def station(clock: HandClock, root: Path) -> Terminal:
    return make_station(root)[0]


def text_of(file: Path) -> str:
    document = pypdfium2.PdfDocument(file)
    found = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return "".join(found.split())


def said(station: Terminal, *words: object) -> str:
    """Of a command that goes well and names a file changed outside."""
    told = station.say("--json", *words)
    assert (told.status, "forms/" in told.err) == (0, True)
    return told.out


def test_forms_are_listed_with_their_set_and_printed_in_the_units_words(
    station: Terminal, root: Path, tmp_path: Path
) -> None:
    template = station.json("report", "template")
    case = station.json("report", "add", "-", typed=json.dumps(template))["number"]
    listed = station.json("print", "--list")
    assert listed["problems"] == []
    sets = {(form["set"], form["in_use"]) for form in listed["forms"]}
    assert ("criminal_2022", True) in sets
    assert ("local", True) in sets
    forms = root / "forms"
    forms.mkdir(exist_ok=True)
    (forms / "phrases.toml").write_text(
        '[acceptance_receipt]\nquery_way = "甘肃公安网上服务"\n', "utf-8"
    )
    said(station, "print", "acceptance_receipt", case, "--to", tmp_path / "a.pdf")
    assert "甘肃公安网上服务" not in text_of(tmp_path / "a.pdf"), "nobody approved it"
    said(station, "forms", "approve", forms / "phrases.toml", "--to", tmp_path / "trial.pdf")
    made = station.json("print", "acceptance_receipt", case, "--to", tmp_path / "receipt.pdf")
    assert made == {"file": str(tmp_path / "receipt.pdf"), "pages": 1}
    assert "甘肃公安网上服务" in text_of(tmp_path / "receipt.pdf")
    (forms / "guidance.typ").write_text("#broken", "utf-8")
    said(station, "print", "guidance", case, "--to", tmp_path / "guidance.pdf")
    assert "96110" in text_of(tmp_path / "guidance.pdf"), "the shipped template is used"
    (problem,) = json.loads(said(station, "print", "--list"))["problems"]
    assert problem["file"] == "guidance.typ"


def test_nothing_is_frozen_or_queried_on_paper_that_no_order_names(
    station: Terminal, tmp_path: Path
) -> None:
    template = station.json("report", "template")
    case = station.json("report", "add", "-", typed=json.dumps(template))["number"]
    target = tmp_path / "notice.pdf"
    for form, code in (
        ("freeze_notice", "paper.freeze_not_filed"),
        ("freeze_report", "paper.freeze_not_filed"),
        ("unfreeze_notice", "paper.freeze_not_filed"),
        ("query_notice", "paper.no_order"),
    ):
        station.refused(code, "print", form, case, "--to", target)
        assert not target.exists()
    told = station.say("print", "freeze_notice", case, "--to", target)
    assert "第一百七十四条" in told.err


def test_a_signed_paper_is_printed_again_by_its_version(
    station: Terminal, root: Path, clock: HandClock, tmp_path: Path
) -> None:
    template = station.json("report", "template")
    case = station.json("report", "add", "-", typed=json.dumps(template))["number"]
    to = tmp_path / "receipt.pdf"
    station.refused("paper.no_version", "print", FORM, case, "--signed", "1", "--to", to)
    assert not to.exists()
    installation = Installation(root)
    installation.sign_in(OFFICER, PASSWORD)
    desk = installation.session
    draft = draft_paper(desk, find_case(desk, case), FORM)
    edit_paper(desk, draft.id, {}, dict.fromkeys(empty_places(desk, draft.id), "not_needed"))
    sign_paper(desk, draft.id)
    installation.close()
    for words in ((), ("--signed", "1")):
        made = station.json("print", FORM, case, *words, "--to", to)
        assert (made["version"], made["state"]) == (1, "signed")
        assert "第1版" in text_of(to)
