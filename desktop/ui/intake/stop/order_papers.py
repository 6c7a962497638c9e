"""What can be done with an order on the spot: print its form, show its code."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.domain.cases.intake import IntakeForm
from desktop.domain.identifiers.money.masked_number import group_account
from desktop.domain.ids import OrderId
from desktop.domain.money.amounts import capitals, format_yuan
from desktop.domain.orders.kinds import STOPS
from desktop.domain.orders.order import Order
from desktop.domain.progress import Progress
from desktop.domain.time.local_time import show_time
from desktop.services.orders.make_slip import Slip, make_slip
from desktop.services.papers.draw_form import draw_stop_form
from desktop.services.papers.draw_masked_slip import draw_masked_slip
from desktop.services.papers.draw_order_sheet import draw_order_sheet
from desktop.services.ports import Pdf
from desktop.services.session import Session
from desktop.ui.intake.form.form_model import FormModel
from desktop.ui.intake.setup import IntakeNavigator
from desktop.ui.shared.codes.code_pages import CodePages
from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.dialogs.error_presenter import present
from desktop.ui.shared.kit.actions import Action
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.latest import is_in_front
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.input.button import Button, Variant
from desktop.ui.shared.widgets.layout.card import Column, KeyValues, Row
from desktop.ui.shared.widgets.pages.toast import toast
from desktop.ui.shared.widgets.texts.label import Label


class SlipView(DialogFrame):
    """As large as the window. ``print_wanted(slip)`` asks for it on paper."""

    print_wanted = Signal(object)

    def __init__(self, kit: Kit, parent: QWidget, slip: Slip) -> None:
        super().__init__(kit, parent, "intake.slip.title", wide=True)
        self.setObjectName("slip_view")
        self._slip = slip
        self._take_window(parent.window())
        row = Row(kit, gap="space_xl")
        codes = CodePages(kit, slip.codes, "intake.slip.code", side="qr")
        self.picture = codes.picture
        expanding = QSizePolicy.Policy.Expanding
        self.picture.setSizePolicy(expanding, expanding)
        row.addWidget(codes, 5)
        row.addLayout(self._facts(), 4)
        self.body.addLayout(row, 1)
        size = Label(kit, role="small", ink="muted")
        size.set_key("intake.slip.size", size=slip.size)
        self.buttons.insertWidget(0, size)
        self._print = Action(self, "intake.slip.print", "Ctrl+P")
        self._print.triggered.connect(self._ask_print)
        self.buttons.addWidget(Button.of(kit, self._print, icon="print", name="slip_print"))
        close = self.add_button("intake.slip.close", variant=Variant.PRIMARY, name="slip_close")
        self.set_default(close)
        close.setFocus()

    def _take_window(self, host: QWidget) -> None:
        """A camera wants the code large: fill the window but for a margin."""
        space = self.kit.theme.space
        layout = self.layout()
        item = layout.itemAt(0) if layout else None
        panel = item.widget() if item else None
        if panel is not None:
            panel.setFixedSize(
                max(host.width() - 2 * space("space_xl"), space("dialog_width_wide")),
                max(host.height() - 2 * space("space_xl"), space("dialog_width")),
            )

    def _facts(self) -> Column:
        kit, order = self.kit, self._slip.orders[0]
        column = Column(kit, gap="space_m")
        column.addWidget(Label(kit, "intake.slip.how", ink="muted", wrap=True))
        number = Label(kit, role="figure", wrap=True)
        number.set_text(order.number)
        column.addWidget(number)
        facts = KeyValues(kit, right=False)
        for key, value, role in _elements(order):
            if value:
                facts.add_row(key, value, role=role)
        amount = kit.texts.text("intake.yuan", amount=format_yuan(order.amount_fen))
        facts.add_row("intake.money.amount", amount, role="amount")
        facts.add_row("intake.slip.capitals", capitals(order.amount_fen))
        if order.transfer_time:
            facts.add_row("intake.money.time", show_time(order.transfer_time), role="digits")
        facts.add_row("intake.slip.issued", show_time(order.issued_at), role="digits")
        facts.add_row("intake.slip.by", f"{order.operator_name} {order.issued_by}")
        facts.add_row("intake.slip.unit", order.unit_name)
        column.addWidget(facts)
        column.addStretch(1)
        column.setAlignment(Qt.AlignmentFlag.AlignTop)
        return column

    def _ask_print(self) -> None:
        self.print_wanted.emit(self._slip)


def _elements(order: Order) -> tuple[tuple[str, str, str], ...]:
    return (
        ("intake.money.payee_account", group_account(order.payee.number), "amount"),
        ("intake.money.payee_name", order.payee.name, "strong"),
        ("intake.slip.payee_bank", order.payee.bank, "body"),
        ("intake.money.order_number", order.order_number, "digits"),
        ("intake.money.serial", order.serial, "digits"),
        ("intake.money.payer_name", order.payer.name, "body"),
        ("intake.money.payer_account", group_account(order.payer.number), "digits"),
        ("intake.money.payer_bank", order.payer.bank, "body"),
    )


_Paper = tuple[str, Pdf, str, str]
"""Of which case, the paper, the text key of its title, the number of its order."""


def _print(session: Session, order: Order, case: str, _progress: Progress) -> _Paper:
    if order.kind in STOPS:
        return case, draw_stop_form(session, order.id), "intake.papers.stop_form_file", order.number
    return case, draw_order_sheet(session, order.id), "intake.papers.sheet_file", order.number


def _slip(session: Session, order: OrderId, case: str, _progress: Progress) -> tuple[str, Slip]:
    return case, make_slip(session, order)


def _masked(
    session: Session, form: IntakeForm, index: int, task: str, _: Progress
) -> tuple[IntakeForm, Pdf]:
    return form, draw_masked_slip(session, form, index, task)


class OrderPapers(QObject):
    """``done`` follows each paper that was made and each code that was shown; ``recorded(form)`` before it, where the
    form was registered for the paper.

    They are made in lane ``input``: behind a registering that was asked for before, or they would tell the facts of
    before it; and before any later draft, in whose place the slip for the paying bank keeps the form."""

    done = Signal()
    recorded = Signal(object)

    def __init__(
        self,
        kit: Kit,
        host: QWidget,
        model: FormModel,
        session: Session,
        navigator: IntakeNavigator,
    ) -> None:
        super().__init__(host)
        self._model = model
        self._kit = kit
        self._host = host
        self._session = session
        self._navigator = navigator
        self._sealing = self._printing = False

    def print_form(self, order: Order) -> None:
        """Make 《紧急止付申请表》, of a call-back the sheet to whoever is asked, and hand it to the window; pressed
        again meanwhile, once."""
        if not self._printing:
            self._printing = True
            work = partial(_print, self._session, order, self._model.form.case_id)
            self._kit.runner.start("input", work, self._printed, self._not_printed)

    def show_slip(self, order: OrderId) -> None:
        """Seal the order to the centre and show the code; pressed again meanwhile, once: each making is recorded."""
        if not self._sealing:
            self._sealing = True
            work = partial(_slip, self._session, order, self._model.form.case_id)
            self._kit.runner.start("input", work, self._sealed, self._not_sealed)

    def print_masked(self, form: IntakeForm, index: int) -> None:
        """Make the slip for the paying bank and hand it to the window."""
        payee = form.transfers[index].payee_account
        task = self._kit.texts.text("completion.task", account=payee)
        work = partial(_masked, self._session, form, index, task)
        self._kit.runner.start("input", work, self._masked_printed, self._failed)

    def open(self, case: str, pdf: Pdf, title: str) -> None:
        """Hand a paper of ``case`` to the window. Once that report was left it is not opened: over the next one it
        would take the keyboard of who types."""
        if self._is_here(case):
            self._navigator.open_paper(pdf, title)
        else:
            toast(self._kit, self._host, "intake.papers.behind", tone=Tone.WARN, title=title)

    def _is_here(self, case: str) -> bool:
        return self._model.form.case_id == case and is_in_front(self._host)

    def _masked_printed(self, made: tuple[IntakeForm, Pdf]) -> None:
        form, pdf = made
        self.recorded.emit(form)
        self.open(form.case_id, pdf, self._kit.texts.text("completion.slip_file"))
        self.done.emit()

    def _printed(self, paper: _Paper) -> None:
        self._printing = False
        case, pdf, title, number = paper
        self.open(case, pdf, self._kit.texts.text(title, number=number))
        self.done.emit()

    def _not_printed(self, error: Exception) -> None:
        self._printing = False
        self._failed(error)

    def _not_sealed(self, error: Exception) -> None:
        self._sealing = False
        self._failed(error)

    def _sealed(self, sealed: tuple[str, Slip]) -> None:
        self._sealing = False
        case, slip = sealed
        if not self._is_here(case):
            title = self._kit.texts.text("intake.slip.file", number=slip.orders[0].number)
            toast(self._kit, self._host, "intake.papers.behind", tone=Tone.WARN, title=title)
            return
        view = SlipView(self._kit, self._host, slip)
        view.print_wanted.connect(self._print_slip)
        view.open()
        self.done.emit()

    def _print_slip(self, slip: Slip) -> None:
        title = self._kit.texts.text("intake.slip.file", number=slip.orders[0].number)
        self._navigator.open_paper(slip.pdf, title)

    def _failed(self, error: Exception) -> None:
        present(self._kit, self._host, error)
