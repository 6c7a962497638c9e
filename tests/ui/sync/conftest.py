"""The synchronisation screen over a real desk, its centre and a stick."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.bundles.volumes.quarantine import Quarantine
from desktop.domain.orders.order import Order
from desktop.domain.progress import Progress
from desktop.services.exchange.sync_status import SyncStatus, sync_status
from desktop.services.exchange.take_in.apply_bundle import AppliedBundle, apply_bundle
from desktop.services.orders.issue_order import issue_stop
from desktop.services.session import Session
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.input.drives import Drive
from desktop.ui.sync.sync_screen import SyncScreen
from tests.support.held_runner import HeldRunner
from tests.support.noted import noted
from tests.support.sessions import a_form
from tests.ui.pages.sync import SyncPage
from tests.ui.sync.samples import CardboardDrives, Papers

MakePage = Callable[[], SyncPage]


@dataclass
class SyncDesk:
    """``changed_status``: what the status says otherwise than the desk holds; ``applied``: what bundles that nobody
    made bring."""

    session: Session
    monkeypatch: pytest.MonkeyPatch
    changed_status: dict[str, Any] = field(default_factory=dict)
    applied: AppliedBundle | None = None
    applies: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.monkeypatch.setattr("desktop.ui.sync.sync_screen.sync_status", self._status)
        self.monkeypatch.setattr("desktop.ui.sync.importing.apply_bundle", self._apply)

    def _status(self, session: Session) -> SyncStatus:
        return replace(sync_status(session), **self.changed_status)

    def _apply(
        self, session: Session, paths: Sequence[Path], progress: Progress, *, dry_run: bool
    ) -> AppliedBundle:
        progress.check()
        self.applies.append("look" if dry_run else "apply")
        if self.applied is not None:
            return self.applied
        return apply_bundle(session, paths, progress, dry_run=dry_run)

    def note(self, place: str, *errors: Exception, **answer: object) -> list[tuple[object, ...]]:
        """See :func:`tests.support.noted.noted`; of a module of the screen."""
        return noted(self.monkeypatch, f"desktop.ui.sync.{place}", *errors, **answer)

    def note_trust(
        self, place: str, *errors: Exception, **answer: object
    ) -> list[tuple[object, ...]]:
        """The same of a window of trust."""
        return noted(self.monkeypatch, f"desktop.ui.shared.trust.{place}", *errors, **answer)

    def stop(self, name: str = "李秀兰") -> Order:
        """A report with a stop, of which the centre knows nothing yet."""
        return issue_stop(self.session, a_form(self.session, name), 0, confirmed=True).order


@pytest.fixture
def alone(session: Session, quick_folder: Path, monkeypatch: pytest.MonkeyPatch) -> SyncDesk:
    """A desk that trusts nobody."""
    kept = replace(session, quarantine=Quarantine(quick_folder / "quarantine"))
    return SyncDesk(kept, monkeypatch)


@pytest.fixture
def desk(alone: SyncDesk, centre: Session) -> SyncDesk:
    """A desk with a centre."""
    assert centre.profile.device != alone.session.profile.device
    return alone


@pytest.fixture
def stick() -> Iterator[Drive]:
    """A stick with room, mounted at a short path as sticks are."""
    with TemporaryDirectory(dir="/tmp", prefix="") as place:
        root = Path(place) / "STICK"
        root.mkdir()
        yield Drive(root, "STICK", 58 << 30)


@pytest.fixture
def drives(stick: Drive) -> CardboardDrives:
    """It is plugged in."""
    return CardboardDrives(stick)


@pytest.fixture
def papers() -> Papers:
    """The window around the screen."""
    return Papers()


@pytest.fixture
def make_page(
    qtbot: QtBot, kit: Kit, alone: SyncDesk, drives: CardboardDrives, papers: Papers
) -> MakePage:
    """Show the screen when called, so that a test can fill the desk first."""

    def make() -> SyncPage:
        screen = SyncScreen(kit, alone.session, papers.open_paper, drives)
        qtbot.addWidget(screen)
        page = SyncPage(qtbot, screen)
        page.show(1294, 692)
        screen.opened()
        QApplication.processEvents()  # texts that came are laid out
        return page

    return make


@pytest.fixture
def unread(
    qtbot: QtBot, kit: Kit, desk: SyncDesk, drives: CardboardDrives, papers: Papers
) -> tuple[SyncPage, HeldRunner]:
    """The screen over a desk with something to send, of which nothing was read yet."""
    desk.stop()
    runner = HeldRunner()
    screen = SyncScreen(replace(kit, runner=runner), desk.session, papers.open_paper, drives)
    qtbot.addWidget(screen)
    page = SyncPage(qtbot, screen)
    page.show(1294, 692)
    screen.opened()
    return page, runner


@pytest.fixture
def slow(unread: tuple[SyncPage, HeldRunner]) -> tuple[SyncPage, HeldRunner]:
    """The same with what the page reads at first; further work waits to be run."""
    unread[1].run_all()
    return unread
