"""A case page over a real desk, which shows the case it holds or an invented one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import pytest
from pytestqt.qtbot import QtBot

from desktop.domain.case_file.views import CaseFile
from desktop.domain.ids import CaseId
from desktop.domain.installation.officer import Officer, Role
from desktop.domain.reference.directories import NoDirectories
from desktop.readers.pasted.pasted_text import PastedTextReader
from desktop.services.case_sheet import CaseSheet, read_sheet
from desktop.services.cases.changes.register_report import register_report
from desktop.services.look_up import case_file, history
from desktop.services.ports import FormSpec
from desktop.services.session import Session
from desktop.ui.case.case_screen import CaseScreen
from desktop.ui.shared.kit.kit import Kit
from tests.support.clocks import HandClock
from tests.support.fake_papers import FakePapers
from tests.support.held_runner import HeldRunner
from tests.support.noted import noted
from tests.support.sessions import a_form
from tests.ui.case import samples
from tests.ui.case.fakes import SETUP, FakePane, Ways
from tests.ui.pages.case import CasePage

WIDTH, HEIGHT = 1366 - 72, 768 - 48 - 28


class SampleForms(FakePapers):
    """More forms, with wording of the unit's own."""

    phrases: Mapping[tuple[str, str], str] = {
        ("receipt", place): words for place, words in samples.PHRASES.items()
    }

    def forms(self) -> tuple[FormSpec, ...]:
        return samples.FORMS


@dataclass
class Bench:
    """Everything a test of the page holds in its hands. ``sheet``: the invented case that is shown in the place of the
    one the desk holds under the same id."""

    page: CasePage
    session: Session
    ways: Ways
    runner: HeldRunner
    clock: HandClock
    kit: Kit
    monkeypatch: pytest.MonkeyPatch
    sheet: CaseSheet
    load: Callable[[CaseId], CaseSheet] = field(init=False)
    """Reads what is shown; a test may put another in its place."""

    def __post_init__(self) -> None:
        self.load = self.shown

    def shown(self, case: CaseId) -> CaseSheet:
        found = replace(self.sheet.file.case, id=case)
        return replace(self.sheet, file=replace(self.sheet.file, case=found))

    def held(self, case: CaseId) -> CaseSheet:
        return read_sheet(self.session, case)

    def show(self, sheet: CaseSheet) -> None:
        """The page reads this case."""
        self.sheet = sheet
        self.page.widget.reload()
        self.runner.run_all()

    def show_held(self) -> None:
        """The page reads the case that the desk holds."""
        self.load = self.held
        self.page.widget.reload()
        self.runner.run_all()

    def file(self) -> CaseFile:
        """What the desk holds, once everything queued has happened."""
        self.runner.run_all()
        return case_file(self.session, samples.CASE)

    def kinds(self) -> list[str]:
        """What was done in the case, once everything queued has happened."""
        self.runner.run_all()
        return [row.kind for row in history(self.session, samples.CASE)]

    def note(self, place: str, *errors: Exception, **answer: object) -> list[tuple[object, ...]]:
        """See :func:`tests.support.noted.noted`; of any module of windows."""
        return noted(self.monkeypatch, f"desktop.ui.{place}", *errors, **answer)


@pytest.fixture
def session(session: Session) -> Session:
    """A desk that holds a small case under the id of the invented one."""
    forms = SampleForms()
    made = replace(session, papers=forms, own_forms=forms, reader=PastedTextReader(NoDirectories()))
    register_report(made, replace(a_form(made), case_id=samples.CASE))
    return made


@pytest.fixture
def bench(kit: Kit, qtbot: QtBot, session: Session, monkeypatch: pytest.MonkeyPatch) -> Bench:
    """The page with the sample case, on its overview."""
    return make_bench(kit, qtbot, session, monkeypatch)


@pytest.fixture
def desk(bench: Bench) -> Bench:
    """The page with the case that the desk holds."""
    bench.show_held()
    return bench


def make_bench(
    kit: Kit,
    qtbot: QtBot,
    session: Session,
    monkeypatch: pytest.MonkeyPatch,
    *,
    writes: bool = True,
    orders: bool = True,
) -> Bench:
    """The page for an officer who writes, or only reads."""
    FakePane.made.clear()
    runner, ways = HeldRunner(), Ways()
    held = replace(kit, runner=runner)
    names = {"zh_CN": "刷单返利", "en": "Task rebate"}
    setup = replace(
        SETUP, type_name=lambda _type: names[held.texts.language], writes=writes, orders=orders
    )
    if not writes:
        reader = Officer(session.officer.number, session.officer.name, (Role.DISPATCHER,))
        session = replace(session, officer=reader)
    screen = CaseScreen(held, session, ways, setup)
    qtbot.addWidget(screen)
    page = CasePage(qtbot, screen)
    clock = held.ticks.clock
    assert isinstance(clock, HandClock)
    made = Bench(page, session, ways, runner, clock, held, monkeypatch, samples.sheet())

    def read(_session: Session, case: CaseId) -> CaseSheet:
        return made.load(case)

    def renew(_session: Session, sheet: CaseSheet) -> CaseSheet:
        return made.load(sheet.file.case.id)

    monkeypatch.setattr("desktop.ui.case.case_screen.read_sheet", read)
    for module in ("case_screen", "actions.case_works"):
        monkeypatch.setattr(f"desktop.ui.case.{module}.renew_sheet", renew)
    screen.open_case(samples.CASE)
    page.show(WIDTH, HEIGHT)
    runner.run_all()
    return made
