"""Everything that is done on the page of a case, wired to the parts of the overview that ask for it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.cases.step import ProcedureStep
from desktop.ui.case.case_actions import CaseActions
from desktop.ui.case.evidence_sink import EvidenceSink
from desktop.ui.case.holder.actions import HolderActions
from desktop.ui.case.merge_actions import MergeActions
from desktop.ui.case.overview import Overview
from desktop.ui.case.paste_actions import PasteActions
from desktop.ui.case.port import CaseNavigator, CasePort
from desktop.ui.case.procedure_actions import ProcedureActions
from desktop.ui.case.read_aloud_actions import ReadAloudActions
from desktop.ui.case.sheet import CaseSheet
from desktop.ui.case.supplement_actions import SupplementActions
from desktop.ui.case.tasks.actions import TaskActions
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.orders.ordering.actions import OrderActions


class CaseWorks(QObject):
    """Works on the case that is shown. ``changed``: read it anew. ``failed(error)``. ``ordered``: an order stands."""

    changed = Signal()
    failed = Signal(object)
    ordered = Signal()

    def __init__(
        self,
        kit: Kit,
        port: CasePort,
        navigator: CaseNavigator,
        page: QWidget,
        overview: Overview,
    ) -> None:
        super().__init__(page)
        self._sheet: CaseSheet | None = None
        self.case = CaseActions(kit, port, navigator, page)
        self.ordering = OrderActions(kit, port.ordering, page)
        self._procedure = ProcedureActions(kit, port, page)
        self._reading = ReadAloudActions(kit, port, page)
        self._tasks = TaskActions(kit, port, page, overview.tasks)
        self._merges = MergeActions(kit, port, navigator, page, overview.merge)
        self._supplements = SupplementActions(kit, port, page, overview.story)
        self._pastes = PasteActions(kit, port, page)
        self._holder_actions = HolderActions(kit, port, page, overview.holder)
        self.sink = EvidenceSink(kit, port, page)
        for actions in (
            self.case, self.ordering, self._procedure, self._reading, self._tasks, self._merges,
            self._supplements, self._pastes, self._holder_actions,
        ):  # fmt: skip
            actions.changed.connect(self.changed)
            actions.failed.connect(self.failed)
        self.sink.taken.connect(self.changed)
        self.sink.evidence_changed.connect(self.changed)
        self.case.ordered.connect(self.ordered)
        self.ordering.ordered.connect(self.ordered)
        self.ordering.paper_ready.connect(navigator.open_paper)
        overview.stop_wanted.connect(self.case.ask_stop)
        overview.decided.connect(self.case.resolve)
        overview.mismatches.act_wanted.connect(self.ordering.ask_act)
        overview.procedure.step_wanted.connect(self._ask_step)
        overview.procedure.official_wanted.connect(self._ask_official)
        overview.procedure.withdraw_wanted.connect(self._ask_withdraw)

    def show(self, sheet: CaseSheet | None) -> None:
        """Deeds act on the case that is shown."""
        self._sheet = sheet
        self.case.sheet = self._tasks.sheet = self._reading.sheet = sheet
        self._merges.sheet = self._supplements.sheet = self._pastes.sheet = sheet
        self._holder_actions.sheet = self.sink.sheet = sheet

    def keyed(self) -> tuple[tuple[str, str, Callable[[], object]], ...]:
        """(name, keys, deed) of what is written into a case by a key of its own."""
        return (
            ("steps.card.record", "Ctrl+R", self._ask_step),
            ("steps.official.button", "Ctrl+G", self._ask_official),
            ("tasks.add", "Ctrl+T", self._tasks.ask),
            ("tasks.take_all", "Ctrl+Shift+T", self._tasks.take_all),
            ("read_aloud.action_case", "F10", self._reading.ask),
            ("supplement.key", "Ctrl+B", self._supplements.ask),
            ("paste.open", "Ctrl+Shift+V", self._pastes.ask),
            ("merge.key", "Ctrl+Shift+M", self._merges.ask),
            ("charge.key", "Ctrl+Shift+K", self._holder_actions.ask),
        )

    def ask_order(self, *, whole: bool) -> None:
        """A new order about something in the case; ``whole``: numbers unmasked."""
        if self._sheet is not None:
            self.ordering.ask_new(self._sheet.file, whole=whole)

    def _ask_step(self) -> None:
        if self._sheet is not None:
            self._procedure.ask_step(self._sheet.file.case.id)

    def _ask_official(self) -> None:
        if self._sheet is not None:
            case = self._sheet.file.case
            self._procedure.ask_official(case.id, case.official)

    def _ask_withdraw(self, step: ProcedureStep) -> None:
        if self._sheet is not None:
            self._procedure.ask_withdraw(self._sheet.file.case.id, step)
