"""What the desk has recorded of the case on the form: orders, evidence, what was done."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QObject, Signal

from desktop.domain.case_file.orders.order_mismatch import odd_orders
from desktop.domain.case_file.orders.order_rules import counts, held_by_orders, stops_of
from desktop.domain.case_file.views import CaseFile, HistoryRow, OrderView
from desktop.domain.errors import UserInputError
from desktop.domain.ids import CaseId
from desktop.domain.progress import Progress
from desktop.services.audit.open_case import note_opened
from desktop.services.look_up import case_evidence, case_file, history
from desktop.services.session import Session
from desktop.ui.intake.form.form_model import FormModel
from desktop.ui.shared.kit.task_runner import Runner

_Read = tuple[CaseId, CaseFile | None, tuple[HistoryRow, ...], int]
"""The case, what is registered of it, its history, and how many items it has, also as a draft."""


def _registered(session: Session, case: CaseId) -> CaseFile | None:
    """The case as it is registered; None while it is a draft only."""
    try:
        file = case_file(session, case)
    except UserInputError:
        return None
    note_opened(session, (case,))
    return file


def _read(session: Session, case: CaseId, _progress: Progress) -> _Read:
    file = _registered(session, case)
    items = file.evidence if file else case_evidence(session, case)
    return case, file, history(session, case) if file else (), len(items)


class CaseRecord(QObject):
    """Read behind the typing; empty while the case is a draft only."""

    changed = Signal()

    def __init__(self, model: FormModel, session: Session, runner: Runner) -> None:
        super().__init__()
        self._model = model
        self._session = session
        self._runner = runner
        self._file: CaseFile | None = None
        self._history: tuple[HistoryRow, ...] = ()
        self._evidence = 0
        model.replaced.connect(self._replaced)

    @property
    def registered(self) -> bool:
        """Whether the case is in the journal."""
        return self._file is not None

    @property
    def number(self) -> str:
        """Its local number; empty for a draft."""
        return self._file.case.number if self._file else ""

    @property
    def evidence_count(self) -> int:
        """How many items of evidence it has, registered or not."""
        return self._evidence

    @property
    def orders(self) -> tuple[OrderView, ...]:
        """Its orders."""
        return self._file.orders if self._file else ()

    @property
    def history(self) -> tuple[HistoryRow, ...]:
        """What was done, oldest first."""
        return self._history

    def ordered(self) -> Mapping[str, str]:
        """Id of each transfer with a live stop, and the number of its order."""
        transfers = self._file.transfers if self._file else ()
        stops = ((item.id, stops_of(self.orders, item)) for item in transfers)
        living = ((key, [v for v in views if counts(v)]) for key, views in stops)
        return {key: views[-1].order.number for key, views in living if views}

    def held(self) -> Mapping[str, str]:
        """What can not be taken out of the case, and the number of the order about it."""
        return held_by_orders(self.orders)

    def mismatches(self) -> frozenset[str]:
        """Numbers of the orders that say something else than the recorded case."""
        transfers = self._file.transfers if self._file else ()
        return frozenset(odd.view.order.number for odd in odd_orders(self.orders, transfers))

    def refresh(self) -> None:
        """Read again."""
        case = CaseId(self._model.form.case_id)
        work = partial(_read, self._session, case)
        self._runner.start("input", work, self._answered, self._failed)

    def _replaced(self) -> None:
        self._file, self._history, self._evidence = None, (), 0
        self.changed.emit()
        self.refresh()

    def _answered(self, read: _Read) -> None:
        case, file, history, evidence = read
        if case == self._model.form.case_id:
            self._file, self._history, self._evidence = file, history, evidence
            self.changed.emit()

    def _failed(self, _error: Exception) -> None:
        """What was known stays shown; each step that needs more says so itself."""
