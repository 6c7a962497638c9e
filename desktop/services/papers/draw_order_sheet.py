"""The sheet that takes all living orders of a case to one institution, with room for its answers."""

from __future__ import annotations

from desktop.domain.case_file.clocks import facts_of
from desktop.domain.case_file.orders.order_rules import require_out
from desktop.domain.case_file.views import CaseFile, OrderView
from desktop.domain.cases.payments.transfer import Account
from desktop.domain.cases.payments.way import NO_WAY, PaymentWay
from desktop.domain.installation.officer import Permission
from desktop.domain.law.deadlines import AtZero
from desktop.domain.orders.kinds import FREEZES, SPECS, STOPS, OrderTarget
from desktop.domain.orders.order import WAITING, Order, receiver, target_value
from desktop.domain.orders.term import term_rule
from desktop.services.duty_phone import own_duty_phone
from desktop.services.look_up import file_in, officer_names
from desktop.services.order_reach import in_reach, reached_order
from desktop.services.orders.list_orders import OrderRow, rows_of
from desktop.services.ports import OrderLine, OrderSheetFacts, Pdf
from desktop.services.ports.printing.sheets import NO_ACCOUNT, LegalTerm
from desktop.services.session import Session
from desktop.services.where_money_is import money_places

FORM = "order_sheet"


def draw_order_sheet(session: Session, key: str) -> Pdf:
    """The sheet to whoever is to act on an order, with all other orders of the case that wait for the same institution,
    the most urgent first.

    Raises:
        UserInputError: ``order.unknown``.
        RuleError: ``order.not_approved``, ``order.over``: who gets the sheet acts on it.
    """
    session.require(Permission.SEE_ORDERS)
    with session.store.read() as reader:
        view = reached_order(session, reader, key)
        file = file_in(reader, view.case)
    require_out(view)
    pdf = session.sheets.sheet(_facts(session, file, view), session.clock.now())
    return pdf.about(FORM, f"case/{view.case}")


def _facts(session: Session, file: CaseFile, view: OrderView) -> OrderSheetFacts:
    case, name = file.case, receiver(view.order)
    ways = {way.id: way for way in case.ways}
    facts = facts_of(file)
    now = session.clock.now()
    places = money_places(session, [facts])
    rows = [
        item
        for item in rows_of(session, (facts,), lambda _: places).values()
        if item.view.order.id == view.order.id
        or (item.view.state in WAITING and name and receiver(item.view.order) == name)
    ]
    rows = [
        row for row in rows if in_reach(session.directories, session.officer, (row.view.order,))
    ]
    rows.sort(key=lambda row: row.pressing(now).urgency(now))
    found = session.directories.hotline(name) if name else None
    names = officer_names(session)
    people = (view.order.issued_by, view.order.second_officer)
    return OrderSheetFacts(
        institution=name,
        local_case_number=case.number,
        victim=case.victim.name,
        unit_name=case.unit_name,
        unit_phone=own_duty_phone(session, case.unit_code),
        officers=tuple((number, names.get(number, "")) for number in people if number),
        orders=tuple(
            _line(session, item, ways.get(item.view.order.transfer, NO_WAY)) for item in rows
        ),
        hotline=found.numbers[0] if found and found.numbers else "",
        official_case_number=case.official.case or case.official.incident,
    )


def _line(session: Session, item: OrderRow, way: PaymentWay) -> OrderLine:
    made, clock = item.view.order, item.clock
    due = clock if clock is not None and clock.at_zero is not AtZero.CHANCE else None
    return OrderLine(
        local_number=made.number,
        kind=made.kind,
        state=item.view.state,
        account=_account(made),
        amount_fen=made.amount_fen,
        transfer_time=made.transfer_time,
        channel=made.channel,
        issued_at=made.issued_at,
        order_number=made.order_number,
        serial=made.serial,
        official_number=made.official,
        reason=made.reason,
        until=due.at if due is not None else None,
        article=item.article if due is not None else "",
        term=_term(session, made) if made.kind in {*STOPS, *FREEZES} else None,
        terms=made.terms,
        payer=made.payer if made.addressee not in {"", made.payee.bank} else NO_ACCOUNT,
        way=way if made.about == f"transfer/{made.transfer}" else NO_WAY,
    )


def _term(session: Session, made: Order) -> LegalTerm:
    rule = session.rules.rule(term_rule(made), session.today)
    return LegalTerm(rule.value, rule.unit, rule.article)


def _account(made: Order) -> Account:
    """The account; of an order about a number or a site, that stands in its place."""
    if SPECS[made.kind].target is OrderTarget.PAYMENT:
        return made.payee
    return Account(number=target_value(made))
