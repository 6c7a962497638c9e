"""A money flow with the persons behind it as a chart of Analyst's Notebook."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Mapping, Sequence

from desktop.domain.cases.people.person import PersonTie, TieKind
from desktop.domain.flow.flow_moves import FlowMove
from desktop.domain.flow.sheet import FlowAccount, FlowSheet
from desktop.domain.text.table_cells import yuan_cell
from desktop.services.flow.flow_exchange import WHEN, moment_of
from desktop.services.flow.flow_persons import KnownPerson, tie_text

_ACCOUNT, _PERSON, _PHONE, _CASE = "Account", "Person", "Telephone", "Case"
_WIDE, _HIGH = 300, 120
"""Between icons: a tier and the next, an icon and the one below."""


def i2_chart(sheet: FlowSheet, people: Sequence[KnownPerson], numbers: Mapping[str, str]) -> bytes:
    """An .anx chart: an icon an account at its tier, an arrow a payment; left of them the confirmed persons, each tied
    to accounts, telephones and cases by a line that says the role, who says so and how sure it is.

    ``numbers``: case → its number.
    """
    chart = ET.Element("Chart", IdReferenceLinking="false", Rigorous="true")
    strengths = ET.SubElement(chart, "StrengthCollection")
    ET.SubElement(strengths, "Strength", Id="S1", Name="Default", DotStyle="DotStyleSolid")
    kinds = ET.SubElement(chart, "EntityTypeCollection")
    for name in (_ACCOUNT, _PERSON, _PHONE, _CASE):
        ET.SubElement(
            kinds, "EntityType", Name=name, IconFile=name.lower(),
            PreferredRepresentation="RepresentAsIcon",
        )  # fmt: skip
    links = ET.SubElement(chart, "LinkTypeCollection")
    for name in ("Transaction", "Tie"):
        ET.SubElement(links, "LinkType", Name=name, Colour="0")
    items = ET.SubElement(chart, "ChartItemCollection")
    rows: dict[int, int] = {}
    for account in sheet.accounts.values():
        rows[account.tier] = rows.get(account.tier, 0) + 1
        _account(items, account, (account.tier * _WIDE, rows[account.tier] * _HIGH))
    for flow in sheet.moves:
        _arrow(items, flow)
    _people(items, people, numbers)
    written: bytes = ET.tostring(chart, encoding="utf-8", xml_declaration=True)
    return written


def _account(items: ET.Element, account: FlowAccount, at: tuple[int, int]) -> None:
    label = " ".join(filter(None, (account.bank, account.number or account.name)))
    kind = _PERSON if account.victim else _ACCOUNT
    _icon(items, kind, account.key, label, at)


def _people(items: ET.Element, people: Sequence[KnownPerson], numbers: Mapping[str, str]) -> None:
    """Persons in a column left of the money, their telephones and cases in one further left."""
    persons: dict[str, None] = {}
    things: dict[str, None] = {}
    for known in people:
        person, tie = known.person, known.tie
        own = f"person/{person.key}"
        if own not in persons:
            persons[own] = None
            label = " ".join((*person.names[:1], *person.id_numbers[:1])) or person.key
            _icon(items, _PERSON, own, label, (-_WIDE, len(persons) * _HIGH))
        end = known.account
        if not end:
            value = tie.typed.value or tie.case
            end = f"{tie.typed.kind.value}/{value}"
            if end not in things:
                things[end] = None
                kind = {TieKind.PHONE: _PHONE, TieKind.ACCOUNT: _ACCOUNT}.get(tie.typed.kind, _CASE)
                shown = numbers.get(value, value) if kind == _CASE else value
                _icon(items, kind, end, shown, (-2 * _WIDE, len(things) * _HIGH))
        _line(items, (own, end), tie)


def _line(items: ET.Element, ends: tuple[str, str], tie: PersonTie) -> None:
    description = _xml(tie_text(tie))
    item = ET.SubElement(items, "ChartItem", Label=tie.typed.role.value, Description=description)
    link = ET.SubElement(item, "Link", End1Id=_xml(ends[0]), End2Id=_xml(ends[1]))
    ET.SubElement(
        link, "LinkStyle", Type="Tie", Strength="Default", ArrowStyle="ArrowNone",
        MlStyle="MultiplicityMultiple",
    )  # fmt: skip


def _icon(items: ET.Element, kind: str, key: str, label: str, at: tuple[int, int]) -> None:
    item = ET.SubElement(items, "ChartItem", Label=_xml(label), XPosition=str(at[0]))
    end = ET.SubElement(item, "End", X=str(at[0]), Y=str(at[1]), Z="0")
    key = _xml(key)
    entity = ET.SubElement(end, "Entity", EntityId=key, Identity=key, LabelIsIdentity="false")
    icon = ET.SubElement(entity, "Icon")
    ET.SubElement(icon, "IconStyle", Type=kind)


def _arrow(items: ET.Element, flow: FlowMove) -> None:
    item = ET.SubElement(
        items, "ChartItem", Label=yuan_cell(flow.move.amount_fen), Description=_xml(flow.serial)
    )
    if flow.timed:
        item.set("DateTime", moment_of(flow).strftime(WHEN))
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
