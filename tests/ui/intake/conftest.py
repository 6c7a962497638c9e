"""The wizard over a real desk: real database and services, alarms and papers in the test's hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.analysis.suggest import TypeSuggester
from desktop.domain.cases.intake import IntakeForm
from desktop.domain.ids import CaseId
from desktop.domain.installation.profile import InstallationRole
from desktop.readers.pasted.pasted_text import PastedTextReader
from desktop.runtime.files.resources import resource_path
from desktop.runtime.packages.cues import load_cues
from desktop.runtime.packages.directories import PackedDirectories
from desktop.runtime.packages.scripts import load_scripts
from desktop.services.cases.form.drafts import save_draft
from desktop.services.exchange.peers.trust import own_card
from desktop.services.ports import Pdf
from desktop.ui.intake.setup import IntakeSetup
from desktop.ui.intake.wizard import IntakeScreen
from desktop.ui.shared.dialogs.extraction_sink import ExtractionSink
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.ticks import TickSource
from tests.support.ceremony import approve, trust_peer
from tests.support.sessions import Seat, take_seat
from tests.ui.intake.doubles import Alarms, ShakyServices
from tests.ui.intake.samples import TYPES, sample_form, type_names
from tests.ui.pages.intake import IntakePage

SCRIPTS = load_scripts(resource_path("scripts"))


@cache
def _directories() -> PackedDirectories:
    return PackedDirectories(resource_path("directories"))


@cache
def _suggester() -> TypeSuggester:
    return TypeSuggester(load_cues(resource_path("scripts")))


class Ways:
    """Where the wizard sent the person."""

    def __init__(self) -> None:
        self.cases: list[str] = []
        self.papers: list[tuple[Pdf, str]] = []
        self.left = 0

    def open_case(self, case: CaseId) -> None:
        self.cases.append(case)

    def open_paper(self, pdf: Pdf, title: str) -> None:
        self.papers.append((pdf, title))

    def leave_intake(self) -> None:
        self.left += 1


@pytest.fixture
def seat(tmp_path: Path) -> Seat:
    """A signed-in desk with the real tables."""
    seat = take_seat(tmp_path / "desk", "A")
    seat.session = replace(
        seat.session,
        directories=_directories(),
        reader=PastedTextReader(_directories()),
        suggester=_suggester(),
    )
    return seat


@pytest.fixture
def centre(tmp_path: Path, seat: Seat) -> Seat:
    """A centre the desk trusts."""
    role = InstallationRole.CENTRE
    found = take_seat(
        tmp_path / "centre", "C", unit_code="620100000000", unit_name="市反诈中心", role=role,
        clock=seat.clock,
    )  # fmt: skip
    trust_peer(seat.session, approve(found.session, own_card(seat.session)))
    return found


@pytest.fixture(autouse=True)
def shaky(monkeypatch: pytest.MonkeyPatch) -> ShakyServices:
    """The services, which a test may let fail."""
    return ShakyServices(monkeypatch)


@pytest.fixture
def ways() -> Ways:
    return Ways()


@pytest.fixture
def alarms() -> Alarms:
    return Alarms()


@pytest.fixture
def desk_kit(kit: Kit, seat: Seat) -> Kit:
    """The kit on the desk's clock."""
    return replace(kit, ticks=TickSource(seat.clock))


MakePage = Callable[[], IntakePage]


@pytest.fixture
def make_page(qtbot: QtBot, desk_kit: Kit, seat: Seat, ways: Ways, alarms: Alarms) -> MakePage:
    """Open another wizard on the same desk: what a restart does."""

    def pane(case: CaseId, sink: ExtractionSink) -> QWidget:
        label = QLabel(f"evidence of {case}")
        label.linkActivated.connect(sink.evidence_changed)
        return label

    def type_name(code: str) -> str:
        return type_names(desk_kit.texts.language).get(code, code)

    hour = timedelta(hours=1)

    def make() -> IntakePage:
        setup = IntakeSetup(TYPES, type_name, pane, hour, 6 * hour, alarms, SCRIPTS)
        screen = IntakeScreen(desk_kit, seat.session, ways, setup)
        qtbot.addWidget(screen)
        page = IntakePage(qtbot, screen).show()
        screen.opened()
        first = screen.first_focus()
        if first is not None:
            first.setFocus()
        return page

    return make


@pytest.fixture
def page(make_page: MakePage) -> IntakePage:
    """A blank report."""
    return make_page()


@pytest.fixture
def filled(page: IntakePage, seat: Seat) -> IntakePage:
    """A report with two transfers, the first of them complete."""
    form: IntakeForm = sample_form(page.form)
    save_draft(seat.session, form)
    page.screen.resume(CaseId(form.case_id))
    return page
