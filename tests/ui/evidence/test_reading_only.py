"""Who only reads a case, as a centre does, sees and verifies its evidence, and is offered nothing that adds to it."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from desktop.ui.evidence.pane import EvidencePane
from desktop.ui.shared.kit.kit import Kit
from tests.ui.evidence.fakes import EvidenceInHand, fake_decoders, records_of
from tests.ui.pages.evidence import EvidencePage


def test_nothing_is_added_where_nobody_writes(qtbot: QtBot, kit: Kit, port: EvidenceInHand) -> None:
    port.add("聊天.png", b"picture")
    pane = EvidencePane(kit, port, fake_decoders(), records_of(port), writes=False)
    qtbot.addWidget(pane)
    page = EvidencePage(qtbot, pane)
    page.show(1262, 586)
    enabled = {
        name: page.find(f"evidence_{name}", QAbstractButton).isEnabled()
        for name in ("add", "paste", "film", "record", "verify", "papers")
    }
    assert enabled == {
        "add": False, "paste": False, "film": False, "record": False, "verify": True, "papers": True,
    }  # fmt: skip
    assert not pane.acceptDrops()
    assert not page.find("evidence_drop").isVisible()
