"""The accounts and telephone numbers of some cases that somebody stands behind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from desktop.domain.case_file.orders.account_orders import AccountOrders
from desktop.domain.case_file.views import CaseFile, OrderView
from desktop.domain.cases.people.person import Person, TieKind
from desktop.domain.flow.reported_payments import asked_key, by_subject, payee_key
from desktop.domain.flow.sheet import FlowAccount, FlowSheet
from desktop.domain.ids import CaseId
from desktop.domain.money.money_flow import BEYOND_ORDERS
from desktop.domain.series.people_sheet import Thing
from desktop.services.orders.number_request import PHONES


def things_of(
    flow: FlowSheet, files: Sequence[CaseFile], people: Sequence[Person]
) -> Mapping[str, Thing]:
    """Key → every account the money went through, every number of the fraud, and what persons are tied to beside."""
    found = {thing.key: thing for thing in (*_accounts(flow, files), *_phones(files))}
    numbers = {(thing.kind, thing.number) for thing in found.values()}
    for person in people:
        for tie in person.ties:
            kind, value = tie.typed.kind, tie.typed.value
            if kind is TieKind.CASE or value in found or (kind, value) in numbers:
                continue
            thing = Thing(value, kind, value, tie.typed.bank, cases=(tie.case,))
            found[value] = replace(thing, orders=_asked(files, _about(thing)))
    return found


def _about(thing: Thing) -> str:
    prefix = "number" if thing.kind is TieKind.PHONE else "account"
    return f"{prefix}/{thing.number}"


def _accounts(flow: FlowSheet, files: Sequence[CaseFile]) -> Iterator[Thing]:
    cases: dict[str, dict[CaseId, None]] = {}
    for file in files:  # also of a payment that two reports tell, and that counts once
        named = (payee_key(transfer) for transfer in file.transfers)
        asked = (asked_key(by_subject(file.transfers), view.order) for view in file.orders)
        for key in (*named, *asked):
            cases.setdefault(key, {})[file.case.id] = None
    for item in flow.moves:
        for key in (item.move.payer, item.move.payee):
            cases.setdefault(key, {})[item.case] = None
    for key, account in flow.accounts.items():
        if _is_somebodys(account):
            yield Thing(
                key, TieKind.ACCOUNT, account.number, account.bank, account.name, account.tier,
                tuple(cases.get(key, ())), account.in_fen, account.held_fen, flow.ordered(key),
            )  # fmt: skip


def _is_somebodys(account: FlowAccount) -> bool:
    """A way out by cash or coins has no holder to be asked about; a merchant has."""
    out = account.cash_out in BEYOND_ORDERS
    return bool(account.number) and not account.victim and not out


def _phones(files: Sequence[CaseFile]) -> Iterator[Thing]:
    found: dict[str, Thing] = {}
    for file in files:
        for lead in file.identifiers:
            number = lead.normal or lead.value
            if lead.kind not in PHONES or lead.kind == "displayed_number":
                continue  # a number that was only shown belongs to somebody innocent
            known = found.get(number)
            cases = (*(known.cases if known is not None else ()), file.case.id)
            found[number] = Thing(
                number, TieKind.PHONE, number, cases=tuple(dict.fromkeys(cases)),
                orders=_asked(files, f"number/{number}"),
                lead=known.lead if known is not None else lead.id,
            )  # fmt: skip
    yield from found.values()


def _asked(files: Sequence[CaseFile], about: str) -> AccountOrders:
    views: list[OrderView] = [
        view for file in files for view in file.orders if view.order.about == about
    ]
    views.sort(key=lambda view: view.order.issued_at, reverse=True)
    return AccountOrders(tuple(views))
