"""The slip that asks the paying bank for the whole payee account of a transfer, and its reminder."""

from __future__ import annotations

from desktop.domain.case_file.task_proposals import TaskProposal
from desktop.domain.case_file.views import CaseFile
from desktop.domain.cases.intake import IntakeForm
from desktop.domain.cases.payments.transfer import Transfer
from desktop.domain.cases.tasks.task import TaskSource
from desktop.domain.identifiers.money.masked_number import read_masked
from desktop.domain.installation.officer import Permission
from desktop.domain.reference.directories import Directories
from desktop.services.cases.changes.register_report import record_form
from desktop.services.cases.tasks import accept_proposal, due_by_rule
from desktop.services.look_up import case_file
from desktop.services.ports import MaskedSlipFacts, Pdf
from desktop.services.session import Session


def draw_masked_slip(session: Session, form: IntakeForm, index: int, task: str) -> Pdf:
    """Register what the form holds, draw the slip for transfer ``index`` and take on ``task``, the reminder.

    The draft stays open. Raises ``UserInputError("report.empty")`` when nothing was typed.
    """
    session.require(Permission.WRITE_CASES)
    with session.store.write() as transaction:
        case = record_form(session, transaction, form).case
        transaction.save_draft(form.recorded(), session.officer.number)
    wanted = form.transfers[index].id
    proposal = TaskProposal(TaskSource.MASKED_NUMBER, f"transfer/{wanted}")
    accept_proposal(session, case, proposal, task)
    file = case_file(session, case)
    transfer = next(item for item in file.transfers if item.id == wanted)
    pdf = session.sheets.sheet(_facts(session, file, transfer), session.clock.now())
    return pdf.about("masked_slip", f"case/{case}")


def _facts(session: Session, file: CaseFile, transfer: Transfer) -> MaskedSlipFacts:
    blotted = read_masked(transfer.payee.number)
    return MaskedSlipFacts(
        local_case_number=file.case.number,
        official_case_number=file.case.official.case or file.case.official.incident,
        victim=file.case.victim.name,
        payer=transfer.payer,
        payee=transfer.payee,
        amount_fen=transfer.amount_fen,
        time=transfer.time,
        channel=transfer.channel,
        serial=transfer.serial,
        order_number=transfer.order_number,
        unit_name=file.case.unit_name,
        officers=((session.officer.number, session.officer.name),),
        hotline=_hotline(session.directories, transfer),
        candidates=blotted.completions() if blotted else (),
        remind_at=due_by_rule(session, TaskSource.MASKED_NUMBER),
    )


def _hotline(directories: Directories, transfer: Transfer) -> str:
    issuer = directories.card_issuer(transfer.payer.number)
    bank = transfer.payer.bank or (issuer.bank if issuer else "")
    found = directories.hotline(bank) if bank else None
    return found.numbers[0] if found and found.numbers else ""
