"""The series page joined to a desk, with the money flow of a series."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.centre.watch_package import make_watch_package
from desktop.domain.ids import CaseId
from desktop.domain.installation.officer import Permission
from desktop.domain.installation.profile import InstallationRole
from desktop.services.ports import Pdf
from desktop.services.session import Session
from desktop.ui.flow.build import flow_pane
from desktop.ui.people.pane import PeoplePane
from desktop.ui.series.series_screen import SeriesScreen
from desktop.ui.shared.kit.kit import Kit


def series_screen(
    kit: Kit,
    session: Session,
    type_name: Callable[[str], str],
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
