"""What an order about an account of the money flow would be about: its payments, as the cases know them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from desktop.domain.case_file.orders.account_orders import QUERIES
from desktop.domain.case_file.orders.order_rules import require_issue
from desktop.domain.case_file.views import CaseFile
from desktop.domain.cases.payments.transfer import Account, Transfer
from desktop.domain.cases.people.person import TieKind
from desktop.domain.errors import RuleError, UserInputError
from desktop.domain.flow.flow_moves import FlowMove
from desktop.domain.flow.sheet import FlowAccount, FlowSheet
from desktop.domain.ids import CaseId, OrderId, TransferId
from desktop.domain.installation.officer import Permission
from desktop.domain.orders.order import WAITING, OrderKind, OrderState
from desktop.domain.series.people_sheet import Missing, PeopleSheet
from desktop.services.cases.changes.merge_cases import whole_in
from desktop.services.orders.earlier_orders import earlier_orders
from desktop.services.orders.order_request import About
from desktop.services.ports import Reader
from desktop.services.session import Session

_OPEN: Final = WAITING | {OrderState.PROPOSED}
_BACK: Final = frozenset({"return", "revoke"})
"""Payments that came back to a victim: nothing to be held."""
Found = tuple[CaseId, About, str]
"""The case, what it would be about, and the name of that target in orders."""


@dataclass(frozen=True, slots=True)
class AccountTargets:
    """What to order about, in one case. ``more``: other cases of the flow in which there is something left."""

    case: CaseId
    abouts: tuple[About, ...]
    more: int = 0


def account_targets(
    session: Session, sheet: FlowSheet, key: str, kind: OrderKind
) -> AccountTargets:
    """What an order of this kind about an account is about: each payment into it that has none yet; for a query the
    newest payment alone, as it is answered for the account.

    Raises:
        UserInputError: ``order.no_target`` for a victim, a way out without a number, or an account nobody numbered.
        RuleError: the rule that forbids it for every payment.
    """
    session.require(Permission.READ_CASES)
    account = sheet.accounts.get(key)
    if account is None or account.victim:
        raise UserInputError("order.no_target")
    if kind in QUERIES and any(
        view.order.kind is kind and view.state in _OPEN for view in sheet.ordered(key).views
    ):
        raise RuleError("order.exists")
    with session.store.read() as reader:
        found = list(_allowed(session, reader, _targets(reader, sheet, account), kind))
    if kind in QUERIES:
        found = found[:1]
    cases = list(dict.fromkeys(case for case, _ in found))
    first = tuple(about for case, about in found if case == cases[0])
    return AccountTargets(cases[0], first, len(cases) - 1)


def _allowed(
    session: Session, reader: Reader, targets: Iterable[Found], kind: OrderKind
) -> Iterator[tuple[CaseId, About]]:
    files: dict[CaseId, CaseFile] = {}
    refused: RuleError | None = None
    known: set[tuple[CaseId, str]] = set()
    some = False
    for case, about, target in targets:
        if (case, target) in known:
            continue
        known.add((case, target))
        if case not in files:
            files[case] = whole_in(reader, case)[0]
        try:
            require_issue(kind, earlier_orders(session, files[case], target))
        except RuleError as error:
            refused = refused or error
            continue
        some = True
        yield case, about
    if not some:
        raise refused or UserInputError("order.no_target")


def _targets(reader: Reader, sheet: FlowSheet, account: FlowAccount) -> Iterator[Found]:
    """From the newest payment on; where money only left the account, the account itself."""
    moves = sorted(sheet.moves, key=lambda flow: flow.move.at, reverse=True)
    into = [flow for flow in moves if flow.move.payee == account.key]
    for flow in into:
        found = _target(sheet, account, flow)
        if found is not None:
            about, target = found
            yield reader.case_group(flow.case).lead, about, target
    if not into and account.number and moves:
        case = next((f.case for f in moves if f.move.payer == account.key), moves[0].case)
        transfer = _transfer(account, Account(), None, 0)
        yield (
            reader.case_group(case).lead,
            About(transfer_facts=transfer),
            f"account/{account.number}",
        )


def _target(sheet: FlowSheet, account: FlowAccount, flow: FlowMove) -> tuple[About, str] | None:
    kind, _, rest = flow.move.id.partition("/")
    if kind == "transfer":
        return About(transfer=rest), f"transfer/{rest}"
    if not account.number or kind in _BACK:
        return None
    target = f"account/{account.number}"
    if kind == "hop":
        order, _, place = rest.rpartition("/")
        return About(order=OrderId(order), hop=int(place)), target
    payer = sheet.accounts[flow.move.payer]
    at = datetime.fromtimestamp(flow.move.at, UTC) if flow.timed else None
    transfer = _transfer(
        account, Account(payer.name, payer.number, payer.bank), at, flow.move.amount_fen,
        serial=flow.serial,
    )  # fmt: skip
    return About(transfer_facts=transfer), target


def _transfer(
    account: FlowAccount, payer: Account, at: datetime | None, fen: int, serial: str = ""
) -> Transfer:
    payee = Account(account.name, account.number, account.bank)
    return Transfer(TransferId(""), 0, at, fen, None, None, payer, payee, "", serial)


def person_targets(session: Session, sheet: PeopleSheet, missing: Missing) -> AccountTargets:
    """What the order that finds out something missing about a target is about.

    Raises:
        UserInputError: ``order.no_target`` where no order answers it, or for a number that is no recorded lead.
        RuleError: the rule that forbids it.
    """
    session.require(Permission.READ_CASES)
    things = (thing for target in sheet.targets for thing in target.things)
    thing = next((thing for thing in things if thing.key == missing.thing), None)
    if thing is None or missing.kind is None:
        raise UserInputError("order.no_target")
    if thing.kind is TieKind.PHONE:
        return AccountTargets(thing.cases[0], (About(identifier=thing.lead),))
    if thing.key in sheet.flow.accounts:
        return account_targets(session, sheet.flow, thing.key, missing.kind)
    payee = Account(thing.name, thing.number, thing.bank)
    transfer = Transfer(TransferId(""), 0, None, 0, None, None, Account(), payee)
    return AccountTargets(thing.cases[0], (About(transfer_facts=transfer),))
