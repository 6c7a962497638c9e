"""Tells who signed in, on every page until they have seen it, what changed in whom this computer trusts."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject

from desktop.domain.errors import is_server_lost
from desktop.domain.progress import Progress
from desktop.services.officers.confirm_trust import confirm_trust
from desktop.services.officers.second_officer import TypedSecond, proved
from desktop.services.officers.trust_changes import TrustChange, acknowledge_changes, unseen_changes
from desktop.services.officers.unconfirmed import to_confirm
from desktop.services.session import Session
from desktop.ui.shared.dialogs.dialog_frame import is_open
from desktop.ui.shared.dialogs.error_presenter import present
from desktop.ui.shared.dialogs.two_officers import TwoOfficers
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.task_runner import work_of
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.trust.peers_dialog import TrustNews, TrustNewsDialog
from desktop.ui.shell.main_window import GROUP, MainWindow


class TrustTeller(QObject):
    """The line in the status bar and the dialog behind it. It never takes the keyboard by itself."""

    def __init__(self, kit: Kit, session: Session, window: MainWindow) -> None:
        super().__init__(window)
        self._kit = kit
        self._session = session
        self._window = window
        self._news = TrustNews((), (), session.officer.number)
        self._dialog: TrustNewsDialog | None = None
        self._two = TwoOfficers(kit, window)
        action = kit.actions.add(
            window.content, "trust.news.open", "Ctrl+Shift+L", self.open, group_key=GROUP
        )
        window.offer_trust_news(action)
        kit.texts.changed.connect(self._say)

    def refresh(self) -> None:
        """Look again."""
        self._kit.runner.start("survey", self._load, self._show, self._not_read)

    def open(self) -> None:
        """The dialog, once."""
        if not is_open(self._dialog):
            self._dialog = TrustNewsDialog(self._kit, self._window, self._news)
            self._dialog.acknowledged.connect(self._mark)
            self._dialog.confirm_wanted.connect(self._confirm)
            self._dialog.open()
            self.refresh()

    def _load(self, _progress: Progress) -> TrustNews:
        session = self._session
        return TrustNews(unseen_changes(session), to_confirm(session), session.officer.number)

    def _show(self, news: TrustNews) -> None:
        self._news = news
        self._say()
        if self._dialog is not None and is_open(self._dialog):
            self._dialog.show_news(news)

    def _say(self) -> None:
        words, news = self._kit.texts, self._news
        parts = []
        if news.changes:
            parts.append(words.text("trust.news.status_changes", count=len(news.changes)))
        if news.to_confirm:
            parts.append(words.text("trust.news.status_waiting", count=len(news.to_confirm)))
        self._window.set_trust_news(words.text("shell.status.separator").join(parts))

    def _mark(self) -> None:
        work = work_of(_acknowledge_changes, self._session, self._news.changes)
        self._kit.runner.start("db", work, self._marked, self._failed)

    def _marked(self, _done: None) -> None:
        if self._dialog is not None and is_open(self._dialog) and not self._news.to_confirm:
            self._dialog.accept()
        self.refresh()

    def _confirm(self) -> None:
        found = self._news.to_confirm
        what = self._kit.texts.text("trust.second.confirm", count=len(found))
        act = partial(_confirm, self._session, tuple(one.subject for one in found))
        self._two.do(act, self._confirmed, self._failed, what, over=self._dialog)

    def _confirmed(self, count: int) -> None:
        if self._dialog is not None and is_open(self._dialog):
            self._dialog.banner.show_key(Tone.OK, "trust.news.confirmed", count=count)
        self.refresh()

    def _not_read(self, error: Exception) -> None:
        """Looked for by itself at every page: that a centre's server is away stands in the status, not over a call."""
        if not is_server_lost(error) or is_open(self._dialog):
            self._failed(error)

    def _failed(self, error: Exception) -> None:
        if self._dialog is not None and is_open(self._dialog):
            self._dialog.banner.show_error(error)
        else:
            present(self._kit, self._window, error)


def tell_trust_news(kit: Kit, session: Session, window: MainWindow) -> TrustTeller:
    """Begin at once, and look again whenever the officer turns to another page."""
    teller = TrustTeller(kit, session, window)
    window.page_changed.connect(teller.refresh)
    return teller


def _acknowledge_changes(session: Session, changes: tuple[TrustChange, ...]) -> None:
    acknowledge_changes(session, changes)


def _confirm(session: Session, subjects: tuple[str, ...], second: TypedSecond | None) -> int:
    return confirm_trust(session, subjects, proved(session, second))
