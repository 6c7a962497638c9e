"""From typed texts to facts. What can be read is read; what cannot stays unknown and is reported elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from functools import cache, lru_cache
from operator import attrgetter
from typing import Any, Final

from desktop.domain.cases.answers import TICKED
from desktop.domain.cases.case import (
    IDENTIFIER_FIELDS,
    Identifier,
    is_question,
)
from desktop.domain.cases.intake import IntakeForm, TransferText
from desktop.domain.cases.payments.transfer import TRANSFER_FIELDS, Certainty, Transfer
from desktop.domain.cases.payments.way import NO_WAY, WAY_FIELDS, PaymentWay
from desktop.domain.cases.people.party import PARTY_FIELDS, Party
from desktop.domain.cases.people.victim import VICTIM_FIELDS, Victim
from desktop.domain.cases.read_aloud import ReadAloud
from desktop.domain.errors import UserInputError
from desktop.domain.identifiers import check
from desktop.domain.identifiers.labels import unlabelled
from desktop.domain.identifiers.money.masked_number import as_printed, read_masked
from desktop.domain.identifiers.plain import clean, clean_number
from desktop.domain.ids import IdentifierId, PartyId, TransferId
from desktop.domain.money.amounts import parse_yuan
from desktop.domain.records.field_table import FieldRow, Typed, assembled
from desktop.domain.reference.directories import Directories
from desktop.domain.time.clock import from_wire
from desktop.domain.time.local_time import read_time

_ACCOUNT_MARKS: Final = frozenset("0123456789*")


def clean_account(text: str) -> str:
    """An account of a bank like any number; a wallet's name (``wxid_…``, an e-mail) as it was typed.

    Capitals mean nothing to banks and something to people who compare a name with a screenshot. A masked number
    comes out as digits and stars, the last four alone as ``*1234``. Words in front that say that it is an account are
    no part of it; those that name a wallet stay.
    """
    text = unlabelled(clean(text), "bank_account")
    blotted = read_masked(text)
    if blotted is not None:
        return blotted.pattern
    number = clean_number(text)
    return number if set(number) <= _ACCOUNT_MARKS else "".join(clean(text).split())


def amount_of(text: str) -> int | None:
    """Fen, or None when the text is empty or not an amount."""
    if not text.strip():
        return None
    try:
        return parse_yuan(text)
    except UserInputError:
        return None


def answers_of(form: IntakeForm) -> tuple[tuple[str, str], ...]:
    """(question, what was said) of every question that was answered, or left open for a reason."""
    answers = ((name, clean(text)) for name, text in form.answers)
    return tuple(sorted((name, text) for name, text in answers if text and is_question(name)))


def parties_of(form: IntakeForm) -> tuple[Party, ...]:
    """Every party of whom something was typed, by id as they are read again."""
    facts = (
        assembled(Party, facts_of(PARTY_FIELDS.rows, typed), id=PartyId(typed.id))
        for typed in form.parties
    )
    return tuple(
        sorted((party for party in facts if not party.is_blank), key=lambda party: party.id)
    )


def ways_of(form: IntakeForm, now: datetime) -> tuple[PaymentWay, ...]:
    """What is said of the way of each payment, by id as they are read again."""
    ways = (item.way for item in transfers_of(form, now) if not item.way.is_unsaid)
    return tuple(sorted(ways, key=lambda way: way.id))


def circumstances_of(form: IntakeForm) -> tuple[tuple[str, str], ...]:
    """(circumstance, who or what proves it), the proof empty while nobody named one."""
    return tuple(
        sorted(
            (name, "" if value == TICKED else clean(value)) for name, value in form.circumstances
        )
    )


_FACTS: Final[Mapping[Typed, Callable[[str], Any]]] = {
    Typed.WORDS: clean,
    Typed.NUMBER: clean_number,
    Typed.ACCOUNT: clean_account,
    Typed.AMOUNT: lambda text: amount_of(text) or 0,
}


@cache
def _text_at(place: str) -> Callable[[object], object]:
    """Made once for each place: hundreds of payments are read at once."""
    return attrgetter(place)


def facts_of(rows: Iterable[FieldRow], typed: object) -> dict[str, Any]:
    """Attribute → the fact in the texts of a form, or of a line of it; what has no text of its own is left out."""
    texts = ((row, _text_at(row.form)(typed)) for row in rows if row.typed)
    return {row.attribute: _fact(row, text) for row, text in texts if isinstance(text, str)}


def _fact(row: FieldRow, text: str) -> Any:
    read = _FACTS.get(row.typed) if row.typed else None
    if row.kinds:
        text = unlabelled(clean(text), *row.kinds)
    if read is not None:
        return read(text)
    return row.type.read(text if row.type.accepts(text) else "")


def victim_of(form: IntakeForm) -> Victim:
    """The person at the counter."""
    return assembled(Victim, facts_of(VICTIM_FIELDS.rows, form))


def transfer_of(form: IntakeForm, index: int, now: datetime) -> Transfer:
    """The transfer on line ``index``; the payer is the victim unless another name was typed."""
    typed = form.transfers[index]
    victim = "" if clean(typed.payer_name) else clean(form.victim.name)
    return _transfer(typed, victim, index + 1, read_time(typed.time, now))


@lru_cache(maxsize=4096)
def _transfer(typed: TransferText, victim: str, position: int, time: datetime | None) -> Transfer:
    """Read once: a form with hundreds of payments is judged at every key, and one of them changes."""
    facts = facts_of(TRANSFER_FIELDS.rows, typed)
    facts["payer.name"] = facts["payer.name"] or victim
    facts["payee_masked"] = as_printed(typed.payee_account, typed.payee_masked)
    facts["time"] = time
    facts["certainty"] = _certainty(typed)
    way = assembled(PaymentWay, facts_of(WAY_FIELDS.rows, typed), id=TransferId(typed.id))
    way = NO_WAY if way.is_unsaid else way
    return assembled(Transfer, facts, id=TransferId(typed.id), position=position, way=way)


def _certainty(typed: TransferText) -> dict[str, Certainty]:
    known = {item.value for item in Certainty}
    return {name: Certainty(value) for name, value in typed.certainty if value in known}


def transfers_of(form: IntakeForm, now: datetime) -> tuple[Transfer, ...]:
    """Every transfer of which anything can be read; a blank line between two takes no position."""
    read = (transfer_of(form, index, now) for index in range(len(form.transfers)))
    filled = (transfer for transfer in read if _says_anything(transfer))
    return tuple(
        item if item.position == position else replace(item, position=position)
        for position, item in enumerate(filled, 1)
    )


def _says_anything(item: Transfer) -> bool:
    """Beyond the payer's name, which is the victim's on every line, and a way that was chosen for nothing yet."""
    payment = item.time, item.amount_fen, item.order_number, item.serial, item.returned_fen
    payee, payer = item.payee, item.payer
    if not replace(item.way, kind="").is_unsaid:
        return True
    return any((*payment, payee.number, payee.name, payee.bank, payer.number, payer.bank))


def identifiers_of(
    form: IntakeForm, directories: Directories, today: date
) -> tuple[Identifier, ...]:
    """Every identifier line with a value, with its normal form."""
    found = []
    for typed in form.identifiers:
        facts = facts_of(IDENTIFIER_FIELDS.rows, typed)
        value = facts["value"]
        if not value:
            continue
        normal = check(typed.kind, value, directories, today).normal if typed.kind else value
        found.append(
            assembled(Identifier, facts, id=IdentifierId(typed.id), normal=normal or value)
        )
    return tuple(found)


def readings_of(form: IntakeForm) -> tuple[ReadAloud, ...]:
    """Numbers on the form that a second person read aloud."""
    return tuple(
        ReadAloud(item.id, item.number, item.reader, item.officer, from_wire(item.at))
        for item in form.read_aloud
    )
