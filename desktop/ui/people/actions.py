"""What is done on the page of persons: confirm, add, take back, say who is one; and the next step of a target."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.cases.person import TypedTie
from desktop.domain.ids import CaseId, PersonId
from desktop.domain.orders.order import OrderKind
from desktop.domain.series.people_sheet import Missing, PeopleSheet, TieProposal
from desktop.domain.series.series import LinkVerdict
from desktop.services.flow.account_targets import AccountTargets
from desktop.services.ports import Pdf
from desktop.ui.people.person_dialog import PersonDialog
from desktop.ui.people.port import PeoplePort
from desktop.ui.people.same_dialog import SameDialog
from desktop.ui.shared.dialogs.dialog_actions import DialogActions
from desktop.ui.shared.dialogs.reason_dialog import ReasonDialog
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.task_runner import work_of
from desktop.ui.shared.orders.ordering.actions import OrderActions


class PeopleActions(DialogActions):
    """``paper_ready(pdf, title)``: to be shown by the window for printing."""

    paper_ready = Signal(object, str)

    def __init__(
        self, kit: Kit, port: PeoplePort, window: QWidget, ordering: OrderActions | None
    ) -> None:
        super().__init__(kit, window)
        self._port = port
        self._ordering = ordering
        self._kind = OrderKind.QUERY_HOLDER
        self._pairs: dict[str, tuple[str, str]] = {}
        self._tie: tuple[CaseId, PersonId] = (CaseId(""), PersonId(""))

    def confirm(self, proposal: TieProposal) -> None:
        """Take on what a reply or the report says."""
        work = work_of(self._port.record, proposal.case, proposal.ties)
        self._run_alone(work, done_key="people.done.confirmed")

    def ask_person(self, cases: Sequence[tuple[CaseId, str]], known: TypedTie) -> None:
        """Somebody typed, or another tie of somebody known."""
        dialog = PersonDialog(self._kit, self._window, cases, known)
        dialog.typed.connect(self._record)
        self._show(dialog, "people.done.recorded")

    def ask_withdraw(self, case: CaseId, tie: PersonId, what: str) -> None:
        """Why a tie counts no more."""
        self._tie = (case, tie)
        dialog = ReasonDialog(
            self._kit,
            self._window,
            "people.withdraw",
            "person_withdraw",
            danger=True,
            keeps_open=True,
            what=what,
        )
        dialog.given.connect(self._withdraw)
        self._show(dialog, "people.done.withdrawn")

    def ask_same(self, name: str, pairs: Sequence[tuple[tuple[str, str], str]]) -> None:
        """With whom somebody is one person, or is not: (the ties it is said of, who that is)."""
        self._pairs = {"+".join(ties): ties for ties, _ in pairs}
        others = [("+".join(ties), other) for ties, other in pairs]
        dialog = SameDialog(self._kit, self._window, name, others)
        dialog.given.connect(self._decide)
        self._show(dialog, "people.done.decided")

    def step(self, sheet: PeopleSheet, missing: Missing) -> None:
        """The form of the order that finds something out, open at once."""
        if missing.kind is None or self._ordering is None:
            return
        self._kind = missing.kind
        work = work_of(self._port.targets, sheet, missing)
        self._kit.runner.start("db", work, self._propose, self._failed)

    def print_page(self) -> None:
        """The page on paper."""
        self._kit.runner.start("db", work_of(self._port.page), self._made, self._failed)

    def _propose(self, targets: AccountTargets) -> None:
        if self._ordering is not None:
            self._ordering.propose(targets.case, self._kind, targets.abouts)

    def _made(self, pdf: Pdf) -> None:
        self.paper_ready.emit(pdf, self._kit.texts.text("people.title"))

    def _record(self, case: CaseId, tie: TypedTie) -> None:
        self._do(partial(self._port.record, case, (tie,)))

    def _withdraw(self, reason: str) -> None:
        self._do(partial(self._port.withdraw, *self._tie, reason))

    def _decide(self, pair: str, verdict: LinkVerdict | None, reason: str) -> None:
        self._do(partial(self._port.decide, *self._pairs[pair], verdict, reason))
