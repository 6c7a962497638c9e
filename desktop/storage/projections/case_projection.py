"""The rows of a case: its card on the board, its orders, what links it with others, and what it is found by."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final, NamedTuple

from sqlalchemy import Table
from sqlalchemy.engine import Connection

from desktop.domain.case_file.merge import as_counted, counted, twice_in
from desktop.domain.case_file.onward_accounts import onward_accounts
from desktop.domain.case_file.orders.order_mismatch import mismatches_of
from desktop.domain.cases.case import (
    CASE_FIELDS,
    IDENTIFIER_FIELDS,
    RECORD_FAMILIES,
    Case,
    case_from_fields,
)
from desktop.domain.cases.case_holder import CHARGE
from desktop.domain.cases.payments.transfer import (
    TRANSFER_FIELDS,
    Transfer,
    transfer_from_fields,
    with_ways,
)
from desktop.domain.cases.payments.way import WAYS
from desktop.domain.cases.payments.way_checks import way_leads
from desktop.domain.cases.people.person import PERSON, TIE_FIELDS, ties_of
from desktop.domain.cases.people.person_keys import person_keys
from desktop.domain.cases.sent_despite import SENT_DESPITE, read_sent_despite
from desktop.domain.cases.supplement import SUPPLEMENT_FIELDS
from desktop.domain.cases.visits import keeps_secret
from desktop.domain.ids import OrderId, TransferId
from desktop.domain.installation.profile import device_of
from desktop.domain.orders.machine import state_of
from desktop.domain.orders.order import (
    ORDER_FIELDS,
    Order,
    OrderKind,
    OrderState,
    order_from_fields,
)
from desktop.domain.orders.sending.way_orders import called_back_way
from desktop.domain.orders.totals import stop_ends
from desktop.domain.records.field_table import FieldRow
from desktop.domain.records.fields import Json, mapping, number, text
from desktop.domain.series.series import lead_key, link_key, tie_keys
from desktop.domain.time.clock import to_wire
from desktop.journal.canonical import canonical
from desktop.journal.merge import order_of
from desktop.storage.columns import bounded, columns_of, fitting
from desktop.storage.current_values.subjects import key_of
from desktop.storage.current_values.uncontested_values import Heads
from desktop.storage.current_values.values import shown_fields
from desktop.storage.database.statements import add, drop_among
from desktop.storage.projections.filter_tokens import tokens_of_card
from desktop.storage.projections.search import Findable, index
from desktop.storage.tables import case_card, order_row

_KINDS = frozenset(OrderKind)
_LONGEST_KEY: Final = 400
"""Nobody's number or name with a number is longer; an index of a server takes no such text."""

Parts = Mapping[str, Mapping[str, Heads]]
"""Kind → subject → its current values."""
Shown = dict[str, dict[str, dict[str, Json]]]
"""Kind → subject → the values to show."""


@dataclass(frozen=True, slots=True)
class CaseStatements:
    """What is told of a case. ``reports`` are its own parts, then those of the cases merged into it, which count on its
    card; what it is found by are its own parts only."""

    case: str
    lead: str
    reports: Sequence[Parts]


def project_cases(connection: Connection, cases: Sequence[CaseStatements]) -> None:
    """Write the rows of these cases, which were cleared, together: each question is a way to the server and back."""
    cards, orders, keys = [], [], []
    findable: dict[str, Findable] = {}
    for case in cases:
        fields = [_shown(parts) for parts in case.reports]
        own = fields[0]["case"].get(f"case/{case.case}", {})
        read = [_orders(parts["order"]) for parts in fields]
        orders += _order_rows(case, own, fields, read[0])
        findable[case.case] = Findable("", (), "")
        if text(own, "accepted_at"):
            facts = case_from_fields(case.case, own)
            normals, words = _keys(facts, own, fields[0])
            home = home_of(case.reports[0]["case"][f"case/{case.case}"])
            card = _card(facts, case.lead, own, fields, [*chain.from_iterable(read)])
            cards.append(card | {"home": home})
            findable[case.case] = Findable(card["accepted_at"], words, tokens_of_card(card))
            # parts that came before their report link nothing until it is here
            keys += [(normal, case.case) for normal in sorted(normals)]
    _add(connection, order_row, orders)
    _add(connection, case_card, cards)
    add(connection, "key_row", ("normal", "case_id"), keys)
    index(connection, findable)


def clear_cases(connection: Connection, cases: Sequence[str]) -> None:
    """Remove the rows of cases. Of all that are to be written anew before the first of them is: an order that stands
    in another case now must have left the one it stood in."""
    for table in ("case_card", "key_row", "order_row"):
        drop_among(connection, f"DELETE FROM {table} WHERE case_id AMONG ?", cases)  # noqa: S608


def _add(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    columns = columns_of(table)
    add(connection, table.name, columns, [tuple(map(row.__getitem__, columns)) for row in rows])


def _shown(parts: Parts) -> Shown:
    return {
        kind: {name: shown_fields(item) for name, item in subjects.items()} if subjects else {}
        for kind, subjects in parts.items()
    }


def _card(
    facts: Case, lead: str, own: dict[str, Json], reports: Sequence[Shown], orders: Sequence[Order]
) -> dict[str, Any]:
    transfers = [item for fields in reports for item in fields["transfer"].values()]
    paid = _paid(reports)
    counted = [as_counted(order, paid.twice) for order in orders]
    ends = stop_ends(counted).values()
    return {
        "case_id": facts.id,
        "lead_id": lead,
        "number": fitting(facts.number),
        "visit": facts.visit.value,
        "state": facts.state.value,
        "type": facts.type,
        "victim": "" if keeps_secret(facts) else facts.victim.name,
        "loss_fen": bounded(paid.loss_fen),
        "accepted_at": to_wire(facts.accepted_at),
        "accepted_by": facts.accepted_by,
        "unit_code": facts.unit_code,
        "unit_name": facts.unit_name,
        "home": "",
        "charge": _holder(own),
        "newest_transfer_at": max((text(item, "time") for item in transfers), default=""),
        "stop_ends_at": to_wire(min(ends)) if ends else "",
        "returned_fen": bounded(_returned(reports) + paid.returned_fen),
        "evidence_count": 0,  # counted once the row stands
        "order_count": sum(len(fields["order"]) for fields in reports),
        "unanswered_orders": sum(1 for order in orders if _waits(order)),
        "conflicts": 0,
        "at_odds": _mismatches(orders, reports),
        "unconfirmed": sum(order.unconfirmed for order in orders),
    }


def _mismatches(orders: Sequence[Order], reports: Sequence[Shown]) -> int:
    """Orders that say something else than the payments they are about."""
    about = {order.about for order in orders}
    paid = {f"transfer/{item.id}": item for fields in reports for item in _payments(fields, about)}
    return sum(
        bool(mismatches_of(order, state_of(order, OrderState.ISSUED), paid[order.about]))
        for order in orders
        if order.about in paid
    )


def _payments(fields: Shown, names: Collection[str]) -> Iterator[Transfer]:
    """Payments of one report, each with what that report says of its way."""
    found = [
        transfer_from_fields(key_of(name), item)
        for name, item in fields["transfer"].items()
        if name in names
    ]
    cases = fields["case"].values() if found else ()
    return with_ways(found, (way for item in cases for way in WAYS.from_fields(item)))


def home_of(case_heads: Heads) -> str:
    """The device that registered a case."""
    accepted = case_heads.get("accepted_at")
    return device_of(min(accepted, key=order_of).stream) if accepted else ""


def _holder(own: dict[str, Json]) -> str:
    found = mapping(own, CHARGE)
    return canonical(found).decode() if found else ""


class _Paid(NamedTuple):
    """What was paid and what came back of single payments, in fen; what several reports tell counts once. ``twice``:
    the other tellings → the one that counts."""

    loss_fen: int
    returned_fen: int
    twice: Mapping[TransferId, TransferId]


def _paid(reports: Sequence[Shown]) -> _Paid:
    if len(reports) == 1:
        paid = reports[0]["transfer"].values()
        gross = sum(number(item, "amount_fen") for item in paid if not text(item, "attempted"))
        return _Paid(gross, sum(number(item, "returned_fen") for item in paid), {})
    reported = [
        [transfer_from_fields(key_of(name), item) for name, item in fields["transfer"].items()]
        for fields in reports
    ]
    twice = twice_in(reported)
    once = counted((item for report in reported for item in report), twice)
    gross = sum(item.gross_fen for item in once)
    return _Paid(gross, sum(item.returned_fen for item in once), twice)


def _returned(reports: Sequence[Shown]) -> int:
    """What came back of no single payment, by the report that tells most of it, as several may tell of the same."""
    cases = (item for fields in reports for item in fields["case"].values())
    return max((number(item, "returned_fen") for item in cases), default=0)


def _orders(fields: dict[str, dict[str, Json]]) -> list[Order]:
    return [
        order_from_fields(key_of(name), item)
        for name, item in fields.items()
        if _is_known_order(item)
    ]


def _is_known_order(order: dict[str, Json]) -> bool:
    """Whether the order itself is here, a reply may come before it, and of a kind this program knows."""
    return bool(text(order, "issued_at")) and text(order, "kind") in _KINDS


def _leads_on(order: dict[str, Json]) -> bool:
    """Whether it can tell where money went on; most cannot, and to read them all takes its time."""
    return "reply.hops" in order or text(order, "target").startswith("account/")


def _waits(order: Order) -> bool:
    """Whether somebody is to answer it."""
    return state_of(order, OrderState.ISSUED) is OrderState.ISSUED


def _approved(order_heads: Heads, stream: str) -> list[int]:
    """Where on the stream an order was approved: before that entry has gone, nobody may act on the order."""
    return [value.seq for value in order_heads.get("approval.at", ()) if value.stream == stream]


def _order_rows(
    case: CaseStatements, own: dict[str, Json], reports: Sequence[Shown], orders: Sequence[Order]
) -> list[dict[str, Any]]:
    rows, ways = [], _ways_called_back(orders, reports)
    for order in orders:
        name = f"order/{order.id}"
        fields, order_heads = reports[0]["order"][name], case.reports[0]["order"][name]
        issue = min(order_heads["issued_at"], key=order_of)
        field = f"{SENT_DESPITE}{order.id}"
        despite = read_sent_despite(field, own.get(field))
        rows.append(
            {
                "order_id": order.id,
                "case_id": case.case,
                "number": fitting(text(fields, "number")),
                "issued_at": text(fields, "issued_at"),
                "stream": issue.stream,
                "seq": max([issue.seq, *_approved(order_heads, issue.stream)]),
                "waits": int(_waits(order)),
                "way": ways.get(order.id, ""),
                "despite": despite.text if despite is not None else "",
                "fields": canonical(fields).decode(),
            }
        )
    return rows


def _ways_called_back(orders: Iterable[Order], reports: Sequence[Shown]) -> dict[OrderId, str]:
    """Order → the way of the payment that it calls back, where no bank can stop that."""
    calling = [order for order in orders if order.kind is OrderKind.REVOKE]
    about = {order.about for order in calling}
    paid = {
        f"transfer/{item.id}": item
        for fields in (reports if about else ())
        for item in _payments(fields, about)
    }
    return {
        order.id: called_back_way(order.kind, paid[order.about])
        for order in calling
        if order.about in paid
    }


def _keys(facts: Case, own: dict[str, Json], fields: Shown) -> tuple[set[str], list[str]]:
    """Normalised values that link cases, and every text the search looks through."""
    normals: set[str] = set()
    words = _words(_OF_A_CASE, own)
    paid_from: list[str] = []
    for item in fields["transfer"].values():
        normals.update(link_key(text(item, name)) for name in ("payee.account", "order_number"))
        paid_from.append(text(item, "payer.account"))
        words += _words(_OF_A_TRANSFER, item)
    normals.update(_way_keys(facts, fields))
    for item in fields["identifier"].values():
        normals.add(lead_key(text(item, "normal")))
        words += _words(_OF_A_LEAD, item)
    for item in fields["order"].values():
        words += _words(_OF_AN_ORDER, item)
    onward = {name: item for name, item in fields["order"].items() if _leads_on(item)}
    for account in (account for o in _orders(onward) for _, account in onward_accounts(o)):
        normals.add(link_key(account))
        words.append(account)
    for item in fields["supplement"].values():
        words += _words(_OF_A_SUPPLEMENT, item)
    people = {key_of(name): item for name, item in fields[PERSON].items()}
    for tie in ties_of(people):
        if not tie.withdrawn:
            normals.update(tie_keys(tie))
            words += _words(_OF_A_TIE, people[tie.id])
    words += chain.from_iterable(
        family.searched(getattr(facts, family.part)) for family in RECORD_FAMILIES
    )
    normals.update(person_keys(facts.victim, paid_from))
    normals.update(*(person_keys(party, ()) for party in facts.parties))
    return {key for key in normals if 0 < len(key) <= _LONGEST_KEY}, [*filter(None, words)]


def _way_keys(facts: Case, fields: Shown) -> Iterator[str]:
    """Of payments that are part of the case; what is said of the way of one that was taken out links nothing."""
    for way in facts.ways:
        if f"transfer/{way.id}" in fields["transfer"]:
            yield from (lead_key(normal) for _, _, normal in way_leads(way))


def _found_by(rows: Iterable[FieldRow]) -> tuple[str, ...]:
    """The keys of what a case is found by."""
    return tuple(row.key for row in rows if row.searched)


_OF_A_CASE: Final = _found_by(CASE_FIELDS.rows)
_OF_A_TRANSFER: Final = _found_by(TRANSFER_FIELDS.rows)
_OF_A_LEAD: Final = _found_by(IDENTIFIER_FIELDS.rows)
_OF_AN_ORDER: Final = _found_by(ORDER_FIELDS.rows)
_OF_A_SUPPLEMENT: Final = _found_by(SUPPLEMENT_FIELDS.rows)
_OF_A_TIE: Final = _found_by(TIE_FIELDS.rows)


def _words(keys: Iterable[str], fields: dict[str, Json]) -> list[str]:
    found = [fields[key] for key in keys if key in fields]
    return [word for word in found if isinstance(word, str)]
