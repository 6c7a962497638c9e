"""Where in the form each proposal belongs, and what stands there already. Nothing is changed here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from desktop.domain.cases.intake import IntakeForm, TransferText
from desktop.domain.cases.payments.transfer import Certainty
from desktop.domain.errors import UserInputError
from desktop.domain.identifiers import KINDS
from desktop.domain.identifiers.money.masked_number import read_masked
from desktop.domain.money.amounts import format_yuan, parse_yuan
from desktop.domain.statements.proposal import (
    AMOUNT,
    FOREIGN_SUM,
    Confidence,
    Extraction,
    Proposal,
    ProposedTransfer,
)
from desktop.domain.statements.statement import MoneyDirection

ACCOUNTS: Final = frozenset({"bank_card", "bank_account", "masked_card"})
_DAY_ALONE: Final = 10
_KEYS: Final = ("amount", "payee_account", "order_number", "serial")
"""Fields by which a payment on the form is known to be the one in the text."""


class ProposalPlace(StrEnum):
    """``FREE``: nothing stands there. ``SAME``: it stands there already. ``TAKEN``: something else does. ``UNPAID``:
    nowhere, as a sum that was named and, it seems, not paid. ``FOREIGN``: nowhere, as a sum that is not in yuan."""

    FREE = "free"
    SAME = "same"
    TAKEN = "taken"
    UNPAID = "unpaid"
    FOREIGN = "foreign"


@dataclass(frozen=True, slots=True)
class Offer:
    """A proposal with its field. ``path``: ``transfers.2.amount``, where the transfer may still have to be added,
    ``identifiers.<kind>`` for a new lead, or empty where the form has no place. ``text`` is what would stand in the
    field, ``present`` what stands there now. ``wanted``: taken along when all are accepted."""

    proposal: Proposal
    path: str
    text: str
    present: str
    place: ProposalPlace
    certainty: Certainty

    @property
    def wanted(self) -> bool:
        """Never by itself what is unsure, already there, or would replace what somebody typed."""
        sure = self.proposal.confidence is not Confidence.UNSURE
        return sure and bool(self.path) and self.place is ProposalPlace.FREE


def place_proposals(form: IntakeForm, reading: Extraction) -> tuple[Offer, ...]:
    """An offer for each part of a transfer and for each lead: transfers first, each in the order of the text, and
    last those that are unsure as a whole, so that what is taken along has the first places of the form.

    A sum that looks like a payment and is none is shown with the words that say so. Balances and the like are left in
    the text.
    """
    first: list[Offer] = []
    last: list[Offer] = []
    taken: set[int] = set()
    for made in sorted(reading.transfers, key=_is_unsure):
        if made.direction is MoneyDirection.OUT and not made.failed:
            index = _transfer_for(form, made, taken)
            taken.add(index)
            offers = list(_of_transfer(form, made, index, reading.sender))
        else:
            offers = [_nowhere(part) for part in made.parts.values()]
        (last if _is_unsure(made) else first).extend(offers)
    return (*first, *_loose(form, reading, taken), *last)


def _is_unsure(made: ProposedTransfer) -> bool:
    return AMOUNT in made.parts and made.parts[AMOUNT].confidence is Confidence.UNSURE


def placed_again(form: IntakeForm, offers: Iterable[Offer]) -> tuple[Offer, ...]:
    """The same offers for the same fields of a form that has changed since."""
    return tuple(_again(form, offer) for offer in offers)


def _again(form: IntakeForm, offer: Offer) -> Offer:
    part, _, rest = offer.path.partition(".")
    if part == "transfers":
        index, _, name = rest.partition(".")
        there = int(index) < len(form.transfers)
        present = str(getattr(form.transfers[int(index)], name)) if there else ""
        place = _place(name, offer.proposal.value, present)
    elif part == "victim":
        present = str(getattr(form.victim, rest))
        place = _place(rest, offer.text, present)
    elif part == "identifiers":
        there = any((row.kind, row.value) == (rest, offer.text) for row in form.identifiers)
        present, place = (offer.text, ProposalPlace.SAME) if there else ("", ProposalPlace.FREE)
    else:
        return offer
    return replace(offer, present=present, place=place)


def _transfer_for(form: IntakeForm, made: ProposedTransfer, taken: set[int]) -> int:
    """The payment on the form it is, else the first blank one, else a new one."""
    rows = [(index, row) for index, row in enumerate(form.transfers) if index not in taken]
    for index, row in rows:
        if any(_same(name, made.value(name), str(getattr(row, name))) for name in _KEYS):
            return index
    blank = (index for index, row in rows if row.is_blank())
    return next(blank, max((*taken, len(form.transfers) - 1)) + 1)


def _of_transfer(
    form: IntakeForm, made: ProposedTransfer, index: int, sender: str
) -> Iterator[Offer]:
    blank = TransferText(id="")
    row = form.transfers[index] if index < len(form.transfers) else blank
    for name, part in made.parts.items():
        if name == "time" and len(part.value) == _DAY_ALONE:
            yield _nowhere(part)
            continue
        text, present = _text(name, part.value), str(getattr(row, name))
        yield Offer(
            part,
            f"transfers.{index}.{name}",
            text,
            present,
            _place(name, part.value, present),
            _certainty(part, sender),
        )


def _loose(form: IntakeForm, reading: Extraction, taken: set[int]) -> Iterator[Offer]:
    first = min(taken, default=0)
    row = form.transfers[first] if first < len(form.transfers) else TransferText(id="")
    payee_open = not row.payee_account and not any(
        "payee_account" in made.parts for made in reading.transfers
    )
    known = {(item.kind, item.value) for item in form.identifiers}
    for found in reading.loose:
        certainty = _certainty(found, reading.sender)
        if found.kind in ACCOUNTS and payee_open:
            payee_open = False
            path = f"transfers.{first}.payee_account"
            yield Offer(found, path, found.value, "", ProposalPlace.FREE, certainty)
        elif found.kind == "resident_id" and not form.victim.id_number:
            yield Offer(found, "victim.id_number", found.value, "", ProposalPlace.FREE, certainty)
        elif found.kind in KINDS:
            there = (found.kind, found.value) in known
            place = ProposalPlace.SAME if there else ProposalPlace.FREE
            path = f"identifiers.{found.kind}"
            yield Offer(found, path, found.value, found.value if there else "", place, certainty)
        elif found.kind == AMOUNT and found.because:
            yield replace(_nowhere(found), place=ProposalPlace.UNPAID)
        elif found.kind == FOREIGN_SUM:
            yield replace(_nowhere(found), place=ProposalPlace.FOREIGN)


def _nowhere(part: Proposal) -> Offer:
    return Offer(part, "", _text(part.kind, part.value), "", ProposalPlace.FREE, Certainty.GUESSED)


def _text(name: str, value: str) -> str:
    return format_yuan(parse_yuan(value)) if name == AMOUNT else value


def _place(name: str, value: str, present: str) -> ProposalPlace:
    if not present.strip():
        return ProposalPlace.FREE
    return ProposalPlace.SAME if _same(name, value, present) else ProposalPlace.TAKEN


def _same(name: str, value: str, present: str) -> bool:
    if not value or not present.strip():
        return False
    if name == AMOUNT:
        try:
            return parse_yuan(value) == parse_yuan(present)
        except UserInputError:
            return False
    if name == "time":
        return present.startswith(value)
    there, proposed = "".join(present.split()), "".join(value.split())
    if name.endswith("_account"):
        masked = read_masked(proposed)
        return there == proposed or (masked is not None and masked.fits(there))
    return there == proposed or (name.endswith("_bank") and there.startswith(proposed))


def _certainty(part: Proposal, sender: str) -> Certainty:
    """A message a bank signed is as good as a receipt; what one has to guess from is a guess."""
    if part.confidence in (Confidence.DOUBTFUL, Confidence.UNSURE):
        return Certainty.GUESSED
    return Certainty.RECEIPT if sender else Certainty.TOLD
