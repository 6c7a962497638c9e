"""Everything the forms of a case are filled from, with what only some of them need."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final

from desktop.domain.case_file.clocks import facts_of as clock_facts_of
from desktop.domain.case_file.merge import first_of_victim, paid_by_others
from desktop.domain.case_file.views import CaseFile
from desktop.domain.cases.payments.refund import Refund, RefundAccount, RefundShare, takes_part
from desktop.domain.cases.payments.transfer import Account
from desktop.domain.evidence.photographing import filmed, missing_shots
from desktop.domain.flow.sheet import FlowSheet
from desktop.domain.ids import CaseId
from desktop.domain.installation.officer import Permission
from desktop.domain.money.money_flow import TracingMethod
from desktop.services.cases.changes.merge_cases import whole_in
from desktop.services.cases.form.compare_clock import clock_behind
from desktop.services.duty_phone import own_duty_phone
from desktop.services.flow.show_flow import losses_of, shares_of, show_flow
from desktop.services.look_up import officer_names
from desktop.services.papers.enquiry_sheet import enquiry_facts
from desktop.services.papers.statement_facts import STORIES, statement_of
from desktop.services.ports import PaperFacts, Reader
from desktop.services.session import Session
from desktop.services.where_money_is import money_places

CONTACT_SHEET: Final = "contact_sheet"
"""The form that shows pictures."""
_REFUNDS: Final = frozenset({"return_decision", "return_notice", "return_shares"})
"""Forms that say how much of what is frozen is the victim's."""


def refund_of(session: Session, case: CaseId) -> Refund:
    """What is frozen where the victim's money went, by whichever case, divided among every victim whose money reached
    it. Each victim of a report, and of those that were joined to it, has a share; whoever reported twice has one.

    Raises ``UserInputError("case.unknown")``.
    """
    session.require(Permission.READ_CASES)
    with session.store.read() as reader:
        lead = reader.case_group(case).lead
    own = show_flow(session, (lead,))
    with session.store.read() as reader:
        cases = _beside(reader, own, lead)
        wholes = {name: whole_in(reader, name) for name in cases}
    sheet = show_flow(session, cases) if len(cases) > 1 else own
    victims = {
        victim.case.id: victim
        for file, merger in wholes.values()
        for victim in (file, *(report.file for report in merger.reports))
    }
    sheet = _by_victim(sheet, [file for file, _ in wholes.values()], victims)
    numbers = {name: file.case.number for name, file in victims.items()}
    whole, merger = wholes[lead]
    report = victims.get(case)
    together = (whole.case, *(joined.file.case for joined in merger.reports))
    mine = first_of_victim(report.case, together) if report is not None else case
    return Refund(mine, takes_part(mine, _accounts(sheet, numbers)))


def _by_victim(
    sheet: FlowSheet, wholes: Iterable[CaseFile], victims: Mapping[CaseId, CaseFile]
) -> FlowSheet:
    """Where payments are those of the victim who lost them, not of the case that tells or leads."""
    files = tuple(wholes)
    lost = {
        f"transfer/{name}": victim
        for file in files
        for name, victim in paid_by_others(file).items()
    }
    named = {CaseId(party.id): party.name for file in files for party in file.case.parties}
    named |= {name: file.case.victim.name for name, file in victims.items()}
    return replace(
        sheet,
        origins={name: lost.get(name, case) for name, case in sheet.origins.items()},
        cases={**sheet.cases, **named},
    )


def _beside(reader: Reader, sheet: FlowSheet, case: CaseId) -> tuple[CaseId, ...]:
    """The case, and those whose victims paid into an account that its money went through."""
    found = {case: None}
    for key, account in sorted(sheet.accounts.items()):
        if account.number and not account.victim:
            for other in reader.same_account(key, case):
                found[reader.case_group(other.case).lead] = None
    return tuple(found)


def _accounts(sheet: FlowSheet, numbers: Mapping[CaseId, str]) -> tuple[RefundAccount, ...]:
    trace, losses = sheet.methods[TracingMethod.FIFO].trace, losses_of(sheet)
    found = []
    for key, account in sorted(sheet.accounts.items()):
        frozen = account.frozen_fen
        if not frozen:
            continue
        shares = tuple(
            RefundShare(
                share.case, numbers.get(share.case, ""), sheet.cases.get(share.case, ""),
                share.loss_fen, share.traced_fen, share.by_loss_fen,
            )
            for share in shares_of(trace, key, frozen, sheet.origins, losses)
        )  # fmt: skip
        found.append(
            RefundAccount(Account(account.name, account.number, account.bank), frozen, shares)
        )
    return tuple(found)


def paper_facts(session: Session, case: CaseId, about: str = "", form: str = "") -> PaperFacts:
    """The facts of a case as they stand now, with those of the reports merged into it, every payment once; ``about``
    as in :class:`PaperFacts`, ``form``: the paper they are for.

    Raises ``UserInputError("case.unknown")``.
    """
    session.require(Permission.READ_CASES)
    with session.store.read() as reader:
        file = file_for_papers(reader, case)
    return facts_of(session, file, about, form=form)


def file_for_papers(reader: Reader, case: CaseId) -> CaseFile:
    """A case as its papers tell it: with the reports merged into it, every payment once.

    Raises ``UserInputError("case.unknown")``.
    """
    file, merger = whole_in(reader, case)
    return merger.once(file)


def facts_of(
    session: Session,
    file: CaseFile,
    about: str = "",
    dated: datetime | None = None,
    form: str = "",
) -> PaperFacts:
    """The same of a case that was read already."""
    officers = officer_names(session)
    facts = PaperFacts(
        file,
        officers,
        session.clock.now(),
        about,
        dated,
        clock=clock_behind(session, file),
        rules=session.rules,
        money=money_places(session, [clock_facts_of(file)]),
        enquiry=enquiry_facts(session, file, officers, session.papers.language),
        duty_phone=own_duty_phone(session, file.case.unit_code),
        questions=tuple(
            (line.question, line.answer)
            for line in statement_of(session, file, officers, about, form).answers
            if line.id not in STORIES  # the form has a place of its own for the story
        ),
    )
    if form in _REFUNDS:
        return replace(facts, refund=refund_of(session, file.case.id))
    return _with_pictures(session, facts) if form == CONTACT_SHEET else facts


def _with_pictures(session: Session, facts: PaperFacts) -> PaperFacts:
    """What a contact sheet shows: the kept thumbnails, and which shots are missing in the lists that were begun."""
    frames = filmed(facts.file.evidence)
    with session.store.read() as reader:
        thumbnails = {item.id: reader.thumbnail(item.id) for item in frames or facts.file.evidence}
    language = session.papers.language
    taken = {item.record.shot for item in frames}
    begun = {name.partition(".")[0] for name in taken}
    lists = [item for item in session.scripts.shots if item.id in begun]
    return replace(
        facts,
        pictures={name: png for name, png in thumbnails.items() if png},
        shots={shot.id: shot.text(language) for item in lists for shot in item.shots},
        missing_shots=tuple(
            shot.text(language) for item in lists for shot in missing_shots(item.shots, taken)
        ),
    )
