"""What the pane of evidence offers by what is chosen, by what is going on, and by who looks."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.ui.evidence.pane import EvidencePane
from desktop.ui.shared.kit.kit import Kit
from tests.support.held_runner import HeldRunner
from tests.ui.evidence.conftest import MakePage
from tests.ui.evidence.fakes import EvidenceInHand, fake_decoders, records_of
from tests.ui.evidence.pictures import picture
from tests.ui.pages.controls import expect_controls, read_table
from tests.ui.pages.evidence import EvidencePage, files_of

TABLE = read_table("""
                         empty picture text sheet pages unseen reads adding
    evidence_about       -     on      -    -     on    -      on    -
    evidence_add         on    on      on   on    on    on     off   on
    evidence_compare     on    on      on   on    on    on     on    on
    evidence_film        on    on      on   on    on    on     off   on
    evidence_fit         -     on      -    -     on    -      on    -
    evidence_grid        -     on      on   on    on    on     on    -
    evidence_more        on    on      on   on    on    on     on    on
    evidence_page_back   -     -       -    -     off   -      -     -
    evidence_page_on     -     -       -    -     on    -      -     -
    evidence_papers      on    on      on   on    on    on     on    on
    evidence_paste       on    on      on   on    on    on     off   on
    evidence_read        off   on      on   on    on    on     on    off
    evidence_read_all    off   on      on   on    on    on     on    off
    evidence_record      off   on      on   on    on    on     off   off
    evidence_rotate      -     on      -    -     on    -      on    -
    evidence_sha256_copy -     on      on   on    on    on     on    -
    evidence_sm3_copy    -     on      on   on    on    on     on    -
    evidence_table       -     -       -    on    -     -      -     -
    evidence_take_cancel -     -       -    -     -     -      -     on
    evidence_text        -     -       on   -     -     -      -     -
    evidence_verify      off   on      on   on    on    on     on    off
    evidence_zoom_in     -     on      -    -     on    -      on    -
    evidence_zoom_out    -     on      -    -     on    -      on    -
""")
ITEMS = {
    "picture": ("凭证.png", picture()),
    "text": ("短信.txt", "请联系客服".encode()),
    "sheet": ("账单.csv", "交易号,金额\n00123,98000.00\n".encode()),
    "pages": ("笔录.pdf", b"%PDF-1.7 /Page /Page /Page "),
    "unseen": ("诈骗.apk", b"PK\x03\x04"),
}


def test_a_case_without_evidence_offers_to_add_some(make_page: MakePage) -> None:
    expect_controls(make_page().widget, TABLE, "empty")


@pytest.mark.parametrize("state", ITEMS)
def test_each_kind_of_item_has_its_actions(
    make_page: MakePage, port: EvidenceInHand, state: str
) -> None:
    item = port.add(*ITEMS[state])
    page = make_page()
    page.choose(item)
    expect_controls(page.widget, TABLE, state)


def test_who_only_reads_verifies_and_adds_nothing(
    qtbot: QtBot, kit: Kit, port: EvidenceInHand
) -> None:
    port.add(*ITEMS["picture"])
    pane = EvidencePane(kit, port, fake_decoders(), records_of(port), writes=False)
    qtbot.addWidget(pane)
    page = EvidencePage(qtbot, pane)
    page.show(1262, 586)
    page.rest()
    expect_controls(pane, TABLE, "reads")


def test_what_is_taken_in_can_be_stopped(
    qtbot: QtBot, held: tuple[Kit, HeldRunner], port: EvidenceInHand, tmp_path: Path
) -> None:
    kit, runner = held
    pane = EvidencePane(kit, port, fake_decoders(), records_of(port))
    qtbot.addWidget(pane)
    page = EvidencePage(qtbot, pane)
    page.show(1262, 586)
    runner.run_all()
    photo = tmp_path / "凭证.png"
    photo.write_bytes(picture())
    page.drop(files_of(photo))
    expect_controls(pane, TABLE, "adding")
