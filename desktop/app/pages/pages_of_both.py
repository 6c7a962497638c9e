"""The pages that the windows of a desk and of a centre have alike: series, assigned tasks, statistics."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtWidgets import QWidget

from desktop.app.pages.case_register import write_register
from desktop.centre.watch_package import make_watch_package
from desktop.documents.printing.form_texts import FormTexts
from desktop.documents.sheets.statistics_sheet import statistics_workbook
from desktop.domain.ids import CaseId
from desktop.domain.installation.officer import Permission
from desktop.domain.installation.profile import InstallationRole
from desktop.runtime.files.atomic_file import write_atomic
from desktop.runtime.texts.catalogue import Catalogue
from desktop.services.ports import Pdf, StatisticsSheetFacts
from desktop.services.session import Session
from desktop.ui.flow.build import flow_pane
from desktop.ui.people.pane import PeoplePane
from desktop.ui.series.series_screen import SeriesScreen
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.statistics.statistics_screen import StatisticsScreen
from desktop.ui.tasks.tasks_screen import TasksScreen

TypeName = Callable[[str], str]
"""Code of a type of scam → its name in the language shown."""


class PageNavigator(Protocol):
    """The ways out of these pages."""

    def open_target(self, target: object) -> None:
        """Show a case, or the place in it that was found."""
        ...

    def open_paper(self, pdf: Pdf, title: str) -> None:
        """Show a finished paper to be looked at and printed. ``title`` names the file."""
        ...


def build_series(
    kit: Kit, session: Session, type_name: TypeName, navigator: PageNavigator
) -> SeriesScreen:
    """Cases that belong together."""
    made = series_screen(kit, session, type_name, navigator.open_paper)
    made.case_wanted.connect(navigator.open_target)
    return made


def series_screen(
    kit: Kit,
    session: Session,
    type_name: TypeName,
    open_paper: Callable[[Pdf, str], None],
) -> SeriesScreen:
    """At a centre it proposes to the stations; a desk sees the series of its own cases."""

    def flow(cases: Sequence[CaseId]) -> tuple[QWidget, Callable[[], None]]:
        pane = flow_pane(kit, session, *cases)
        pane.paper_ready.connect(open_paper)
        pane.reload()
        return pane, pane.reload

    def people(cases: Sequence[CaseId]) -> tuple[QWidget, Callable[[], None]]:
        pane = PeoplePane(kit, session, *cases, reveals=True)
        pane.paper_ready.connect(open_paper)
        pane.changed.connect(screen.opened)
        pane.reload()
        return pane, pane.reload

    proposes = session.profile.role is InstallationRole.CENTRE and session.officer.may(
        Permission.DISPATCH
    )
    watch = partial(make_watch_package, session) if proposes else None
    screen = SeriesScreen(kit, session, type_name, (flow, people), proposes=proposes, watch=watch)
    return screen


def build_tasks(kit: Kit, session: Session, navigator: PageNavigator) -> TasksScreen:
    """What units asked of each other."""
    made = TasksScreen(kit, session)
    made.case_wanted.connect(navigator.open_target)
    made.paper_ready.connect(navigator.open_paper)
    return made


def build_statistics(
    kit: Kit, session: Session, type_name: TypeName, navigator: PageNavigator
) -> StatisticsScreen:
    """Counts and sums."""
    show = navigator.open_paper
    return StatisticsScreen(kit, session, type_name, show, write_workbook, write_register)


def write_workbook(session: Session, facts: StatisticsSheetFacts, path: Path) -> None:
    """Write the tables as xlsx, in the language of the desk's own sheets."""
    texts = FormTexts(Catalogue.load(session.papers.language))
    write_atomic(path, statistics_workbook(facts, texts), mode=0o644)
