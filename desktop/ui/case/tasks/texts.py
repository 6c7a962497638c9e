"""Tasks and proposals in words: what is to be done, by when, and how pressing it is."""

from __future__ import annotations

from datetime import datetime

from desktop.domain.case_file.task_proposals import TaskProposal
from desktop.domain.cases.payments.transfer import Transfer
from desktop.domain.cases.tasks.assigned_task import is_assigned
from desktop.domain.cases.tasks.task import Task, TaskSource
from desktop.domain.masking import masked_account, masked_text
from desktop.services.case_sheet import CaseSheet
from desktop.ui.case.tasks.line import LineFace
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.text.amounts import yuan
from desktop.ui.shared.text.moment_text import moment
from desktop.ui.shared.widgets.texts.clock_face import duration_text


def proposal_text(kit: Kit, proposal: TaskProposal, sheet: CaseSheet) -> str:
    """What the program proposes, with the transfer it speaks of."""
    about = proposal.about.partition("/")[2]
    transfer = next((item for item in sheet.file.transfers if item.id == about), None)
    return kit.texts.text(f"tasks.proposal.{proposal.source.value}", **_named(transfer))


def _named(transfer: Transfer | None) -> dict[str, str]:
    if transfer is None:
        return {}
    payee = transfer.payee
    number = masked_account(payee.number)
    whole_payee = " ".join(part for part in (payee.name, payee.bank, number) if part)
    return {"amount": yuan(transfer.amount_fen), "payee": whole_payee or "—"}


def task_face(kit: Kit, task: Task, sheet: CaseSheet, now: datetime, *, revealed: bool) -> LineFace:
    """A task as its line shows it at ``now``; numbers of persons masked unless ``revealed``."""
    text = task.text if revealed else masked_text(task.text)
    chip = _chip(kit, task, sheet)
    if task.done_at is not None:
        note = kit.texts.text(
            "tasks.done", at=moment(kit, task.done_at), officer=sheet.officer(task.done_by)
        )
        return LineFace(text, note, chip=chip, done=True)
    if task.due is None:
        return LineFace(text, "", chip=chip)
    if task.overdue(now):
        late = duration_text(kit.texts, int((now - task.due).total_seconds()))
        return LineFace(text, kit.texts.text("shared.clock.overdue", time=late), Tone.BAD, chip)
    today = task.due.astimezone(kit.zone).date() == now.astimezone(kit.zone).date()
    note = kit.texts.text("tasks.due", at=_when(kit, task.due, now))
    return LineFace(text, note, Tone.WARN if today else Tone.NEUTRAL, chip)


def _chip(kit: Kit, task: Task, sheet: CaseSheet) -> str:
    request = next(
        (one for one in sheet.file.assigned if one.request and one.task.id == task.id), None
    )
    if request is not None:
        state = kit.texts.text(f"assigned.state.{request.state.value}")
        return kit.texts.text("tasks.request", state=state)
    if is_assigned(task):
        return kit.texts.text("tasks.assigned")
    return kit.texts.text("tasks.promise") if task.source == TaskSource.PROMISE else ""


def proposal_face(kit: Kit, proposal: TaskProposal, sheet: CaseSheet) -> LineFace:
    """A proposal as its line shows it."""
    text = proposal_text(kit, proposal, sheet)
    take, chip = kit.texts.text("tasks.take"), kit.texts.text("tasks.proposed")
    return LineFace(text, take, Tone.INFO, chip, proposed=True)


def _when(kit: Kit, due: datetime, now: datetime) -> str:
    here, there = now.astimezone(kit.zone), due.astimezone(kit.zone)
    days = (there.date() - here.date()).days
    if days in {0, 1}:
        name = "moments.today" if days == 0 else "moments.tomorrow"
        return kit.texts.text(name, clock=f"{there:%H:%M}")
    return f"{there:%m-%d %H:%M}"
