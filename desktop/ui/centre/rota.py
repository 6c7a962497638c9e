"""Who is on duty at a centre, this shift and the next, with a form to plan one; and whom to ring about an order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.domain.installation.duty_plan import DutyShift, OnCall
from desktop.domain.installation.officer import Officer, Permission
from desktop.domain.orders.order import receiver
from desktop.services.look_up import order as find_order
from desktop.services.orders.shift.duty_plans import (
    DutyRota,
    drop_on_call,
    duty_rota,
    on_call_for,
    plan_shift,
    set_on_call,
)
from desktop.services.orders.shift.rota_approvals import WaitingApprovals
from desktop.services.session import Session
from desktop.ui.shared.dialogs.dialog_actions import DialogActions
from desktop.ui.shared.dialogs.form_dialog import (
    AHEAD,
    DIGITS,
    FilledForm,
    Form,
    FormText,
    Input,
    choice,
)
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.latest import Latest
from desktop.ui.shared.kit.task_runner import work_of
from desktop.ui.shared.text.datetime_text import show_local
from desktop.ui.shared.text.moment_text import moment
from desktop.ui.shared.widgets.input.line_edit import Option
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


@dataclass(frozen=True, slots=True)
class _Planning:
    officers: Sequence[Officer]
    rota: DutyRota


def shift_text(kit: Kit, key: str, shift: DutyShift | None, names: Mapping[str, str]) -> str:
    """``本班 08:00–20:00　值班长 赵军　审批 钱伟``; that nobody is planned where there is none."""
    texts = kit.texts
    if shift is None:
        return texts.text(f"centre.rota.no_{key}")
    begins, ends = show_local(shift.begins, kit.zone), show_local(shift.ends, kit.zone)
    parts = [texts.text(f"centre.rota.{key}", begins=begins[5:16], ends=ends[11:16])]
    for role, number in (("leader", shift.leader), ("approver", shift.approver)):
        if number:
            parts.append(texts.text(f"centre.rota.{role}_is", name=names.get(number, number)))
    return "　".join(parts)


def approvals_text(
    kit: Kit, waiting: WaitingApprovals, shift: DutyShift | None, names: Mapping[str, str]
) -> str:
    """``待审批 3 条，找 钱伟，最早 02:10 前``; "" where nothing waits."""
    if not waiting.orders:
        return ""
    approver = shift.approver if shift is not None else ""
    who = names.get(approver, approver) or kit.texts.text("centre.approval.anybody")
    due = waiting.due
    name, at = ("asks_until", moment(kit, due)) if due is not None else ("asks", "")
    return kit.texts.text(f"centre.approval.{name}", count=len(waiting.orders), who=who, at=at)


class RotaActions(DialogActions):
    """Plans a shift: the next one is proposed from where the last ends, for twelve hours."""

    def __init__(self, kit: Kit, session: Session, page: QWidget) -> None:
        super().__init__(kit, page)
        self._session = session
        self._reading = Latest(kit.runner, self)

    def ask(self) -> None:
        """Open the form."""
        work = work_of(_planning, self._session)
        self._reading.start("db", work, self._ask_form_of, self._failed)

    def _ask_form_of(self, planning: _Planning) -> None:
        own = [one for one in planning.officers if one.vouches]
        people = tuple(Option(one.number, text=f"{one.name}　{one.number}") for one in own)
        nobody = Option("", key="centre.rota.nobody")
        approvers = (
            Option(one.number, text=f"{one.name}　{one.number}")
            for one in own
            if one.may(Permission.APPROVE_ORDERS)
        )
        last = planning.rota.shifts[-1] if planning.rota.shifts else None
        begins = last.ends if last is not None else self._kit.ticks.now()
        ends = begins + (last.ends - last.begins) if last is not None else None
        rows = (
            FormText("centre.rota.hint"),
            (
                Input("begins", "centre.rota.begins", AHEAD, begins, needed=True),
                Input("ends", "centre.rota.ends", AHEAD, ends, needed=True),
            ),
            Input("leader", "centre.rota.leader", choice(people), needed=True),
            Input("approver", "centre.rota.approver", choice((nobody, *approvers))),
        )
        form = Form("rota", "centre.rota.title", "centre.rota.accept", rows, focus="begins")

        def act(filled: FilledForm) -> None:
            begins, ends = filled.moment("begins"), filled.moment("ends")
            plan_shift(self._session, DutyShift(begins, ends, filled["leader"], filled["approver"]))

        self._ask_form(form, act, "centre.rota.saved")


def _planning(session: Session) -> _Planning:
    with session.store.read() as reader:
        officers = tuple(one for one in reader.officers(session.profile.device) if one.roles)
    return _Planning(officers, duty_rota(session))
