"""From F9 to an order: check every transfer that has none yet, ask, send one after the other."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.cases.intake import IntakeForm
from desktop.domain.errors import RuleError
from desktop.domain.problems import Problem
from desktop.domain.progress import Progress
from desktop.services.orders.issue_order import Issued
from desktop.ui.intake.case_record import CaseRecord
from desktop.ui.intake.form_model import FormModel
from desktop.ui.intake.port import IntakePort
from desktop.ui.intake.stop_candidate import StopCandidate, unstopped
from desktop.ui.intake.stop_dialog import StopDialog
from desktop.ui.shared.dialogs.error_presenter import present
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.when_seen import is_seen

_Checked = tuple[StopCandidate, ...]
_Outcome = tuple[IntakeForm, tuple[Issued, ...], Exception | None]


def _check(
    port: IntakePort, form: IntakeForm, indices: tuple[int, ...], _progress: Progress
) -> _Checked:
    return tuple(
        StopCandidate(index, form.transfers[index], _once(port.check_stop(form, index)))
        for index in indices
    )


def _once(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    return tuple(dict.fromkeys(problems))


def _issue(
    port: IntakePort, form: IntakeForm, indices: tuple[int, ...], _progress: Progress
) -> _Outcome:
    """Each order is a transaction of its own: what was sent before a failure stands, and is
    told."""
    issued: list[Issued] = []
    for index in indices:
        try:
            issued.append(port.issue_stop(form, index, confirmed=True))
        except Exception as error:  # noqa: BLE001 - shown beside what was sent
            return form, tuple(issued), error
        form = form.recorded()
    return form, tuple(issued), None


class StopFlow(QObject):
    """``issued(orders)`` follows when at least one order stands; ``jump(path)`` when the person goes to mend; ``left``
    when the report was left before it was checked: over another one its check would be read as that one's."""

    issued = Signal(tuple)
    left = Signal()
    jump = Signal(str)
    nothing_to_stop = Signal()
    busy_changed = Signal(bool)

    def __init__(
        self, kit: Kit, host: QWidget, model: FormModel, port: IntakePort, record: CaseRecord
    ) -> None:
        super().__init__(host)
        self._kit = kit
        self._host = host
        self._model = model
        self._port = port
        self._record = record
        self._busy = False
        self._case_id = ""
        self._candidates: _Checked = ()

    def start(self) -> None:
        """Check before sending."""
        if self._busy:
            return
        form = self._model.form
        begun = unstopped(form, self._record.ordered())
        if not begun:
            self.nothing_to_stop.emit()
            return
        self._set_busy(busy=True)
        self._case_id = form.case_id
        work = partial(_check, self._port, form, begun)
        self._kit.runner.start("db", work, self._checked, self._failed)

    def _checked(self, candidates: _Checked) -> None:
        self._set_busy(busy=False)
        if self._model.form.case_id != self._case_id or not is_seen(self._host):
            self.left.emit()
            return
        self._candidates = candidates
        dialog = StopDialog(self._kit, self._host, candidates, self._port.group_account)
        dialog.confirmed.connect(self._send)
        dialog.jump.connect(self.jump)
        dialog.open()

    def _send(self, indices: tuple[int, ...]) -> None:
        form = self._model.form
        places = self._places(form, indices)
        if len(places) != len(indices):
            present(self._kit, self._host, RuleError("order.not_as_checked"))
            return
        self._set_busy(busy=True)
        work = partial(_issue, self._port, form, places)
        self._kit.runner.start("db", work, self._sent, self._failed)

    def _places(self, form: IntakeForm, indices: tuple[int, ...]) -> tuple[int, ...]:
        """Where the transfers that were read back stand now. A report that was asked for meanwhile is on the form by
        now, or another payment in the place: what nobody saw is never sent."""
        if form.case_id != self._case_id:
            return ()
        at = {transfer.id: place for place, transfer in enumerate(form.transfers)}
        picked = [item for item in self._candidates if item.index in indices]
        found = [(item, at[item.transfer.id]) for item in picked if item.transfer.id in at]
        return tuple(place for item, place in found if item.tells(form.transfers[place]))

    def _sent(self, outcome: _Outcome) -> None:
        self._set_busy(busy=False)
        form, issued, error = outcome
        if issued:
            self._model.recorded(form)
            self.issued.emit(issued)
        if error is not None:
            present(self._kit, self._host, error)

    def _failed(self, error: Exception) -> None:
        self._set_busy(busy=False)
        present(self._kit, self._host, error)

    def _set_busy(self, *, busy: bool) -> None:
        self._busy = busy
        self.busy_changed.emit(busy)
