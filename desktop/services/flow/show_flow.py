"""The money of a case, or of the cases of a series: followed by every method, with what stands out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from desktop.domain.case_file.views import CaseFile
from desktop.domain.errors import UserInputError, WorldError
from desktop.domain.evidence.item import Evidence
from desktop.domain.flow.sheet import (
    WHOLE,
    FlowAccount,
    FlowScope,
    FlowSheet,
    MethodView,
    VictimShare,
)
from desktop.domain.ids import CaseId
from desktop.domain.installation.officer import Permission
from desktop.domain.money.money_flow import (
    Trace,
    TracingMethod,
    VictimAccounts,
    dispositions_of,
    share_out,
)
from desktop.domain.progress import Progress
from desktop.services.cases.changes.merge_cases import whole_file
from desktop.services.flow.flow_accounts import Accounts, orders_by_account
from desktop.services.flow.flow_limits import clock_tolerance, pattern_limits
from desktop.services.flow.flow_moves import ReportedPayment, merged, reported_payments
from desktop.services.flow.flow_statements import statement_payments
from desktop.services.session import Session

_VICTIM = "transfer/"
_STATEMENTS = (".csv", ".xls", ".xlsx", ".pdf", ".txt", ".zip")


def show_flow(session: Session, cases: Sequence[CaseId], scope: FlowScope = WHOLE) -> FlowSheet:
    """The money of a case, or of several together, each with every report merged into it; what two of them tell of one
    account meets there, and what several tell of one payment counts once. What lies outside of ``scope`` is not
    followed and is no loss here. Raises ``UserInputError("case.unknown")``."""
    session.require(Permission.READ_CASES)
    wholes = [whole_file(session, case) for case in cases]
    payments = merged(*(reported_payments(file, merger.twice) for file, merger in wholes))
    return _sheet(session, tuple(file for file, _ in wholes), payments, scope)


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
    wholes = [whole_file(session, case) for case in cases]
    files = tuple(file for file, _ in wholes)
    payments = merged(*(reported_payments(file, merger.twice) for file, merger in wholes))
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
    sheet = replace(_sheet(session, files, payments, scope), unreckoned=unreckoned)
    return WithStatements(sheet, joined, left, absent)


def _is_statement(item: Evidence) -> bool:
    return item.name.lower().endswith(_STATEMENTS)


def _sheet(
    session: Session, files: Sequence[CaseFile], every: Sequence[ReportedPayment], scope: FlowScope
) -> FlowSheet:
    today = session.today
    chosen = scope.tolerance
    allowed = clock_tolerance(session.rules, today) if chosen is None else chosen
    payments = _within(scope, every)
    flows = tuple(item.flow for item in payments)
    moves = [flow.move for flow in flows]
    origins = {flow.move.id: flow.case for flow in flows if flow.move.id.startswith(_VICTIM)}
    amounts = {flow.move.id: flow.move.amount_fen for flow in flows if flow.move.id in origins}
    traces = {
        method: session.flow.trace(moves, amounts, method, allowed) for method in TracingMethod
    }
    known = Accounts(session, files, payments, traces.values(), origins, every, scope).known()
    victims = _victims(payments, origins)
    first = min((flow.move.at for flow in flows if flow.move.id in origins), default=None)
    untimed = frozenset(flow.move.id for flow in flows if not flow.timed)
    tier_one = [key for key, account in known.items() if account.followed and account.tier == 1]
    return FlowSheet(
        cases={file.case.id: file.case.victim.name for file in files},
        accounts=known,
        moves=flows,
        methods={
            method: _view(trace, known, (origins, amounts), victims)
            for method, trace in traces.items()
        },
        patterns=session.flow.patterns(
            moves, pattern_limits(session.rules, today), tier_one, first, untimed
        ),
        origins=origins,
        orders=orders_by_account(files),
        scope=scope,
        left_out=len(every) - len(payments),
        tolerance=allowed,
    )


def _within(scope: FlowScope, every: Sequence[ReportedPayment]) -> tuple[ReportedPayment, ...]:
    """The payments of a scope: what came back of one belongs where that belongs."""
    held = [item for item in every if scope.holds(item.flow)]
    names = {name for item in held for name in item.ids}
    return tuple(item for item in held if not item.of or item.of in names)


def _victims(payments: Iterable[ReportedPayment], origins: Mapping[str, CaseId]) -> VictimAccounts:
    """The accounts each victim paid from, and what came back to them."""
    paid_from: defaultdict[CaseId, set[str]] = defaultdict(set)
    back: defaultdict[str, int] = defaultdict(int)
    for item in payments:
        move = item.flow.move
        if move.id in origins:
            paid_from[item.flow.case].add(move.payer)
        elif item.of:
            back[move.payee] += move.amount_fen
    return VictimAccounts({origin: paid_from[case] for origin, case in origins.items()}, back)


def _view(
    trace: Trace,
    accounts: Mapping[str, FlowAccount],
    paid: tuple[Mapping[str, CaseId], Mapping[str, int]],
    victims: VictimAccounts,
) -> MethodView:
    origins, amounts = paid
    holds = {key: account.hold for key, account in accounts.items()}
    cash_outs = {key: account.cash_out for key, account in accounts.items() if account.cash_out}
    losses = _losses(origins, amounts)
    held = {key for key, account in accounts.items() if account.held_fen}
    return MethodView(
        trace,
        dispositions_of(trace.rests, holds, cash_outs, victims),
        {
            key: shares_of(trace, key, accounts[key].held_fen, origins, losses)
            for key in sorted(held)
        },
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
