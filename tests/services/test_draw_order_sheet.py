"""The sheet for one institution holds everything that waits for it, and nothing of anybody else's."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.domain.errors import RuleError
from desktop.domain.orders.money import ApplicationType, MoneyTerms
from desktop.domain.orders.order import OrderKind
from desktop.domain.time.local_time import CHINA
from desktop.services.cases.changes.register_report import register_report
from desktop.services.look_up import case_file, history
from desktop.services.orders.issue_order import issue_order, issue_orders
from desktop.services.orders.order_options import options_of
from desktop.services.orders.order_request import name_target, propose_order
from desktop.services.orders.withdraw_order import withdraw_order
from desktop.services.papers.draw_order_sheet import draw_order_sheet
from desktop.services.papers.note_print import note_saved
from desktop.services.ports import OrderSheetFacts, Pdf, SheetFacts
from desktop.services.session import Session
from tests.support.fake_papers import FakeSheets
from tests.support.sessions import a_form
from tests.support.strict import all_of


class _Noting(FakeSheets):
    facts: OrderSheetFacts | None = None

    def sheet(self, facts: SheetFacts, at: object) -> Pdf:
        del at
        assert isinstance(facts, OrderSheetFacts)
        type(self).facts = facts
        return Pdf(b"sheet", 1)


def test_a_bank_reads_first_what_can_still_be_saved(session: Session) -> None:
    session = replace(session, sheets=_Noting())
    form = a_form(session)
    several = [
        replace(form.transfers[0], id=session.ids.new_id(), time=f"2026-11-24 {time}")
        for time in ("08:00:00", "10:25:00", "09:50:00", "10:20:00")
    ]
    case = register_report(session, replace(form, transfers=tuple(several))).case
    stops = [issue_order(session, case, OrderKind.STOP, place).order for place in range(1, 5)]
    draw_order_sheet(session, stops[0].number)
    facts = _Noting.facts
    assert facts is not None
    times = [line.transfer_time for line in facts.orders]
    first = ("10:20", "10:25", "09:50", "08:00")
    assert [time and f"{time.astimezone(CHINA):%H:%M}" for time in times] == [*first]


def test_one_sheet_takes_all_that_waits_for_one_institution(session: Session) -> None:
    session = replace(session, sheets=_Noting())
    form = a_form(session)
    first = form.transfers[0]
    again = replace(
        first,
        id=session.ids.new_id(),
        amount="500",
        serial="2",
        payee_account="6230520010037788905",
    )
    other = replace(
        again, id=session.ids.new_id(), payee_bank="招商银行", payee_account="6214830160027720"
    )
    case = register_report(session, replace(form, transfers=(first, again, other))).case
    stop = issue_order(session, case, OrderKind.STOP, 1).order
    gone = issue_order(session, case, OrderKind.STOP, 2).order
    issue_order(session, case, OrderKind.STOP, 3)
    withdraw_order(session, gone.id, "账号抄错")
    file = case_file(session, case)
    request = propose_order(session, file, OrderKind.STOP, name_target(file, OrderKind.STOP, 2))
    terms = MoneyTerms(application=ApplicationType.AFTER, original_application="YW1")
    (later,) = issue_orders(session, case, [replace(request, terms=terms)], confirmed=True)
    drawn = draw_order_sheet(session, stop.number)
    facts = _Noting.facts
    assert facts is not None
    assert facts.institution == first.payee_bank
    assert [line.local_number for line in facts.orders] == [stop.number, later.order.number]
    assert facts.orders[0].until is None, "how long there is hope is the desk's matter"
    assert all_of((line.until is None) is (line.article == "") for line in facts.orders)
    term = facts.orders[0].term
    assert term is not None
    assert (term.value, "银发〔2016〕86号" in term.article) == (48, True)
    assert facts.orders[1].terms == terms
    assert history(session, case)[-1].kind != "document.printed", "nobody printed it yet"
    note_saved(session, drawn)
    kept = dict(history(session, case)[-1].fields)
    assert (kept["form"], kept["copies"]) == ("order_sheet", "0")


def test_nobody_is_handed_what_was_not_approved_or_was_taken_back(session: Session) -> None:
    case = register_report(session, a_form(session)).case
    stop = issue_order(session, case, OrderKind.STOP, 1).order
    query = issue_order(session, case, OrderKind.QUERY_DETAILS, 1).order
    with pytest.raises(RuleError, match=r"order\.not_approved"):
        draw_order_sheet(session, query.id)
    withdraw_order(session, stop.id, "账号抄错")
    with pytest.raises(RuleError, match=r"order\.over"):
        draw_order_sheet(session, stop.id)
    file = case_file(session, case)
    assert [options_of(session, file, view).out for view in file.orders] == [False, False]
