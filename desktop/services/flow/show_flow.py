"""The money of a case, or of the cases of a series: followed by every method, with what stands out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from desktop.domain.case_file.clocks import ClockFacts, facts_of
from desktop.domain.case_file.views import CaseFile
from desktop.domain.errors import UserInputError, WorldError
from desktop.domain.evidence.item import Evidence
from desktop.domain.flow.flow_moves import WHOLE, FlowScope
from desktop.domain.flow.money_places import FlowWorld
from desktop.domain.flow.reported_payments import merged, reported_payments
from desktop.domain.flow.sheet import FlowAccount, FlowSheet, MethodView, VictimShare
from desktop.domain.ids import CaseId
from desktop.domain.installation.officer import Permission
from desktop.domain.money.money_flow import (
    Trace,
    TracingMethod,
    share_out,
)
from desktop.domain.progress import Progress
from desktop.services.cases.changes.merge_cases import whole_file
from desktop.services.flow.flow_accounts import known_accounts, orders_by_account
from desktop.services.flow.flow_limits import pattern_limits
from desktop.services.flow.flow_statements import statement_payments
from desktop.services.session import Session
from desktop.services.where_money_is import flow_world

_STATEMENTS = (".csv", ".xls", ".xlsx", ".pdf", ".txt", ".zip")


def show_flow(session: Session, cases: Sequence[CaseId], scope: FlowScope = WHOLE) -> FlowSheet:
    """The money of a case, or of several together, each with every report merged into it; what two of them tell of one
    account meets there, and what several tell of one payment counts once. What lies outside of ``scope`` is not
    followed and is no loss here. Raises ``UserInputError("case.unknown")``."""
    session.require(Permission.READ_CASES)
    files, facts = _read(session, cases)
    return _sheet(session, files, flow_world(session, facts, scope=scope))


def _read(
    session: Session, cases: Sequence[CaseId]
) -> tuple[Sequence[CaseFile], Sequence[ClockFacts]]:
    wholes = [whole_file(session, case) for case in cases]
    return [file for file, _ in wholes], [facts_of(file, merger.twice) for file, merger in wholes]


@dataclass(frozen=True, slots=True)
class WithStatements:
    """A flow with the statements of its cases: how many joined, and how many could not be read or be told whose;
    ``absent``: those whose contents have not come here yet."""

    sheet: FlowSheet
    joined: int
    left: int
    absent: int = 0


def show_flow_with_statements(
    session: Session, cases: Sequence[CaseId], progress: Progress, scope: FlowScope = WHOLE
) -> WithStatements:
    """The money of :func:`show_flow`, with every statement among the evidence of these cases; a statement that two of
    them hold counts once. Raises ``UserInputError("case.unknown")``."""
    session.require(Permission.READ_CASES)
    files, facts = _read(session, cases)
    payments = merged(*(reported_payments(item) for item in facts))
    items = [
        (file.case.id, item) for file in files for item in file.evidence if _is_statement(item)
    ]
    joined = absent = unreckoned = 0
    for place, (case, item) in enumerate(items):
        progress.check()
        progress.advance(place, len(items))
        try:
            fresh = statement_payments(session, case, item.id, payments, progress)
        except UserInputError:
            continue
        except WorldError as error:
            if error.code != "vault.missing":
                raise
            absent += 1
            continue
        payments = (*payments, *fresh.payments)
        unreckoned += fresh.unreckoned
        joined += 1
    left = len(items) - joined - absent
    sheet = replace(
        _sheet(session, files, flow_world(session, facts, payments, scope)), unreckoned=unreckoned
    )
    return WithStatements(sheet, joined, left, absent)


def _is_statement(item: Evidence) -> bool:
    return item.name.lower().endswith(_STATEMENTS)


def _sheet(session: Session, files: Sequence[CaseFile], world: FlowWorld) -> FlowSheet:
    now = session.clock.now()
    flows = tuple(item.flow for item in world.payments)
    moves = [flow.move for flow in flows]
    origins = world.origins
    traces = {method: world.traced(method) for method in TracingMethod}
    known = known_accounts(session, files, world, traces.values(), now)
    first = min((move.at for move in moves if move.id in origins), default=None)
    untimed = frozenset(flow.move.id for flow in flows if not flow.timed)
    tier_one = [key for key, account in known.items() if account.followed and account.tier == 1]
    return FlowSheet(
        cases={file.case.id: file.case.victim.name for file in files},
        accounts=known,
        moves=flows,
        methods={method: _view(world, trace, known, now) for method, trace in traces.items()},
        patterns=session.flow.patterns(
            moves, pattern_limits(session.rules, session.today), tier_one, first, untimed
        ),
        origins=origins,
        orders=orders_by_account(files),
        scope=world.scope,
        left_out=len(world.every) - len(world.payments),
        tolerance=world.rules.tolerance,
        at=now,
    )


def _view(
    world: FlowWorld, trace: Trace, accounts: Mapping[str, FlowAccount], now: datetime
) -> MethodView:
    places = world.places(trace)
    losses = _losses(world.origins, world.amounts)
    held = sorted(key for key, account in accounts.items() if account.held_fen)
    return MethodView(
        trace,
        places,
        places.at(now),
        {key: shares_of(trace, key, accounts[key].held_fen, world.origins, losses) for key in held},
    )


def _losses(origins: Mapping[str, CaseId], amounts: Mapping[str, int]) -> dict[CaseId, int]:
    losses: dict[CaseId, int] = {}
    for origin, fen in amounts.items():
        losses[origins[origin]] = losses.get(origins[origin], 0) + fen
    return losses


def losses_of(sheet: FlowSheet) -> dict[CaseId, int]:
    """What each victim paid, in fen."""
    amounts = {
        flow.move.id: flow.move.amount_fen for flow in sheet.moves if flow.move.id in sheet.origins
    }
    return _losses(sheet.origins, amounts)


def shares_of(
    trace: Trace,
    key: str,
    held: int,
    origins: Mapping[str, CaseId],
    losses: Mapping[CaseId, int],
) -> tuple[VictimShare, ...]:
    """Of whom the held money of an account is. Whoever's money reached it takes part, also when it has gone on."""
    rest = next((dict(rest.shares) for rest in trace.rests if rest.account == key), {})
    traced = share_out(min(held, sum(rest.values())), rest)
    reached = {
        origins[origin]
        for part in trace.parts
        if part.move.payee == key
        for origin, _ in part.shares
    }
    weights = {case: losses[case] for case in sorted(reached)}
    by_loss = share_out(min(held, sum(weights.values())), weights)
    mine = dict.fromkeys(weights, 0)
    for origin, fen in traced.items():
        mine[origins[origin]] += fen
    return tuple(VictimShare(case, weights[case], mine[case], by_loss[case]) for case in weights)
