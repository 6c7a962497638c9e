"""What is sent to a caller by hand: that the report was taken, what is to be stopped, and where to bring what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desktop.domain.case_file.order_rules import NOT_OUT
from desktop.domain.case_file.views import CaseFile
from desktop.domain.masking import masked_account
from desktop.domain.orders.kinds import STOPS
from desktop.domain.records.numbers import short_case_number
from desktop.services.session import Session


@dataclass(frozen=True, slots=True)
class ConfirmationFacts:
    """``accounts``: masked, those a stop is asked for; ``station``: where the case was assigned, "" while nowhere;
    ``duty_phone``: the centre's, "" where nobody said it."""

    unit: str
    number: str
    at: datetime
    accounts: tuple[str, ...]
    station: str
    duty_phone: str


def confirmation_facts(session: Session, file: CaseFile) -> ConfirmationFacts:
    """The facts of the message; nothing in it names the victim or a whole account."""
    own, case = session.profile, file.case
    stopped = (
        view.order for view in file.orders if view.order.kind in STOPS and view.state not in NOT_OUT
    )
    numbers = dict.fromkeys(masked_account(order.payee.number) for order in stopped)
    return ConfirmationFacts(
        own.unit_name,
        short_case_number(case.number),
        case.accepted_at,
        tuple(filter(None, numbers)),
        case.unit_name if case.unit_code != own.unit_code else "",
        own.duty_phone,
    )
