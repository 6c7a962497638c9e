"""Add to a registered report what was told later: words, transfers, leads. Nothing that stands is touched."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from desktop.domain.case_file.views import CaseFile
from desktop.domain.cases.case import Identifier
from desktop.domain.cases.form_facts import amount_of, identifiers_of, transfer_of
from desktop.domain.cases.intake import IdentifierText, IntakeForm, TransferText
from desktop.domain.cases.payments.transfer import Transfer
from desktop.domain.cases.people.victim import VictimText
from desktop.domain.cases.supplement import Supplement, SupplementText
from desktop.domain.errors import UserInputError
from desktop.domain.identifiers import guess_kind
from desktop.domain.identifiers.plain import clean
from desktop.domain.ids import CaseId, IdentifierId, SupplementId, TransferId
from desktop.domain.installation.officer import Permission
from desktop.domain.time.local_time import read_time
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import IDENTIFIER_RECORDED, SUPPLEMENT_RECORDED, TRANSFER_RECORDED
from desktop.services.look_up import file_in
from desktop.services.session import Session


def add_supplement(session: Session, case: CaseId, typed: SupplementText) -> Supplement:
    """Record a supplement with the transfers and leads it brings; leads the case has already are left out.

    Raises:
        UserInputError: ``case.unknown``; ``supplement.empty``; ``supplement.amount`` and ``supplement.time`` for the
            first transfer whose amount or time can not be read; ``supplement.future``.
    """
    session.require(Permission.WRITE_CASES)
    now = session.clock.now()
    if typed.reported_at > now:
        raise UserInputError("supplement.future")
    with session.store.write() as transaction:
        file = file_in(transaction, case)
        transfers = tuple(_transfers(session, file, typed))
        identifiers = tuple(_identifiers(session, file, typed))
        supplement = Supplement(
            SupplementId(session.ids.new_id()),
            typed.source,
            typed.reported_at,
            clean(typed.text),
            now,
            session.officer.number,
            tuple(item.id for item in transfers),
            tuple(item.id for item in identifiers),
        )
        if not (supplement.text or transfers or identifiers):
            raise UserInputError("supplement.empty")
        news = [
            *(
                NewEntry(TRANSFER_RECORDED, f"transfer/{t.id}", t.to_fields(case))
                for t in transfers
            ),
            *(
                NewEntry(IDENTIFIER_RECORDED, f"identifier/{i.id}", i.to_fields(case))
                for i in identifiers
            ),
            NewEntry(
                SUPPLEMENT_RECORDED, f"supplement/{supplement.id}", supplement.to_fields(case)
            ),
        ]
        transaction.append_all(session.officer.number, news)
    return supplement


def _transfers(session: Session, file: CaseFile, typed: SupplementText) -> Iterator[Transfer]:
    """The typed transfers behind those the case has."""
    now = session.clock.now()
    filled = [item for item in typed.transfers if not item.is_blank()]
    victim = VictimText(name=file.case.victim.name)
    form = IntakeForm(file.case.id, victim=victim, transfers=tuple(filled))
    last = max((item.position for item in file.transfers), default=0)
    for index, item in enumerate(filled):
        _readable(session, item, index + 1)
        transfer = transfer_of(form, index, now)
        key = TransferId(item.id or session.ids.new_id())
        yield replace(transfer, id=key, position=last + index + 1)


def _readable(session: Session, item: TransferText, number: int) -> None:
    now = session.clock.now()
    if not amount_of(item.amount):
        raise UserInputError("supplement.amount", number=number)
    at = read_time(item.time, now)
    if item.time.strip() and at is None:
        raise UserInputError("supplement.time", number=number)
    if at is not None and at > now:
        raise UserInputError("supplement.future")


def _identifiers(session: Session, file: CaseFile, typed: SupplementText) -> Iterator[Identifier]:
    """Leads of known kind, then one a line with the kind it looks most like; known ones and repeats are left out."""
    known = {item.normal for item in file.identifiers}
    lines = ((next(iter(guess_kind(line)), ""), line) for line in typed.identifiers.splitlines())
    typed_lines = (IdentifierText("", kind, line) for kind, line in (*typed.leads, *lines))
    form = IntakeForm(file.case.id, identifiers=(*typed_lines, *typed.found))
    for lead in identifiers_of(form, session.directories, session.today):
        if lead.normal not in known:
            known.add(lead.normal)
            yield replace(lead, id=IdentifierId(session.ids.new_id()))
