"""Cards: ours out as a code, on paper or in a file, another's in, after its fingerprint was compared by voice."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import AppError
from desktop.services.exchange.card_sheets import CardSheet
from desktop.services.exchange.replace_centre import Replaced
from desktop.ui.shared.dialogs.confirm import ask
from desktop.ui.shared.dialogs.dialog_frame import is_open
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.task_runner import work_of
from desktop.ui.shared.trust.card_sheet_dialog import CardSheetDialog
from desktop.ui.shared.trust.trusting import Trusting
from desktop.ui.sync.port import SyncPort


class CentreEnrolment(Trusting):
    """``trusted(Party)`` when a centre was accepted; ``failed(error)`` if something could not be done;
    ``paper_wanted(pdf, title)``: our card on paper."""

    paper_wanted = Signal(object, str)

    def __init__(self, kit: Kit, port: SyncPort, page: QWidget) -> None:
        super().__init__(kit, page, port.cards, port.trust)
        self._shown: CardSheetDialog | None = None
        self._port = port

    def show_card(self) -> None:
        """Show our card in every form it can be carried in."""
        self._kit.runner.start("db", work_of(self._cards.own), self._show, self._fail)

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
        act = partial(self._port.replace_centre, self._text)
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
