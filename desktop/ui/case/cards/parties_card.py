"""当事人: the victim, who reports and everybody else who has to do with a case."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from PySide6.QtWidgets import QWidget

from desktop.domain.cases.case import Case, CaseSource
from desktop.domain.cases.people.party import PARTY_FIELDS, Party, PartyRole
from desktop.domain.cases.people.victim import VICTIM_FIELDS
from desktop.domain.cases.visits import has_victim
from desktop.domain.records.field_table import FieldRow, Typed
from desktop.services.case_sheet import CaseSheet
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.text.datetime_text import show_local
from desktop.ui.shared.widgets.input.button import Button, Size
from desktop.ui.shared.widgets.layout.card import Card, Column, KeyValues, let_go
from desktop.ui.shared.widgets.texts.label import Label

_VICTIM: Final = tuple(row for row in VICTIM_FIELDS.rows if row.card)
_OTHERS: Final = tuple(
    row for row in PARTY_FIELDS.rows if row.card and row.key not in ("role", "id_kind")
)
_MOST: Final = 20
"""Parties that are listed; F11 has every fact of any number of them."""


class PartiesCard(Card):
    """Identity numbers, telephones and addresses are masked until somebody asks for them."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit, "party.title")
        self.setObjectName("case_parties")
        self._kit = kit
        self._taken = ""
        self._revealed = False
        self._shown: object = None
        self._blocks: list[QWidget] = []
        self._list = Column(kit, gap="space_s")
        self.body.addLayout(self._list)
        self.fields = Button(
            kit, "case.fields.key", size=Size.COMPACT, keys="F11", name="case_fields"
        )
        self.header.addWidget(self.fields)

    def show_sheet(self, sheet: CaseSheet, *, revealed: bool) -> None:
        """Show the parties of a case; their lines stay while nothing of them changed."""
        case = sheet.file.case
        self._revealed = revealed
        self._taken = self._kit.texts.text(
            "case.who.taken_by",
            at=show_local(case.accepted_at, self._kit.zone)[:16],
            officer=sheet.officer(case.accepted_by),
            unit=case.unit_name,
        )
        facts = (
            case.everyone, case.reported_by, case.source, case.visit, self._taken, revealed,
            self._kit.texts.language,
        )  # fmt: skip
        if facts != self._shown:
            self._shown = facts
            self._fill(case)

    def _fill(self, case: Case) -> None:
        let_go(self._list, *self._blocks)
        others = case.parties[:_MOST]
        more = Label(self._kit, role="hint", ink="muted", wrap=True)
        more.set_key("party.listed", count=len(case.parties) - len(others))
        more.setVisible(len(case.parties) > _MOST)
        self._blocks = [
            *self._victim(case),
            *(block for place, item in enumerate(others, 1) for block in self._other(case, place, item)),
            more,
        ]  # fmt: skip
        for block in self._blocks:
            self._list.addWidget(block)

    def _victim(self, case: Case) -> Iterable[QWidget]:
        if has_victim(case.visit):
            yield self._head("case_who_roles", self._roles(case, case.everyone[0]))
        values = KeyValues(self._kit, right=False)
        for row in _VICTIM:
            text = getattr(case.victim, row.attribute)
            if text or not row.seldom:
                self._line(values, f"case_who_{row.attribute}", row, text)
        source = case.source
        if source:
            name = (
                self._kit.texts.text(f"party.source_is.{source}") if source in _SOURCES else source
            )
            self._put(values.add_row("party.source"), "case_source", name)
        self._put(values.add_row("case.who.taken"), "case_who_taken", self._taken)
        yield values

    def _other(self, case: Case, place: int, party: Party) -> Iterable[QWidget]:
        yield self._head(f"case_party_{place}", self._roles(case, party))
        values = KeyValues(self._kit, right=False)
        for row in _OTHERS:
            text = getattr(party, row.attribute)
            if text:
                self._line(values, f"case_party_{place}_{row.key}", row, text)
        yield values

    def _roles(self, case: Case, party: Party) -> str:
        words = self._kit.texts.text
        reporting = (PartyRole.REPORTER,) if party.id == case.reporter.id else ()
        roles = dict.fromkeys((*reporting, *party.roles))
        known = frozenset(PartyRole)
        names = [words(f"party.role_is.{role}") if role in known else role for role in roles]
        return " · ".join(names) or words("party.title")

    def _head(self, name: str, text: str) -> QWidget:
        head = Label(self._kit, role="strong", wrap=True)
        self._put(head, name, text)
        return head

    def _line(self, values: KeyValues, name: str, row: FieldRow, text: str) -> None:
        digits = row.typed is Typed.NUMBER
        label = values.add_row(row.card, role="digits" if digits else "body")
        shown = row.mask(text) if row.mask and not self._revealed else text
        self._put(label, name, shown)

    def _put(self, label: Label, name: str, text: str) -> None:
        label.setObjectName(name)
        label.set_text(text or self._kit.texts.text("case.unknown"))
        label.set_ink("" if text else "faint")


_SOURCES: Final = frozenset(CaseSource)
