"""A pane over evidence in memory."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from desktop.ui.evidence.pane import EvidencePane
from desktop.ui.shared.kit.kit import Kit
from tests.support.held_runner import HeldRunner
from tests.ui.evidence.fakes import MemoryEvidence, MemoryRecords, fake_decoders
from tests.ui.pages.evidence import EvidencePage

MakePage = Callable[[], EvidencePage]


@pytest.fixture
def port() -> MemoryEvidence:
    """Evidence without items."""
    return MemoryEvidence()


@pytest.fixture
def make_page(qtbot: QtBot, kit: Kit, port: MemoryEvidence) -> MakePage:
    """Show the pane when called, so that a test can fill the port first."""

    def make() -> EvidencePage:
        pane = EvidencePane(kit, port, fake_decoders(), MemoryRecords(port))
        qtbot.addWidget(pane)
        page = EvidencePage(qtbot, pane)
        page.show(1262, 586)
        pane.setFocus()
        return page

    return make


@pytest.fixture
def held(kit: Kit) -> tuple[Kit, HeldRunner]:
    """A kit whose work waits to be run by the test."""
    runner = HeldRunner()
    return replace(kit, runner=runner), runner
