"""What the page does to its case: order a stop, decide a conflict."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.case_file.views import Conflict
from desktop.domain.cases.payments.transfer import Transfer
from desktop.domain.cases.payments.way_checks import way_kind
from desktop.domain.errors import AppError
from desktop.domain.ids import CaseId, OrderId
from desktop.domain.masking import masked_account
from desktop.domain.orders.sending.way_orders import is_called_back
from desktop.domain.problems import Problem
from desktop.services.cases.changes.amend_case import resolve_conflict
from desktop.services.cases.changes.give_back import give_back
from desktop.services.cases.changes.merge_cases import whole_file
from desktop.services.look_up import case_file
from desktop.services.orders.issue_order import check_order, stop_transfer
from desktop.services.orders.order_request import propose_urgent
from desktop.services.session import Session
from desktop.ui.case.sheet_actions import SheetActions
from desktop.ui.shared.dialogs.confirm import ask
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.task_runner import Failed, work_of
from desktop.ui.shared.orders.sending_problems import SendDespiteDialog
from desktop.ui.shared.text.amounts import yuan
from desktop.ui.shared.widgets.pages.toast import toast

_ASKED = frozenset({"order.unconfirmed", "order.unexplained"})


class CaseActions(SheetActions):
    """``ordered``: an order was issued."""

    ordered = Signal()

    def __init__(self, kit: Kit, session: Session, window: QWidget) -> None:
        super().__init__(kit, session, window)
        self._stopping: tuple[CaseId, Transfer] | None = None
        """Of which case, and as it was shown: another reading of it may be here before the question is answered."""

    def ask_stop(self, position: int) -> None:
        """Ask before money is stopped; the transfer is named, so that nobody stops the wrong one."""
        transfer = self._transfer(position)
        if transfer is None or self.sheet is None:
            return
        self._stopping = self.sheet.file.case.id, transfer
        number = transfer.payee.number or transfer.order_number
        payee = " ".join(p for p in (transfer.payee.name, masked_account(number)) if p)
        stops = "case.stop.question", "case.stop.accept"
        question, accept = ("ways.question", "ways.send") if is_called_back(transfer) else stops
        ask(
            self._kit,
            self._window,
            _title(transfer),
            question,
            accept,
            self._stop,
            danger=True,
            amount=yuan(transfer.amount_fen),
            payee=payee or transfer.payee.bank,
        )

    def resolve(self, conflict: Conflict, value: str) -> None:
        """Let one of several values hold."""
        work = work_of(resolve_conflict, self._session, conflict, value)
        self._kit.runner.start("db", work, self._resolved, self._not_resolved)

    def give_back(self, field: str) -> None:
        """Let a field of the case hold again what it held before it was changed last."""
        if self.sheet is not None:
            work = work_of(give_back, self._session, self.sheet.file.case.id, field)
            self._kit.runner.start("db", work, self._given_back, self._failed)

    def _given_back(self, _done: None) -> None:
        toast(self._kit, self._window, "case.fields.given_back")
        self.changed.emit()

    def _stop(self) -> None:
        self._issue(confirmed=False, failed=self._stop_failed)

    def _stop_confirmed(self, despite: str) -> None:
        self._issue(confirmed=True, despite=despite, failed=self._failed)

    def _issue(self, *, confirmed: bool, failed: Failed, despite: str = "") -> None:
        if self._stopping is not None:
            stop = partial(_issue_stop, self._session, confirmed=confirmed, despite=despite)
            work = work_of(stop, *self._stopping)
            self._kit.runner.start("db", work, self._issued, failed)

    def _issued(self, _order: OrderId) -> None:
        toast(self._kit, self._window, "ordering.issued")
        self.ordered.emit()
        self.changed.emit()

    def _stop_failed(self, error: Exception) -> None:
        """What stands against a stop does not forbid it where a person decides so."""
        asks = isinstance(error, AppError) and error.code in _ASKED
        if asks and self._stopping is not None:
            work = work_of(_against_stop, self._session, *self._stopping)
            self._kit.runner.start("db", work, self._ask_despite, self._failed)
        else:
            self._failed(error)
            self.changed.emit()

    def _ask_despite(self, problems: tuple[Problem, ...]) -> None:
        if self._stopping is not None:
            title = _title(self._stopping[1])
            dialog = SendDespiteDialog(self._kit, self._window, title, problems)
            dialog.given.connect(self._stop_confirmed)
            dialog.open()

    def _resolved(self, _nothing: None) -> None:
        toast(self._kit, self._window, "case.conflict.resolved")
        self.changed.emit()

    def _not_resolved(self, error: Exception) -> None:
        self._failed(error)
        self.changed.emit()

    def _transfer(self, position: int) -> Transfer | None:
        transfers = self.sheet.file.transfers if self.sheet is not None else ()
        return next((item for item in transfers if item.position == position), None)


def _title(transfer: Transfer) -> str:
    """The text key of what is ordered: a stop, or what its way leaves to ask for."""
    return f"ways.ask.{way_kind(transfer)}" if is_called_back(transfer) else "case.stop.title"


def _issue_stop(
    session: Session, case: CaseId, shown: Transfer, *, confirmed: bool, despite: str = ""
) -> OrderId:
    """The stop of a transfer as it was shown; it hangs on the report that told of it."""
    owner = _owner(session, case, shown)
    return stop_transfer(session, owner, shown, confirmed=confirmed, despite=despite).order.id


def _against_stop(session: Session, case: CaseId, shown: Transfer) -> tuple[Problem, ...]:
    file = case_file(session, _owner(session, case, shown))
    return check_order(session, file, propose_urgent(session, file, shown.id))


def _owner(session: Session, case: CaseId, shown: Transfer) -> CaseId:
    return whole_file(session, case)[1].origins.get(shown.id, case)
