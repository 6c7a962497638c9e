"""Whom to ring about an order (值班联系): shown beside it, and written down by the duty leader."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.domain.installation.duty_plan import OnCall
from desktop.domain.orders.target import receiver
from desktop.services.look_up import order as find_order
from desktop.services.orders.duty_plans import drop_on_call, on_call_for, set_on_call
from desktop.services.session import Session
from desktop.ui.shared.dialogs.dialog_actions import DialogActions
from desktop.ui.shared.dialogs.form_dialog import DIGITS, FilledForm, Form, FormText, Input
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.latest import Latest
from desktop.ui.shared.kit.task_runner import work_of
from desktop.ui.shared.widgets.texts.label import Label


class OnCallLine(Label):
    """Of the order that is shown. Where nobody was written down it is hidden, or says so with ``says_none``."""

    def __init__(self, kit: Kit, session: Session, *, says_none: bool = False) -> None:
        super().__init__(kit, role="small", wrap=True)
        self._kit_of_line = kit
        self._session = session
        self._reading = Latest(kit.runner, self)
        self._order = ""
        self._contact: OnCall | None = None
        self._says_none = says_none
        self._known = False
        """Whether it was read."""
        self.setObjectName("order_on_call")
        kit.texts.changed.connect(self._refresh)
        self._refresh()

    def show_order(self, order: str) -> None:
        """Ask for the contact of an order; "" for none. Of the same order, what stands here stays until it is read."""
        self._reading.stop()
        if order != self._order:
            self._order, self._known, self._contact = order, False, None
            self._refresh()
        if order:
            work = work_of(on_call_for, self._session, order)
            self._reading.start("survey", work, self._show, self._not_read)

    def _not_read(self, _error: Exception) -> None:
        """Why nothing can be read, the page says of its list."""

    def _show(self, contact: OnCall | None) -> None:
        self._contact, self._known = contact, True
        self._refresh()

    def _refresh(self) -> None:
        none = self._says_none and self._known and self._contact is None
        self.setVisible(none or self._contact is not None)
        self.set_ink("muted" if none else "")
        if self._contact is not None:
            self.set_text(_contact_text(self._kit_of_line, self._contact))
        elif none:
            self.set_text(self._kit_of_line.texts.text("centre.on_call.nobody"))


def _contact_text(kit: Kit, contact: OnCall) -> str:
    """``值班联系：农业银行 电子银行部 0931-… · 24 小时``."""
    hours = contact.hours or kit.texts.text("centre.on_call.always")
    return kit.texts.text(
        "centre.on_call.line", institution=contact.institution, desk=contact.desk, phone=contact.phone, hours=hours,
    )  # fmt: skip


class OnCallActions(DialogActions):
    """Writes down whom to ring at the institution of an order; without a number it is taken away."""

    def __init__(self, kit: Kit, session: Session, page: QWidget) -> None:
        super().__init__(kit, page)
        self._session = session
        self._reading = Latest(kit.runner, self)

    def ask(self, order: str) -> None:
        """Open the form with what stands."""
        work = work_of(_known, self._session, order)
        self._reading.start("db", work, self._ask_form_of, self._failed)

    def _ask_form_of(self, known: OnCall) -> None:
        rows = (
            FormText("centre.on_call.hint"),
            Input(
                "institution", "centre.on_call.institution", value=known.institution, needed=True
            ),
            Input("desk", "centre.on_call.desk", value=known.desk),
            Input("phone", "centre.on_call.phone", DIGITS, known.phone),
            Input("hours", "centre.on_call.hours", value=known.hours),
        )
        form = Form("on_call", "centre.on_call.title", "centre.on_call.accept", rows, focus="desk")
        self._ask_form(form, partial(_written, self._session), "centre.on_call.saved")


def _known(session: Session, order: str) -> OnCall:
    view = find_order(session, order)
    name = view.order.dispatch.receiver or receiver(view.order)
    return on_call_for(session, order) or OnCall(name, "", "", "")


def _written(session: Session, filled: FilledForm) -> None:
    if filled["phone"].strip():
        typed = OnCall(filled["institution"], filled["desk"], filled["phone"], filled["hours"])
        set_on_call(session, typed)
    else:
        drop_on_call(session, filled["institution"])
