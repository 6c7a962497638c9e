"""Who is on duty at a centre: this shift and the next on the duty leader's page, and a form to plan one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from desktop.domain.installation.duty_plan import DutyShift
from desktop.domain.installation.officer import Officer, Permission
from desktop.services.orders.duty_plans import DutyRota, duty_rota, plan_shift
from desktop.services.orders.rota_approvals import WaitingApprovals
from desktop.services.session import Session
from desktop.ui.shared.dialogs.dialog_actions import DialogActions
from desktop.ui.shared.dialogs.form_dialog import AHEAD, FilledForm, Form, FormText, Input, choice
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.latest import Latest
from desktop.ui.shared.kit.task_runner import work_of
from desktop.ui.shared.text.datetime_text import show_local
from desktop.ui.shared.text.moment_text import moment
from desktop.ui.shared.widgets.input.line_edit import Option


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
