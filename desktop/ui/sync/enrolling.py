"""Cards: ours out as a code, on paper or in a file, another's in, after its fingerprint was compared by voice."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import AppError
from desktop.domain.exchange.peers import Peer
from desktop.services.exchange.peers.card_sheets import CardSheet
from desktop.services.exchange.peers.replace_centre import Replaced, replace_centre
from desktop.services.exchange.peers.trust import trust_peer
from desktop.services.officers.second_officer import TypedSecond, proved
from desktop.services.ports import Pdf
from desktop.services.session import Session
from desktop.ui.shared.dialogs.confirm import ask
from desktop.ui.shared.dialogs.dialog_frame import is_open
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.task_runner import work_of
from desktop.ui.shared.trust.card_sheet_dialog import CardSheetDialog
from desktop.ui.shared.trust.peer_actions import own_sheet
from desktop.ui.shared.trust.trusting import Trusting


class CentreEnrolment(Trusting):
    """``trusted(Party)`` when a centre was accepted; ``failed(error)`` if something could not be done;
    ``paper_wanted(pdf, title)``: our card on paper."""

    paper_wanted = Signal(object, str)

    def __init__(self, kit: Kit, session: Session, page: QWidget) -> None:
        super().__init__(kit, page, session, partial(_trust, session))
        self._shown: CardSheetDialog | None = None

    def show_card(self) -> None:
        """Show our card in every form it can be carried in."""
        work = work_of(own_sheet, self._session)
        self._kit.runner.start("db", work, self._show, self._fail)

    def import_card(self) -> None:
        """Ask for the card that came back."""
        self.ask("sync.approval_title", "sync.approval_text")

    def _fail(self, error: Exception) -> None:
        """A card of another centre may be meant to take the place of the present one."""
        if isinstance(error, AppError) and error.code == "centre.another":
            ask(
                self._kit, self._page, "sync.replace_centre.title", "sync.replace_centre.text",
                "sync.replace_centre.accept", self._replace, danger=True,
            )  # fmt: skip
        else:
            super()._fail(error)

    def _replace(self) -> None:
        what = self._kit.texts.text("sync.replace_centre.title")
        act = partial(_replace, self._session, self._text)
        self._two.do(act, self._replaced, super()._fail, what)

    def _replaced(self, done: Replaced) -> None:
        self.trusted.emit(done.centre)
        if done.record is not None:
            title = self._kit.texts.text("sync.replace_centre.record")
            self.paper_wanted.emit(done.record, title)

    def _show(self, sheet: CardSheet) -> None:
        if is_open(self._shown):
            return
        self._shown = CardSheetDialog(self._kit, self._page, sheet, "own")
        self._shown.paper_wanted.connect(self.paper_wanted)
        self._shown.open()


def _trust(session: Session, text: str, second: TypedSecond | None) -> Peer:
    return trust_peer(session, text, proved(session, second))


def _replace(session: Session, text: str, second: TypedSecond | None) -> Replaced:
    return replace_centre(session, text, proved(session, second), _shown_at_once)


def _shown_at_once(_record: Pdf) -> None:
    """The window opens it over the page as soon as the change stands, for both officers to print and sign."""
