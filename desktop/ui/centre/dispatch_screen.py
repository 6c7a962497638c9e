"""The dispatch desk: orders of all stations by their clocks, what the banks answered, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.centre.hand_over_slip import handover_of
from desktop.centre.replies import ReplyBundle, write_replies
from desktop.centre.waiting_slips import waiting_slips
from desktop.domain.case_file.orders.dispatch_batch import is_to_send
from desktop.domain.progress import Progress
from desktop.services.orders.page_dispatch import DispatchView, dispatch_view, more_of_dispatch
from desktop.services.ports import OrdersOnly
from desktop.services.session import Session
from desktop.ui.centre.answering.answering_page import AnsweringPage
from desktop.ui.centre.order_detail import DispatchOrderDetail
from desktop.ui.centre.order_evidence import OrderEvidence
from desktop.ui.centre.rota import OnCallLine
from desktop.ui.centre.slip_card import SlipCard, SlipHanding
from desktop.ui.shared.dialogs.one_work import OneWork
from desktop.ui.shared.kit.actions import Action
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.latest import Latest
from desktop.ui.shared.kit.task_runner import work_of
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.orders.claiming import ClaimLine
from desktop.ui.shared.orders.order_clock import ClockLimits
from desktop.ui.shared.orders.order_filter_bar import OrderFilterBar
from desktop.ui.shared.orders.ordering.actions import OrderActions
from desktop.ui.shared.text.amounts import yuan
from desktop.ui.shared.text.bundle_texts import problem_line
from desktop.ui.shared.text.datetime_text import local_day
from desktop.ui.shared.widgets.input.button import Button
from desktop.ui.shared.widgets.input.drives import Drives
from desktop.ui.shared.widgets.input.line_edit import Option
from desktop.ui.shared.widgets.input.segmented import Segmented
from desktop.ui.shared.widgets.input.target_combo import TargetCombo
from desktop.ui.shared.widgets.layout.card import Row
from desktop.ui.shared.widgets.pages.banner import Banner
from desktop.ui.shared.widgets.pages.work_card import WorkCard


class ReplyWriting(QWidget):
    """Target and button in a row; progress and outcome go to the page's own strip."""

    written = Signal()

    def __init__(
        self,
        kit: Kit,
        session: Session,
        drives: Drives,
        write: Action,
        news: tuple[WorkCard, Banner],
    ) -> None:
        super().__init__()
        self._kit = kit
        self._session = session
        self._action = write
        card, self._banner = news
        self._work = OneWork(kit, card, self)
        self._folder = Path()
        row = Row(kit, self)
        self.target = TargetCombo(kit, drives, "dispatch_target")
        row.addWidget(self.target)
        row.addWidget(Button.of(kit, write, icon="usb", name="dispatch_write"))
        self.target.target_changed.connect(self._allow)
        self._work.stirred.connect(self._allow)
        self._allow()

    def start(self) -> None:
        """Write to the chosen target."""
        folder = self.target.target()
        if folder is None or self._work.busy:
            return
        self._folder = folder
        self._banner.clear()
        work = self.target.guarded(partial(write_replies, self._session, folder))
        self._work.start("centre.writing", work, self._done, self._banner.show_error)

    def _done(self, done: tuple[ReplyBundle, ...]) -> None:
        bundles = [item for item in done if item.error is None]
        failed = [(item.unit_name, item.error) for item in done if item.error is not None]
        self._banner.show_found(
            Tone.OK if len(bundles) == len(done) else Tone.WARN,
            "centre.written" if bundles else "centre.written_none",
            lambda: [problem_line(self._kit, name, error) for name, error in failed],
            units=len({bundle.unit_name for bundle in bundles}),
            bundles=len(bundles),
            volumes=sum(len(bundle.volumes) for bundle in bundles),
            folder=str(self._folder),
        )
        self.written.emit()

    def _allow(self) -> None:
        self.target.setEnabled(not self._work.busy)
        self._action.set_enabled(enabled=not self._work.busy and self.target.target() is not None)


_WAITING, _HOPS, _ALL = "waiting", "hops", "all"


class DispatchScreen(AnsweringPage[DispatchView]):
    """Enter answers the chosen order. ``changed`` after a reply was recorded or bundles were written;
    ``case_wanted(CaseId)``: show the case of an order; ``evidence_wanted(CaseId)``: its evidence."""

    case_wanted = Signal(object)
    evidence_wanted = Signal(object)

    def __init__(self, kit: Kit, session: Session, drives: Drives, limits: ClockLimits) -> None:
        super().__init__(
            kit, session, limits, "centre.dispatch.title", "dispatch", "centre.keys.dispatch",
            "centre.dispatch.none_waiting",
        )  # fmt: skip
        self._work = WorkCard(kit, name="dispatch_work")
        answer = self._add_answer()
        self._ordering = OrderActions(kit, session, self)
        self._hops = self.add("centre.dispatch.stop_hops", "Ctrl+T", self._stop_hops)
        copy = self._add_copy()
        self._add_reveal()
        opening = self._add_of_order("centre.dispatch.open_case", "Ctrl+O", self._open_case)
        look = self.add("centre.dispatch.look", "Ctrl+J", self._look_at_evidence)
        self.bar = OrderFilterBar(kit, "dispatch", "", whole=False)
        self.add("centre.dispatch.find", "Ctrl+F", self.bar.take_keyboard)
        write = self.add("centre.dispatch.write", "Ctrl+E", self._write)
        self._writing = ReplyWriting(kit, session, drives, write, (self._work, self.banner))
        turn = self._add_turn()
        self._handing = SlipHanding(kit, session, self)
        self._telephoned = self.add("centre.dispatch.hand_over", "Ctrl+Shift+P", self._hand_over)
        self.slips = SlipCard(kit, session, limits, self)
        self._waiting = Latest(kit.runner, self)
        self._handed = Latest(kit.runner, self)
        self.detail = DispatchOrderDetail(
            kit,
            limits,
            (
                ((answer, "dispatch_reply"), (self._hops, "dispatch_hops")),
                ((opening, "dispatch_case"), (copy, "dispatch_copy")),
                (
                    (self._telephoned, "dispatch_hand_over"),
                    *(((turn, "dispatch_claim"),) if turn is not None else ()),
                ),
            ),
            OrderEvidence(kit, session, look),
            ClaimLine(kit, self._claiming),
            OnCallLine(kit, session),
        )
        self._filter = Segmented(
            kit,
            (
                Option(_WAITING, key="centre.dispatch.waiting"),
                Option(_HOPS, key="centre.dispatch.hops"),
                Option(_ALL, key="centre.dispatch.all"),
            ),
            "dispatch_filter",
            "centre.dispatch.filter",
        )
        self._build()
        self._connect()
        self._row_changed()

    def work(self) -> Callable[[Progress], DispatchView]:
        """The first orders of those that were chosen, as many as were shown before."""
        only, view = self._only(), self._view
        shown = len(view.rows) if view is not None and view.only == only else 0
        today = local_day(self.kit.ticks.now(), self.kit.zone)
        return partial(dispatch_view, self._session, only, today, shown)

    def reload(self) -> None:
        """Read the drives too."""
        super().reload()
        self._writing.target.refresh()

    def first_focus(self) -> QWidget | None:
        """The table; with nothing left to answer, where the replies are written to."""
        return self._writing.target if self._list.currentWidget() is self._empty else self.table

    def show_view(self, view: DispatchView) -> None:
        """Show a reading."""
        other = self._view is not None and self._view.only != view.only
        self._took_in(view)
        self._more.stop()
        slips = work_of(waiting_slips, self._session)
        self._waiting.start("survey", slips, self.slips.show_slips, self.fail)
        self.bar.offer(view.choices)
        self._arrange()
        if other:  # what the keys act on is in sight
            self.table.show_chosen()

    def more_work(self, view: DispatchView) -> Callable[[Progress], DispatchView]:
        """What follows in the list."""
        return work_of(more_of_dispatch, self._session, view)

    def figures(self, view: DispatchView) -> str:
        """What waits, what can still be met and what was stopped."""
        counts = view.counts
        return self.kit.texts.text(
            "centre.dispatch.figures",
            waiting=f"{counts.waiting:,}",
            golden=f"{counts.savable:,}",
            hops=f"{counts.hops:,}",
            stopped=yuan(counts.caught_fen),
        )

    def narrowed(self) -> bool:
        """Whether anything is chosen in the bar."""
        return self.bar.chooses

    def _only(self) -> OrdersOnly:
        """What was chosen."""
        only, chosen = self.bar.value().only, self._filter.value()
        waits = True if chosen == _WAITING else None
        return replace(only, waits=waits, hops=chosen == _HOPS)

    def _build(self) -> None:
        head = Row(self.kit)
        head.addWidget(self._filter)
        head.addStretch(1)
        head.addWidget(self._writing)
        self._lay_out((self._work, self.slips), head, (self.bar,))

    def _connect(self) -> None:
        self._follow_list()
        self._filter.chosen.connect(self.reload)
        self.bar.changed.connect(self.reload)
        self.bar.left.connect(self._leave_bar)
        self._replies.follow.connect(self._ordering.follow)
        for actions in (self._ordering, self._handing):
            actions.changed.connect(self._recorded)
            actions.failed.connect(self.fail)
        self._writing.written.connect(self.changed)
        self.kit.ticks.ticked.connect(self._tick)

    def _arrange(self) -> None:
        view = self._view
        if view is None:
            return
        none = "hops" if view.only.hops else "waiting"
        found = self.bar.chooses or self._filter.value() == _ALL
        self._empty.set_key(f"centre.dispatch.none_{'found' if found else none}")
        held = self.window().focusWidget() is self.table
        self.table.show_rows(view.rows, choose=True)
        if held and not view.rows:
            self._writing.target.setFocus()
        self._show_figures()
        self._row_changed()

    def _row_changed(self) -> None:
        super()._row_changed()
        row = self.table.selected()
        self._handed.stop()
        if row is not None:
            handed = work_of(handover_of, self._session, row.view.order.id)
            self._handed.start("survey", handed, self.detail.show_handover, self.fail)
        self._hops.set_enabled(enabled=row is not None and bool(row.open_hops))
        self._telephoned.set_enabled(enabled=row is not None and is_to_send(row.view))

    def _stop_hops(self) -> None:
        row = self.table.selected()
        if row is not None and row.open_hops:
            stop = partial(self._ordering.stop_hops, row.view, row.open_hops)
            self._claiming.before(row.view.order.id, stop)

    def _hand_over(self) -> None:
        row = self.table.selected()
        if row is not None and is_to_send(row.view):
            ask = partial(self._handing.ask_of_order, row.view)
            self._claiming.before(row.view.order.id, ask)

    def _open_case(self) -> None:
        self.table.with_selected(lambda row: self.case_wanted.emit(row.view.case))

    def _look_at_evidence(self) -> None:
        self.table.with_selected(lambda row: self.evidence_wanted.emit(row.view.case))

    def _leave_bar(self) -> None:
        """To the list; where nothing was found there is none."""
        if self.table.rows.rows:
            self.table.setFocus()

    def _write(self) -> None:
        self._writing.start()

    def _tick(self, now: datetime) -> None:
        """A clock that runs out changes the order of the rows."""
        change = self._view.counts.next_change if self._view is not None else None
        if change is not None and now >= change:
            self.reload_by_itself()
