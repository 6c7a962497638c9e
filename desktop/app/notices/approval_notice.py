"""Tells whom the rota of a centre names as approver, on every page, what waits for their approval."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from desktop.app.notices.rereading import Rereading
from desktop.domain.case_file.views import OrderView
from desktop.domain.progress import Progress
from desktop.services.orders.shift.rota_approvals import WaitingApprovals, approvals_for_me
from desktop.services.session import Session
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.kit.thread_runner import YieldingProgress
from desktop.ui.shared.text.moment_text import moment
from desktop.ui.shared.widgets.pages.banner import Banner
from desktop.ui.shell.main_window import GROUP, MainWindow


class ApprovalNotice(QObject):
    """Said when something new waits, until all of it is approved or it was put away; it never takes the keyboard."""

    def __init__(
        self, kit: Kit, session: Session, window: MainWindow, go: Callable[[OrderView], object]
    ) -> None:
        super().__init__(window)
        self._kit = kit
        self._go = go
        self._waiting = WaitingApprovals()
        self._banner = Banner(kit, "approval_notice", closable=True)
        window.add_notice(self._banner)
        self._action = kit.actions.add(
            window.content, "centre.approval.go", "Ctrl+Shift+J", self._open, group_key=GROUP
        )
        self._banner.offer(self._action)
        self._reading = Rereading(kit.runner, partial(_read, session), self)
        self._reading.read.connect(self._show)
        self._action.set_enabled(enabled=False)

    def refresh(self) -> None:
        """Something was recorded, or the shift is another."""
        self._reading.refresh()

    def _show(self, waiting: WaitingApprovals) -> None:
        known = {view.order.id for view in self._waiting.orders}
        fresh = any(view.order.id not in known for view in waiting.orders)
        self._waiting = waiting
        self._action.set_enabled(enabled=bool(waiting.orders))
        if not waiting.orders:
            self._banner.clear()
        elif fresh or not self._banner.isHidden():  # put away is put away, until more comes
            self._banner.show_lines(Tone.WARN, self._lines)

    def _lines(self) -> tuple[str]:
        texts, due = self._kit.texts, self._waiting.due
        name = "waits" if due is None else "waits_until"
        at = moment(self._kit, due) if due is not None else ""
        return (texts.text(f"centre.approval.{name}", count=len(self._waiting.orders), at=at),)

    def _open(self) -> None:
        if self._waiting.orders:
            self._go(self._waiting.orders[0])


def _read(session: Session, progress: Progress) -> WaitingApprovals:
    return approvals_for_me(session, YieldingProgress(progress))
