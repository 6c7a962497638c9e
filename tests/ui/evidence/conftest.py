"""A pane over the evidence of a case on a real desk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from desktop.services.cases.changes.register_report import register_report
from desktop.services.session import Session
from desktop.ui.evidence.pane import EvidencePane
from desktop.ui.shared.kit.kit import Kit
from tests.support.held_runner import HeldRunner
from tests.support.sessions import a_form
from tests.ui.evidence.fakes import EvidenceInHand, fake_decoders, records_of
from tests.ui.pages.evidence import EvidencePage

MakePage = Callable[[], EvidencePage]


@pytest.fixture
def port(session: Session, quick_folder: Path) -> EvidenceInHand:
    """A case without evidence."""
    case = register_report(session, a_form(session)).case
    folder = quick_folder / "brought"
    folder.mkdir()
    return EvidenceInHand(session, case, folder)


@pytest.fixture
def make_page(qtbot: QtBot, kit: Kit, port: EvidenceInHand) -> Iterator[MakePage]:
    """Show the pane when called, so that a test can fill the case first; gone before the desk it reads."""

    def make() -> EvidencePage:
        pane = EvidencePane(kit, port, fake_decoders(), records_of(port))
        qtbot.addWidget(pane)
        page = EvidencePage(qtbot, pane)
        page.show(1262, 586)
        pane.setFocus()
        return page

    yield make
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def held(kit: Kit) -> tuple[Kit, HeldRunner]:
    """A kit whose work waits to be run by the test."""
    runner = HeldRunner()
    return replace(kit, runner=runner), runner
