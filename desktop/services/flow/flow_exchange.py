"""A money flow as other programs read it: a table, FollowTheMoney entities, a chart of Analyst's Notebook."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Final

from desktop.domain.flow_sheet import FlowAccount, FlowMove, FlowSheet
from desktop.domain.local_time import show_time
from desktop.domain.money_exits import is_chain_address
from desktop.domain.money_flow import Method
from desktop.domain.person import Person, TieKind

_COLUMNS: Final = (
    "time", "payer", "payer_name", "payer_bank", "payee", "payee_name", "payee_bank", "amount", "serial", "source",
    "case",
)  # fmt: skip
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_WHEN: Final = "%Y-%m-%dT%H:%M:%S"


def csv_text(sheet: FlowSheet, numbers: dict[str, str]) -> str:
    """A row a payment, with the traced part of it by each method in yuan; ``numbers``: case → its number.

    Text that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([*_COLUMNS, *(f"traced_{method.value}" for method in Method)])
    traced = {
        method: {part.move.id: part.fen for part in view.trace.parts}
        for method, view in sheet.methods.items()
    }
    for flow in sorted(sheet.moves, key=lambda item: (item.move.at, item.move.id)):
        parts = [_yuan(traced[method].get(flow.move.id, 0)) for method in Method]
        writer.writerow([*map(_plain, _row(sheet, flow, numbers)), *parts])
    return out.getvalue()


def _row(sheet: FlowSheet, flow: FlowMove, numbers: dict[str, str]) -> tuple[str, ...]:
    move = flow.move
    payer, payee = sheet.accounts[move.payer], sheet.accounts[move.payee]
    return (
        show_time(_moment(flow)) if flow.timed else "", payer.number, payer.name, payer.bank, payee.number,
        payee.name, payee.bank, _yuan(move.amount_fen), flow.serial, flow.source.value,
        numbers.get(flow.case, flow.case),
    )  # fmt: skip


def _plain(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text


def _yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"


def _moment(flow: FlowMove) -> datetime:
    return datetime.fromtimestamp(flow.move.at, UTC)


Holders = Mapping[str, Person]
"""Account → the person whom an officer confirmed as its holder."""


def follow_the_money(sheet: FlowSheet, holders: Holders = MappingProxyType({})) -> Iterator[str]:
    """JSON lines of entities: accounts or wallets, who holds them, and payments between the holders.

    The schema wants a party at both ends of a payment, so an account of an unknown holder gets a nameless one. A
    confirmed person is one entity, however many accounts they hold.
    """
    known = {person.key: person for person in holders.values()}
    for person in known.values():
        yield _ftm_person(person)
    for account in sheet.accounts.values():
        yield from _ftm_account(account, holders)
    for flow in sheet.moves:
        move = flow.move
        yield _entity(
            _ftm_id("payment", move.id), "Payment",
            payer=_ftm_holder(move.payer, holders), payerAccount=_ftm_id("account", move.payer),
            beneficiary=_ftm_holder(move.payee, holders),
            beneficiaryAccount=_ftm_id("account", move.payee),
            amount=_yuan(move.amount_fen), currency="CNY",
            date=_moment(flow).strftime(_WHEN) if flow.timed else "",
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
    }
    known = {name: list(values) for name, values in several.items() if values}
    entity = {"id": _ftm_id("person", person.key), "schema": "Person", "properties": known}
    return json.dumps(entity, ensure_ascii=False)


def _ftm_account(account: FlowAccount, holders: Holders) -> Iterator[str]:
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
    yield _entity(_ftm_id("own", account.key), "Ownership", owner=holder, asset=own)


def _ftm_id(kind: str, key: str) -> str:
    return f"{kind}-{hashlib.sha256(key.encode()).hexdigest()[:32]}"


def _entity(id_: str, schema: str, **properties: str) -> str:
    known = {name: [value] for name, value in properties.items() if value}
    return json.dumps({"id": id_, "schema": schema, "properties": known}, ensure_ascii=False)


def i2_chart(sheet: FlowSheet) -> bytes:
    """An .anx chart: an icon an account at its tier, an arrow a payment."""
    chart = ET.Element("Chart", IdReferenceLinking="false", Rigorous="true")
    strengths = ET.SubElement(chart, "StrengthCollection")
    ET.SubElement(strengths, "Strength", Id="S1", Name="Default", DotStyle="DotStyleSolid")
    kinds = ET.SubElement(chart, "EntityTypeCollection")
    for name in ("Account", "Person"):
        ET.SubElement(
            kinds, "EntityType", Name=name, IconFile=name.lower(),
            PreferredRepresentation="RepresentAsIcon",
        )  # fmt: skip
    links = ET.SubElement(chart, "LinkTypeCollection")
    ET.SubElement(links, "LinkType", Name="Transaction", Colour="0")
    items = ET.SubElement(chart, "ChartItemCollection")
    rows: dict[int, int] = {}
    for account in sheet.accounts.values():
        rows[account.tier] = rows.get(account.tier, 0) + 1
        _icon(items, account, (account.tier * 300, rows[account.tier] * 120))
    for flow in sheet.moves:
        _arrow(items, flow)
    written: bytes = ET.tostring(chart, encoding="utf-8", xml_declaration=True)
    return written


def _icon(items: ET.Element, account: FlowAccount, at: tuple[int, int]) -> None:
    label = " ".join(filter(None, (account.bank, account.number or account.name)))
    item = ET.SubElement(items, "ChartItem", Label=_xml(label), XPosition=str(at[0]))
    end = ET.SubElement(item, "End", X=str(at[0]), Y=str(at[1]), Z="0")
    key = _xml(account.key)
    entity = ET.SubElement(end, "Entity", EntityId=key, Identity=key, LabelIsIdentity="false")
    icon = ET.SubElement(entity, "Icon")
    ET.SubElement(icon, "IconStyle", Type="Person" if account.victim else "Account")


def _arrow(items: ET.Element, flow: FlowMove) -> None:
    item = ET.SubElement(
        items, "ChartItem", Label=_yuan(flow.move.amount_fen), Description=_xml(flow.serial)
    )
    if flow.timed:
        item.set("DateTime", _moment(flow).strftime(_WHEN))
        item.set("DateSet", "true")
        item.set("TimeSet", "true")
    link = ET.SubElement(item, "Link", End1Id=_xml(flow.move.payer), End2Id=_xml(flow.move.payee))
    ET.SubElement(
        link, "LinkStyle", Type="Transaction", Strength="Default", ArrowStyle="ArrowOnHead",
        MlStyle="MultiplicityMultiple",
    )  # fmt: skip


def _xml(text: str) -> str:
    """Without what XML 1.0 cannot hold: a pasted name may have a control character in it."""
    return "".join(
        sign for sign in text if sign in "\t\n\r" or (sign >= " " and sign not in "\ufffe\uffff")
    )
