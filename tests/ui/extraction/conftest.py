"""The intake screen over a real desk, with its evidence and the real readers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.app.pages.evidence import EvidenceParts, evidence_of
from desktop.domain.ids import CaseId, EvidenceId
from desktop.readers.file_readers import OfflineReaders
from desktop.readers.pasted.pasted_text import PastedTextReader
from desktop.runtime.files.resources import resource_path
from desktop.runtime.packages.directories import PackedDirectories
from desktop.services.evidence.attach_evidence import attach_picture
from desktop.ui.evidence.pane import EvidencePane
from desktop.ui.evidence.viewing.decoders import Decoders
from desktop.ui.intake.form.paths import PAGE_EVIDENCE
from desktop.ui.intake.setup import IntakeSetup
from desktop.ui.intake.wizard import IntakeScreen
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.ticks import TickSource
from tests.support.sessions import Seat, take_seat
from tests.ui.evidence.fakes import fake_decoders
from tests.ui.evidence.passwords import known_password
from tests.ui.intake.doubles import Alarms
from tests.ui.pages.extraction import ReadingPage


@pytest.fixture(scope="session")
def readers() -> Iterator[OfflineReaders]:
    """One helper for all tests of the session: starting it takes seconds."""
    found = OfflineReaders()
    yield found
    found.close()


@pytest.fixture(scope="session")
def directories() -> PackedDirectories:
    return PackedDirectories(resource_path("directories"))


@pytest.fixture
def seat(tmp_path: Path, readers: OfflineReaders, directories: PackedDirectories) -> Seat:
    """A signed-in desk that reads files."""
    seat = take_seat(tmp_path / "desk", "A")
    seat.session = replace(
        seat.session, directories=directories, reader=PastedTextReader(directories), files=readers
    )
    return seat


class _Ways:
    def open_case(self, case: CaseId) -> None: ...

    def open_paper(self, pdf: object, title: str) -> None: ...

    def leave_intake(self) -> None: ...


Attach = Callable[[str, bytes], EvidenceId]


def _no_paper(_pdf: object, _title: str) -> None:
    """Nobody prints here."""


@pytest.fixture
def decoders() -> Decoders:
    """What shows an item; a module may have others."""
    return fake_decoders()


@pytest.fixture
def page(qtbot: QtBot, kit: Kit, seat: Seat, decoders: Decoders) -> ReadingPage:
    """The evidence step of a new report."""
    session, hour = seat.session, timedelta(hours=1)
    desk_kit = replace(kit, ticks=TickSource(seat.clock))
    setup = IntakeSetup(
        ("T01",),
        str,
        partial(evidence_of, EvidenceParts(desk_kit, decoders, known_password, _no_paper), session),
        hour,
        6 * hour,
        Alarms(),
    )
    screen = IntakeScreen(desk_kit, session, _Ways(), setup)
    qtbot.addWidget(screen)
    page = ReadingPage(qtbot, screen)
    page.show(1366 - 72, 768 - 76)
    screen.opened()
    screen.go_to(PAGE_EVIDENCE)
    return page


@pytest.fixture
def attach(seat: Seat, page: ReadingPage) -> Attach:
    """Put an item into the evidence of the report and choose it."""

    def put(name: str, data: bytes) -> EvidenceId:
        case = CaseId(page.form.case_id)
        item = attach_picture(seat.session, case, name, data).evidence.id
        pane = page.widget.findChild(EvidencePane)
        assert isinstance(pane, EvidencePane)
        pane.reload()
        page.choose(item)
        return item

    return put
