"""Small dialogs about an order: why it is withdrawn, its official number, who approved it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.case_file.views import OrderView
from desktop.services.orders.approve_order import TypedApproval
from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.orders.order_texts import kind_text, target_text
from desktop.ui.shared.widgets.banner import Banner
from desktop.ui.shared.widgets.button import Variant
from desktop.ui.shared.widgets.card import Row
from desktop.ui.shared.widgets.datetime_field import DateTimeField
from desktop.ui.shared.widgets.fields import TextField
from desktop.ui.shared.widgets.label import Label
from desktop.ui.shared.widgets.password_field import PasswordField


class OrderWordDialog(DialogFrame):
    """One line: ``typed(text)``. ``name`` is ``withdraw`` or ``number``; a withdrawal needs its reason."""

    typed = Signal(str)

    def __init__(
        self, kit: Kit, parent: QWidget, view: OrderView, name: str, value: str = ""
    ) -> None:
        super().__init__(kit, parent, f"ordering.{name}.title")
        self.setObjectName(f"order_{name}_dialog")
        self._needed = name == "withdraw"
        self._banner = Banner(kit, "order_word_banner")
        self.body.addWidget(self._banner)
        _add_what(self, view)
        self.body.addWidget(Label(kit, f"ordering.{name}.text", ink="muted", wrap=True))
        self._line = TextField(kit, "order_word", f"ordering.{name}.label", digits=not self._needed)
        self._line.set_value(value)
        self.body.addWidget(self._line)
        self.add_button("shared.cancel", name="order_word_cancel")
        variant = Variant.DANGER if self._needed else Variant.PRIMARY
        self._accept = self.add_button(
            f"ordering.{name}.accept", variant=variant, name="order_word_accept", closes=False
        )
        self._accept.clicked.connect(self._tell)
        self.set_default(self._accept)
        self._line.edited.connect(self._edited)
        self._edited(value)
        self._line.setFocus()

    def show_error(self, error: Exception) -> None:
        """What was typed stays."""
        self._banner.show_error(error)

    def _edited(self, text: str) -> None:
        self._accept.setEnabled(bool(text.strip()) or not self._needed)

    def _tell(self) -> None:
        self.typed.emit(self._line.value())


class ApprovalDialog(DialogFrame):
    """``typed(TypedApproval)``. The approval itself is on paper; a second person confirms that it is there.

    ``refusing``: it was not given, and why.
    """

    typed = Signal(object)

    def __init__(self, kit: Kit, parent: QWidget, view: OrderView, *, refusing: bool) -> None:
        way = "refuse" if refusing else "approve"
        super().__init__(kit, parent, f"ordering.{way}.title")
        self.setObjectName("approval_dialog")
        self._refusing = refusing
        self._banner = Banner(kit, "approval_banner")
        self.body.addWidget(self._banner)
        _add_what(self, view)
        self._add_level(view)
        self.by = TextField(kit, "approval_by", "ordering.approved_by")
        self.number = TextField(kit, "approval_number", "ordering.approval_number")
        self.at = DateTimeField(kit, "approval_at", "ordering.approved_at")
        self.at.set_instant(kit.ticks.now())
        self.reason = TextField(kit, "approval_reason", "ordering.refuse.reason")
        self.body.addWidget(self.by)
        if refusing:
            self.body.addWidget(self.reason)
        else:
            self._pair(self.number, self.at)
        self.body.addWidget(Label(kit, "ordering.witness.text", ink="muted", wrap=True))
        self.witness = TextField(kit, "approval_witness", "ordering.witness.number", digits=True)
        self.password = PasswordField(kit, "approval_password", "ordering.witness.password")
        self._pair(self.witness, self.password)
        for field in (self.number, self.at, self.reason):
            if field.parent() is None:
                field.setParent(self)
                field.hide()
        self.add_button("shared.cancel", name="approval_cancel")
        variant = Variant.DANGER if refusing else Variant.PRIMARY
        self._accept = self.add_button(
            f"ordering.{way}.accept", variant=variant, name="approval_accept", closes=False
        )
        self._accept.clicked.connect(self._tell)
        self.set_default(self._accept)
        for line in (self.by, self.reason):
            line.edited.connect(self._edited)
        self._edited("")
        self.by.setFocus()

    def show_error(self, error: Exception) -> None:
        """What was typed stays, but for the password."""
        self._banner.show_error(error)
        self.password.set_value("")

    def _add_level(self, view: OrderView) -> None:
        note = Label(self.kit, ink="muted", wrap=True)
        level = self.kit.texts.text(f"ordering.level.{view.order.level.value}")
        note.set_key("ordering.needs", level=level)
        self.body.addWidget(note)

    def _pair(self, left: QWidget, right: QWidget) -> None:
        row = Row(self.kit, gap="field_gap")
        row.addWidget(left, 1)
        row.addWidget(right, 1)
        self.body.addLayout(row)

    def _edited(self, _text: str) -> None:
        whole = self.by.value() and (self.reason.value() or not self._refusing)
        self._accept.setEnabled(bool(whole))

    def _tell(self) -> None:
        self.typed.emit(
            TypedApproval(
                self.by.value(),
                self.number.value(),
                self.at.instant(),
                self.reason.value() if self._refusing else "",
                self.witness.value(),
                self.password.value(),
            )
        )


def _add_what(dialog: DialogFrame, view: OrderView) -> None:
    what = Label(dialog.kit, role="strong", wrap=True)
    kind = kind_text(dialog.kit, view.order)
    what.set_text(f"{kind}　{target_text(view.order)}　{view.order.number}")
    dialog.body.addWidget(what)
