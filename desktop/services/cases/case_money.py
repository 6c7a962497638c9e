"""The amounts of a case and the line of the law they reach: computed from the facts, never recorded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from desktop.domain.case_file.views import CaseFile
from desktop.domain.cases.case import BRANCH
from desktop.domain.cases.form_facts import amount_of, transfers_of
from desktop.domain.cases.intake import IntakeForm
from desktop.domain.cases.payments.amounts import CaseAmounts, amounts_of, last_paid
from desktop.domain.cases.payments.transfer import Transfer
from desktop.domain.law.amount_tiers import Tier, TierLine, offence_of, tier_line
from desktop.domain.law.deadlines import legal_day
from desktop.domain.records.fields import Json
from desktop.services.session import Session


@dataclass(frozen=True, slots=True)
class Money:
    """``loss``: the tier of what is lost; ``attempted``: that of what was only attempted; None for no money."""

    amounts: CaseAmounts
    offence: str
    loss: TierLine | None
    attempted: TierLine | None


def money_of_form(session: Session, form: IntakeForm) -> Money:
    """The money on a form. Pure and fast; called on every keystroke."""
    now = session.clock.now()
    transfers = transfers_of(form, now)
    amounts = amounts_of(transfers, amount_of(form.returned) or 0, amount_of(form.attempted) or 0)
    return _money(session, amounts, form.flags, transfers, now)


def money_of_case(session: Session, file: CaseFile) -> Money:
    """The money of a case."""
    case = file.case
    amounts = amounts_of(file.transfers, case.returned_fen, case.attempted_fen)
    return _money(session, amounts, case.flags, file.transfers, case.accepted_at)


def money_document(money: Money) -> dict[str, Json]:
    """Amounts and tiers for the command line; the tier names its article and days and decides nothing."""
    amounts = money.amounts
    return {
        "gross_fen": amounts.gross_fen,
        "returned_fen": amounts.returned_fen,
        "net_fen": amounts.net_fen,
        "attempted_fen": amounts.attempted_fen,
        "tier": _tier_document(money.loss),
        "attempted_tier": _tier_document(money.attempted),
    }


def _tier_document(line: TierLine | None) -> Json:
    if line is None:
        return None
    return {
        "name": line.tier.value,
        "from_fen": line.rule.value if line.tier is not Tier.ADMINISTRATIVE else 0,
        "next_fen": line.next_rule.value if line.next_rule else None,
        "near_next": line.near,
        "article": line.rule.article,
        "valid_from": f"{line.rule.valid_from}",
        "checked": f"{line.rule.checked}",
        "note": line.rule.note,
    }


def _money(
    session: Session,
    amounts: CaseAmounts,
    flags: tuple[str, ...],
    transfers: Iterable[Transfer],
    now: datetime,
) -> Money:
    """The law of the day of the last payment counts."""
    on = legal_day(last_paid(transfers, now))
    offence, province = offence_of(flags, BRANCH), session.profile.unit_code[:2]

    def tier(fen: int) -> TierLine | None:
        return tier_line(session.rules, fen, on, offence=offence, province=province)

    return Money(amounts, offence, tier(amounts.net_fen), tier(amounts.attempted_fen))
