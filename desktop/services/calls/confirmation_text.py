"""What a caller is sent by hand and brings along: that the report was taken, what is to be stopped, and where to go.

The code on it is the mark of the case (:mod:`desktop.domain.papers.paper_code`): scanned at a station it finds the case
that was offered there, and says nothing about anybody.
"""

from __future__ import annotations

from collections.abc import Callable

from desktop.domain.case_file.orders.order_rules import NOT_OUT
from desktop.domain.case_file.views import CaseFile
from desktop.domain.installation.officer import Permission
from desktop.domain.masking import masked_account
from desktop.domain.orders.kinds import STOPS
from desktop.domain.papers.paper_code import paper_mark
from desktop.domain.records.numbers import short_case_number
from desktop.domain.time.local_time import show_time
from desktop.services.ports import CallSlipFacts, Pdf
from desktop.services.session import Session

FORM = "call_slip"


def call_slip_facts(session: Session, file: CaseFile) -> CallSlipFacts:
    """The facts of the message and the slip; nothing in them names the victim or a whole account."""
    own, case = session.profile, file.case
    stopped = (
        view.order for view in file.orders if view.order.kind in STOPS and view.state not in NOT_OUT
    )
    numbers = dict.fromkeys(masked_account(order.payee.number) for order in stopped)
    mark = paper_mark(case.number)
    return CallSlipFacts(
        own.unit_name,
        short_case_number(case.number),
        case.accepted_at,
        tuple(filter(None, numbers)),
        case.unit_name if case.unit_code != own.unit_code else "",
        own.duty_phone,
        mark,
        session.slips.qr_png(mark.encode("ascii")) if mark else b"",
    )


def draw_call_slip(session: Session, file: CaseFile) -> Pdf:
    """The slip on paper, for the victim to bring: the message and the code, large."""
    session.require(Permission.READ_CASES)
    pdf = session.sheets.sheet(call_slip_facts(session, file), session.clock.now())
    return pdf.about(FORM, f"case/{file.case.id}")


def message_text(text: Callable[..., str], facts: CallSlipFacts) -> str:
    """The message as one line, ready to be sent; ``text`` gives the words of a key of the catalogue."""
    at = show_time(facts.at)[5:16]
    parts = [text("calls.message.taken", unit=facts.unit, number=facts.number, at=at)]
    accounts = text("calls.message.comma").join(facts.accounts)
    parts.append(text("calls.message.stopped", accounts=accounts) if accounts else "")
    parts.append(text("calls.message.advice"))
    parts.append(text("calls.message.station", station=facts.station) if facts.station else "")
    parts.append(text("calls.message.phone", phone=facts.duty_phone) if facts.duty_phone else "")
    return "".join(parts)
