"""What the page does to its case: order a stop, decide a conflict, show a slip, print an order."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.case_file.views import Conflict, OrderView
from desktop.domain.cases.transfer import Transfer
from desktop.domain.errors import AppError
from desktop.domain.ids import CaseId, OrderId
from desktop.domain.masking import masked_account
from desktop.services.case_sheet import CaseSheet
from desktop.services.cases.amend_case import resolve_conflict
from desktop.services.cases.merge_cases import whole_file
from desktop.services.orders.issue_order import stop_transfer
from desktop.services.orders.make_slip import Slip, make_slip
from desktop.services.papers.draw_form import draw_stop_form
from desktop.services.ports import Pdf
from desktop.services.session import Session
from desktop.ui.case.setup import CaseNavigator
from desktop.ui.shared.dialogs.confirm import ask
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.task_runner import Failed, work_of
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.orders.slip_dialog import SlipDialog
from desktop.ui.shared.text.amounts import yuan
from desktop.ui.shared.widgets.toast import toast
from desktop.ui.shared.widgets.when_seen import is_seen


class CaseActions(QObject):
    """``changed``: read the case anew. ``ordered``: an order was issued. ``failed(error)``."""

    changed = Signal()
    ordered = Signal()
    failed = Signal(object)

    def __init__(
        self, kit: Kit, session: Session, navigator: CaseNavigator, window: QWidget
    ) -> None:
        super().__init__(window)
        self._kit = kit
        self._session = session
        self._navigator = navigator
        self._window = window
        self._stopping: tuple[CaseId, Transfer] | None = None
        """Of which case, and as it was shown: another reading of it may be here before the question is answered."""
        self._sealing = False
        self.sheet: CaseSheet | None = None

    def ask_stop(self, position: int) -> None:
        """Ask before money is stopped; the transfer is named, so that nobody stops the wrong one."""
        transfer = self._transfer(position)
        if transfer is None or self.sheet is None:
            return
        self._stopping = self.sheet.file.case.id, transfer
        number = transfer.payee.number or transfer.order_number
        ask(
            self._kit,
            self._window,
            "case.stop.title",
            "case.stop.question",
            "case.stop.accept",
            self._stop,
            danger=True,
            amount=yuan(transfer.amount_fen),
            payee=" ".join(p for p in (transfer.payee.name, masked_account(number)) if p),
        )

    def resolve(self, conflict: Conflict, value: str) -> None:
        """Let one of several values hold."""
        work = work_of(resolve_conflict, self._session, conflict, value)
        self._kit.runner.start("db", work, self._resolved, self._not_resolved)

    def show_slip(self, view: OrderView) -> None:
        """Seal the order and show it as a code."""
        self.show_slips((view,))

    def show_slips(self, views: tuple[OrderView, ...]) -> None:
        """Seal these orders together and show them as codes."""
        if not self._sealing:  # each making is recorded
            self._sealing = True
            work = work_of(make_slip, self._session, *(view.order.id for view in views))
            self._kit.runner.start("db", work, self._slip_made, self._not_sealed)

    def print_order(self, view: OrderView) -> None:
        """The application form of an order."""
        work = work_of(_form_of, self._session, view)
        self._kit.runner.start("db", work, self._paper_made, self._failed)

    def _stop(self) -> None:
        self._issue(confirmed=False, failed=self._stop_failed)

    def _stop_confirmed(self) -> None:
        self._issue(confirmed=True, failed=self._failed)

    def _issue(self, *, confirmed: bool, failed: Failed) -> None:
        if self._stopping is not None:
            work = work_of(_issue_stop, self._session, *self._stopping, confirmed=confirmed)
            self._kit.runner.start("db", work, self._issued, failed)

    def _issued(self, _order: OrderId) -> None:
        toast(self._kit, self._window, "case.stop.done")
        self.ordered.emit()
        self.changed.emit()

    def _stop_failed(self, error: Exception) -> None:
        """Doubts about a field do not forbid the stop; a person decides."""
        if isinstance(error, AppError) and error.code == "order.unconfirmed":
            ask(
                self._kit,
                self._window,
                "case.stop.title",
                "case.stop.doubts",
                "case.stop.anyway",
                self._stop_confirmed,
                danger=True,
                **error.params,
            )
        else:
            self._failed(error)
            self.changed.emit()

    def _resolved(self, _nothing: None) -> None:
        toast(self._kit, self._window, "case.conflict.resolved")
        self.changed.emit()

    def _not_resolved(self, error: Exception) -> None:
        self._failed(error)
        self.changed.emit()

    def _not_sealed(self, error: Exception) -> None:
        self._sealing = False
        self._failed(error)

    def _slip_made(self, slip: Slip) -> None:
        self._sealing = False
        if self._is_left():
            return
        dialog = SlipDialog(self._kit, self._window, slip)
        dialog.paper_wanted.connect(self._navigator.open_paper)
        dialog.open()
        self.changed.emit()

    def _paper_made(self, made: tuple[Pdf, str]) -> None:
        if not self._is_left():
            self._navigator.open_paper(*made)
        self.changed.emit()

    def _is_left(self) -> bool:
        """Over the page that is in front by now it would take the keyboard of who works there; that is said."""
        left = not is_seen(self._window)
        if left:
            toast(self._kit, self._window, "case.behind", tone=Tone.WARN)
        return left

    def _failed(self, error: Exception) -> None:
        self.failed.emit(error)

    def _transfer(self, position: int) -> Transfer | None:
        transfers = self.sheet.file.transfers if self.sheet is not None else ()
        return next((item for item in transfers if item.position == position), None)


def _form_of(session: Session, view: OrderView) -> tuple[Pdf, str]:
    """The application form and its title: another one may be asked for before it is drawn."""
    return draw_stop_form(session, view.order.id), view.order.number


def _issue_stop(session: Session, case: CaseId, seen: Transfer, *, confirmed: bool) -> OrderId:
    """The stop of a transfer as it was shown; it hangs on the report that told of it."""
    owner = whole_file(session, case)[1].origins.get(seen.id, case)
    return stop_transfer(session, owner, seen, confirmed=confirmed).order.id
