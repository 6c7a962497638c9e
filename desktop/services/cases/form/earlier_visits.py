"""Whether the person was here before: earlier cases with the same paper, telephone, or name and account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desktop.domain.cases.form_facts import clean_account, parties_of, victim_of
from desktop.domain.cases.intake import IntakeForm
from desktop.domain.cases.people.person_keys import Sameness, person_keys
from desktop.domain.ids import CaseId
from desktop.domain.installation.officer import Permission
from desktop.services.session import Session


@dataclass(frozen=True, slots=True)
class EarlierVisit:
    """An earlier case of what seems to be the same person. ``officer``: the name of who took it, else the number.

    ``why``: what is the same, the surest first; ``whose``: the names of those it is the same of, but for the victim.
    """

    case: CaseId
    number: str
    visit: str
    type: str
    accepted_at: datetime
    officer: str
    loss_fen: int
    why: tuple[Sameness, ...]
    whose: tuple[str, ...] = ()


def earlier_visits(session: Session, form: IntakeForm) -> tuple[EarlierVisit, ...]:
    """Earlier cases on this desk, the newest first. It warns: whether it is a repeat, and what follows from that
    (程序规定第一百七十五条: 不再登记，有新事实的除外), the officer decides."""
    session.require(Permission.READ_CASES)
    accounts = (clean_account(transfer.payer_account) for transfer in form.transfers)
    keys = {
        **{
            key: (why, party.name)
            for party in parties_of(form)
            for key, why in person_keys(party, ()).items()
        },
        **{key: (why, "") for key, why in person_keys(victim_of(form), accounts).items()},
    }
    if not keys:
        return ()
    with session.store.read() as reader:
        found = reader.same_person(tuple(keys), CaseId(form.case_id))
        names = {officer.number: officer.name for officer in reader.officers()}
    reports = []
    for card, shared in found:
        why = {keys[key][0] for key in shared}
        whose = dict.fromkeys(keys[key][1] for key in shared)
        reports.append(
            EarlierVisit(
                card.id,
                card.number,
                card.visit,
                card.type,
                card.accepted_at,
                names.get(card.accepted_by, "") or card.accepted_by,
                card.loss_fen,
                tuple(item for item in Sameness if item in why),
                tuple(filter(None, whose)),
            )
        )
    return tuple(reports)
