"""Where the money of cases is at an instant, for whatever shows or sends it: one source (``docs/money.md``)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from desktop.domain.case_file.clocks import ClockFacts
from desktop.domain.cases.payments.transfer import Account
from desktop.domain.flow.flow_moves import WHOLE, FlowScope
from desktop.domain.flow.money_places import FlowRules, FlowWorld, MoneyPlaces
from desktop.domain.flow.reported_payments import ReportedPayment, merged, reported_payments
from desktop.domain.ids import CaseId
from desktop.domain.installation.officer import Permission
from desktop.domain.law.rules import RulePack
from desktop.domain.money.dispositions import Disposition, MoneySums
from desktop.domain.money.money_flow import CashOutKind, TracingMethod
from desktop.domain.records.fields import Json
from desktop.services.session import Session


def clock_tolerance(rules: RulePack, on: date) -> int:
    """Seconds by which the clocks of two banks may differ."""
    return int(rules.duration("tracing.clock_tolerance", on).total_seconds())


def flow_world(
    session: Session,
    facts: Sequence[ClockFacts],
    every: Sequence[ReportedPayment] | None = None,
    scope: FlowScope = WHOLE,
) -> FlowWorld:
    """What is known of the money of some cases together. ``every``: their payments where more is known of them than the
    cases tell, as by statements; what lies outside of ``scope`` is not followed."""
    if every is None:
        every = merged(*(reported_payments(item) for item in facts))
    chosen = scope.tolerance
    tolerance = clock_tolerance(session.rules, session.today) if chosen is None else chosen

    def cash_out_of(account: Account) -> CashOutKind | None:
        return session.flow.cash_out_of(account.number, account.name, account.bank)

    rules = FlowRules(cash_out_of, session.rules, tolerance)
    return FlowWorld(facts, _within(scope, every), every, rules, scope)


def _within(scope: FlowScope, every: Sequence[ReportedPayment]) -> Sequence[ReportedPayment]:
    """The payments of a scope: what came back of one belongs where that belongs."""
    if scope is WHOLE:
        return every
    held = [item for item in every if scope.holds(item.flow)]
    names = {name for item in held for name in item.ids}
    return tuple(item for item in held if not item.of or item.of in names)


def money_places(session: Session, facts: Sequence[ClockFacts]) -> MoneyPlaces:
    """Where the money of some cases together is: that of one case, or of a series."""
    world = flow_world(session, facts)
    return world.places(world.traced(TracingMethod.FIFO))


def sums_document(sums: MoneySums) -> dict[str, Json]:
    """The seven sums and what banks hold, in fen, for the command line."""
    seven = {f"{item.value}_fen": sums.fen(item) for item in Disposition}
    return {"stopped_fen": sums.stopped_fen, **seven}


def sums_by_case(
    session: Session, at: datetime, cases: Collection[CaseId]
) -> Mapping[CaseId, MoneySums]:
    """The seven sums of each of some cases at an instant."""
    session.require(Permission.READ_CASES)
    with session.store.read() as reader:
        found = reader.clock_facts(cases=cases)
    return {item.case: money_places(session, [item]).at(at) for item in found}
