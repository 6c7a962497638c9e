"""A money flow as other programs read it: a table, and FollowTheMoney entities."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Final

from desktop.domain.cases.people.person import Person, PersonTie, TieKind
from desktop.domain.flow.flow_moves import FlowMove
from desktop.domain.flow.sheet import FlowAccount, FlowSheet
from desktop.domain.money.cash_out import is_chain_address
from desktop.domain.money.money_flow import TracingMethod
from desktop.domain.text.table_cells import whole_cell, yuan_cell
from desktop.domain.time.local_time import show_time
from desktop.services.flow.flow_persons import KnownPerson, tie_text

_COLUMNS: Final = (
    "time", "timed", "payer", "payer_name", "payer_bank", "payee", "payee_name", "payee_bank", "amount", "serial",
    "source", "case",
)  # fmt: skip
WHEN: Final = "%Y-%m-%dT%H:%M:%S"


TableTexts = Callable[[str], str]
"""``column.<code>``, ``source.<code>``, ``yes`` and ``no`` → what stands in the table; ``traced.<method>`` likewise."""


def csv_text(sheet: FlowSheet, numbers: dict[str, str], texts: TableTexts) -> str:
    """A row a payment, with the traced part of it by each method in yuan; ``numbers``: case → its number.

    Long digits stand as ``="6228480012345678903"``, which a spreadsheet keeps and ``fanzha flow`` reads; other text
    that a spreadsheet would take for a formula gets an apostrophe before it. ``time`` is when a payment was made, or
    (``timed``: no) the moment it is counted at.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    names = [
        *(f"column.{name}" for name in _COLUMNS),
        *(f"traced.{method.value}" for method in TracingMethod),
    ]
    writer.writerow(map(texts, names))
    traced = {
        method: {part.move.id: part.fen for part in view.trace.parts}
        for method, view in sheet.methods.items()
    }
    for flow in sorted(sheet.moves, key=lambda item: (item.move.at, item.move.id)):
        parts = [yuan_cell(traced[method].get(flow.move.id, 0)) for method in TracingMethod]
        writer.writerow([*map(whole_cell, _row(sheet, flow, numbers, texts)), *parts])
    return out.getvalue()


def _row(
    sheet: FlowSheet, flow: FlowMove, numbers: dict[str, str], texts: TableTexts
) -> tuple[str, ...]:
    move = flow.move
    payer, payee = sheet.accounts[move.payer], sheet.accounts[move.payee]
    return (
        show_time(moment_of(flow)), texts("yes" if flow.timed else "no"), _known_by(payer), payer.name, payer.bank,
        _known_by(payee), payee.name, payee.bank, yuan_cell(move.amount_fen), flow.serial,
        texts(f"source.{flow.source.value}"), numbers.get(flow.case, flow.case),
    )  # fmt: skip


def _known_by(account: FlowAccount) -> str:
    """Its number, else what the flow tells it by: whoever reads the table must be able to tell accounts apart."""
    return account.key if account.key.isdigit() else account.number or account.key


def moment_of(flow: FlowMove) -> datetime:
    """When a payment was made."""
    return datetime.fromtimestamp(flow.move.at, UTC)


Holders = Mapping[str, Person]
"""Account → the person whom an officer confirmed as its holder."""


def follow_the_money(sheet: FlowSheet, people: Sequence[KnownPerson]) -> Iterator[str]:
    """JSON lines of entities: persons, accounts or wallets, who holds them, what else ties a person to them, and
    payments between the holders.

    The schema wants a party at both ends of a payment, so an account of an unknown holder gets a nameless one. A
    confirmed person is one entity, however many accounts they hold; of every tie its role, who says so and how sure.
    """
    holders = {known.account: known.person for known in people if known.holds and known.account}
    for person in {known.person.key: known.person for known in people}.values():
        yield _ftm_person(person)
    for known in people:
        if known.account and not known.holds:
            yield _entity(
                _ftm_id("tie", known.tie.id), "UnknownLink",
                subject=_ftm_id("person", known.person.key),
                object=_ftm_id("account", known.account), **_tie_facts(known.tie),
            )  # fmt: skip
    ties = {known.account: known.tie for known in people if known.holds}
    for account in sheet.accounts.values():
        yield from _ftm_account(account, holders, ties.get(account.key))
    for flow in sheet.moves:
        move = flow.move
        yield _entity(
            _ftm_id("payment", move.id), "Payment",
            payer=_ftm_holder(move.payer, holders), payerAccount=_ftm_id("account", move.payer),
            beneficiary=_ftm_holder(move.payee, holders),
            beneficiaryAccount=_ftm_id("account", move.payee),
            amount=yuan_cell(move.amount_fen), currency="CNY",
            date=moment_of(flow).strftime(WHEN) if flow.timed else "",
            transactionNumber=flow.serial,
        )  # fmt: skip


def _ftm_holder(account: str, holders: Holders) -> str:
    person = holders.get(account)
    return _ftm_id("holder", account) if person is None else _ftm_id("person", person.key)


def _ftm_person(person: Person) -> str:
    several = {
        "name": person.names,
        "idNumber": person.id_numbers,
        "phone": person.values(TieKind.PHONE),
        "position": tuple(role.value for role in person.roles),
        "notes": tuple(dict.fromkeys(tie_text(tie) for tie in person.ties)),
    }
    known = {name: list(values) for name, values in several.items() if values}
    entity = {"id": _ftm_id("person", person.key), "schema": "Person", "properties": known}
    return json.dumps(entity, ensure_ascii=False)


def _tie_facts(tie: PersonTie) -> dict[str, str]:
    """How the schema says what somebody has to do with a thing, how sure that is, and who says so."""
    typed = tie.typed
    return {
        "role": typed.role.value,
        "status": typed.certainty.value,
        "publisher": typed.source.value,
        "summary": typed.note,
    }


def _ftm_account(account: FlowAccount, holders: Holders, tie: PersonTie | None) -> Iterator[str]:
    own, holder = _ftm_id("account", account.key), _ftm_holder(account.key, holders)
    label = account.number or account.name or account.bank
    if is_chain_address(account.number):
        yield _entity(own, "CryptoWallet", name=label, publicKey=account.number)
    else:
        yield _entity(
            own, "BankAccount", name=label, accountNumber=account.number, bankName=account.bank
        )
    if account.key not in holders:
        yield _entity(holder, "LegalEntity", name=account.name or label)
    tie_facts = _tie_facts(tie) if tie is not None else {}
    yield _entity(_ftm_id("own", account.key), "Ownership", owner=holder, asset=own, **tie_facts)


def _ftm_id(kind: str, key: str) -> str:
    return f"{kind}-{hashlib.sha256(key.encode()).hexdigest()[:32]}"


def _entity(id_: str, schema: str, **properties: str) -> str:
    known = {name: [value] for name, value in properties.items() if value}
    return json.dumps({"id": id_, "schema": schema, "properties": known}, ensure_ascii=False)
