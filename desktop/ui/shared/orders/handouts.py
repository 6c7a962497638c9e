"""What is handed out of an order: its urgent slip on screen, its application form on paper."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.orders.order import Order
from desktop.domain.progress import Progress
from desktop.services.orders.make_slip import Slip, make_slip
from desktop.services.orders.unheard_orders import make_unheard_slip
from desktop.services.papers.draw_form import draw_stop_form
from desktop.services.ports import Pdf
from desktop.services.session import Session
from desktop.ui.shared.dialogs.dialog_actions import DialogActions
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.latest import is_in_front
from desktop.ui.shared.kit.task_runner import work_of
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.orders.slip_dialog import SlipDialog
from desktop.ui.shared.widgets.pages.toast import toast


class OrderHandouts(DialogActions):
    """``changed``: the journal has an entry about it; ``paper_ready(pdf, title)``; ``failed(error)``."""

    paper_ready = Signal(object, str)

    def __init__(self, kit: Kit, session: Session, page: QWidget) -> None:
        super().__init__(kit, page)
        self._session = session
        self._sealing = False

    def show_slip(self, *orders: Order) -> None:
        """Seal these orders together and show them as codes."""
        self._seal(work_of(make_slip, self._session, *(order.id for order in orders)))

    def show_unheard_slip(self) -> None:
        """The same of every order of which nothing proves that the centre knows."""
        self._seal(partial(make_unheard_slip, self._session))

    def _seal(self, work: Callable[[Progress], Slip]) -> None:
        if not self._sealing:  # each making is recorded
            self._sealing = True
            self._kit.runner.start("db", work, self._sealed, self._not_sealed)

    def print_form(self, order: Order) -> None:
        """The application form of an order."""
        work = work_of(_titled_form, self._session, order)
        self._kit.runner.start("db", work, self._drawn, self._failed)

    def _sealed(self, slip: Slip) -> None:
        self._sealing = False
        if self._is_left():
            return
        dialog = SlipDialog(self._kit, self._window, slip)
        dialog.paper_wanted.connect(self.paper_ready)
        dialog.open()
        self.changed.emit()

    def _not_sealed(self, error: Exception) -> None:
        self._sealing = False
        self._failed(error)

    def _drawn(self, form: tuple[Pdf, str]) -> None:
        if not self._is_left():
            self.paper_ready.emit(*form)
        self.changed.emit()

    def _is_left(self) -> bool:
        """Over the page that is in front by now it would take the keyboard of who works there; that is said."""
        left = not is_in_front(self._window)
        if left:
            toast(self._kit, self._window, "orders.behind", tone=Tone.WARN)
        return left


def _titled_form(session: Session, order: Order) -> tuple[Pdf, str]:
    """Another one may be asked for before it is drawn."""
    return draw_stop_form(session, order.id), order.number
