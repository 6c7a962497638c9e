"""Puts what was read somewhere into the form, field by field, with where it was read and how sure it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Final

from desktop.domain.cases.intake import IdentifierText, TransferText
from desktop.domain.identifiers.money.masked_number import group_account
from desktop.services.cases.form.drafts import blank_identifier, blank_transfer
from desktop.services.cases.form.read_form import bank_of
from desktop.services.extraction.place_proposals import Offer
from desktop.services.session import Session
from desktop.ui.intake.form.form_model import FormModel

_BANK_OF: Final = {"payer_account": "payer_bank", "payee_account": "payee_bank"}
_CERTAIN: Final = frozenset({"time", "amount", "payee_name", "payee_account", "payee_bank"})
_TEXTS: Final = tuple(
    field.name for field in fields(TransferText) if field.name not in {"id", "certainty"}
)


class FormFilling:
    """Accounts are grouped for reading as if they had been typed."""

    def __init__(self, model: FormModel, session: Session) -> None:
        self.model = model
        self._session = session

    def put(self, offer: Offer, source: str, origin: str = "") -> str:
        """An offer into its field; the path it went to. ``source`` says in words where a lead was read, ``origin``
        where in the evidence."""
        part, _, rest = offer.path.partition(".")
        if part == "identifiers":
            certainty = offer.certainty.value
            return self.put_lead(
                IdentifierText("", rest, offer.text, "", certainty, source, origin)
            )
        if part == "transfers":
            index, _, name = rest.partition(".")
            self._put_in_transfer(int(index), name, offer, origin)
        else:
            self.model.put(offer.path, offer.text)
        return offer.path

    def put_lead(self, lead: IdentifierText) -> str:
        """A new lead; the path of its value."""
        blank = blank_identifier(self._session, lead.kind, lead.value)
        self.model.add_identifier(replace(lead, id=blank.id))
        return f"identifiers.{len(self.model.form.identifiers) - 1}.value"

    def put_transfers(self, rows: Sequence[TransferText]) -> None:
        """Whole transfers: the first into a blank one where the form has it, the others behind."""
        left = [self._grouped(row) for row in rows]
        blank = (at for at, item in enumerate(self.model.form.transfers) if item.is_blank())
        at = next(blank, -1)
        if left and at >= 0:
            self._fill(at, left.pop(0))
        self.model.add_transfers(
            tuple(replace(row, id=blank_transfer(self._session).id) for row in left)
        )

    def _put_in_transfer(self, index: int, name: str, offer: Offer, origin: str) -> None:
        while index >= len(self.model.form.transfers):
            self.model.add_transfer(blank_transfer(self._session))
        text = group_account(offer.text) if name in _BANK_OF else offer.text
        self.model.put(offer.path, text)
        if name in _BANK_OF:
            self._name_bank(index, name)
        if name in _CERTAIN:
            self.model.put_certainty(index, name, offer.certainty.value)
        if origin and not self.model.form.transfers[index].origin:
            self.model.put(f"transfers.{index}.origin", origin)

    def _name_bank(self, index: int, account: str) -> None:
        """The bank the card's first digits name, where nobody says which: as if the card had been typed."""
        transfer, bank = self.model.form.transfers[index], _BANK_OF[account]
        if not getattr(transfer, bank):
            found = bank_of(self._session, getattr(transfer, account))
            self.model.put(f"transfers.{index}.{bank}", found)

    def _fill(self, index: int, row: TransferText) -> None:
        for name in _TEXTS:
            value = str(getattr(row, name))
            if value:
                self.model.put(f"transfers.{index}.{name}", value)
        for name, certainty in row.certainty:
            self.model.put_certainty(index, name, certainty)

    def _grouped(self, row: TransferText) -> TransferText:
        """Accounts in groups, and the bank of each card where the paper names none."""
        return replace(
            row,
            payer_account=group_account(row.payer_account),
            payee_account=group_account(row.payee_account),
            payer_bank=row.payer_bank or bank_of(self._session, row.payer_account),
            payee_bank=row.payee_bank or bank_of(self._session, row.payee_account),
        )
