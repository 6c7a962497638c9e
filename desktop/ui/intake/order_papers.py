"""What can be done with an order on the spot: print its form, show its code."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.ids import OrderId
from desktop.domain.intake import IntakeForm
from desktop.domain.order import Order
from desktop.domain.progress import Progress
from desktop.services.orders.make_slip import Slip
from desktop.services.ports import Pdf
from desktop.ui.intake.port import IntakeNavigator, IntakePort
from desktop.ui.intake.slip_view import SlipView
from desktop.ui.shared.dialogs.error_presenter import present
from desktop.ui.shared.kit.kit import Kit


def _print(port: IntakePort, order: Order, _progress: Progress) -> tuple[Pdf, str]:
    return port.draw_stop_form(order.id), order.number


def _slip(port: IntakePort, order: OrderId, _progress: Progress) -> Slip:
    return port.make_slip(order)


def _masked(
    port: IntakePort, form: IntakeForm, index: int, task: str, _: Progress
) -> tuple[IntakeForm, Pdf]:
    return form, port.draw_masked_slip(form, index, task)


class OrderPapers(QObject):
    """``done`` follows each paper that was made and each code that was shown; ``recorded(form)`` before it, where the
    form was registered for the paper."""

    done = Signal()
    recorded = Signal(object)

    def __init__(
        self, kit: Kit, host: QWidget, port: IntakePort, navigator: IntakeNavigator
    ) -> None:
        super().__init__(host)
        self._kit = kit
        self._host = host
        self._port = port
        self._navigator = navigator
        self._sealing = False

    def print_form(self, order: Order) -> None:
        """Make 《紧急止付申请表》 and hand it to the window."""
        work = partial(_print, self._port, order)
        self._kit.runner.start("db", work, self._printed, self._failed)

    def show_slip(self, order: OrderId) -> None:
        """Seal the order to the centre and show the code; pressed again meanwhile, once: each making is recorded."""
        if not self._sealing:
            self._sealing = True
            work = partial(_slip, self._port, order)
            self._kit.runner.start("db", work, self._sealed, self._not_sealed)

    def print_masked(self, form: IntakeForm, index: int) -> None:
        """Make the slip for the paying bank and hand it to the window."""
        payee = form.transfers[index].payee_account
        task = self._kit.words.text("completion.task", account=payee)
        work = partial(_masked, self._port, form, index, task)
        self._kit.runner.start("db", work, self._masked_printed, self._failed)

    def _masked_printed(self, made: tuple[IntakeForm, Pdf]) -> None:
        form, pdf = made
        self.recorded.emit(form)
        self._navigator.open_paper(pdf, self._kit.words.text("completion.slip_file"))
        self.done.emit()

    def _printed(self, paper: tuple[Pdf, str]) -> None:
        pdf, number = paper
        title = self._kit.words.text("intake.papers.stop_form_file", number=number)
        self._navigator.open_paper(pdf, title)
        self.done.emit()

    def _not_sealed(self, error: Exception) -> None:
        self._sealing = False
        self._failed(error)

    def _sealed(self, slip: Slip) -> None:
        self._sealing = False
        view = SlipView(self._kit, self._host, slip, self._port.group_account)
        view.print_wanted.connect(self._print_slip)
        view.open()
        self.done.emit()

    def _print_slip(self, slip: Slip) -> None:
        title = self._kit.words.text("intake.slip.file", number=slip.orders[0].number)
        self._navigator.open_paper(slip.pdf, title)

    def _failed(self, error: Exception) -> None:
        present(self._kit, self._host, error)
