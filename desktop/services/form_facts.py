"""From typed texts to facts: what can be read is read, what cannot stays unknown and is reported elsewhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from operator import attrgetter
from typing import Any, Final

from desktop.domain.cases.answers import TICKED
from desktop.domain.cases.case import IDENTIFIER_FIELDS, Identifier
from desktop.domain.cases.intake import IntakeForm, TransferText
from desktop.domain.cases.read_aloud import ReadAloud
from desktop.domain.cases.transfer import TRANSFER_FIELDS, Certainty, Transfer
from desktop.domain.cases.victim import VICTIM_FIELDS, Victim
from desktop.domain.errors import UserInputError
from desktop.domain.identifiers import check
from desktop.domain.identifiers.money.masked_number import read_masked
from desktop.domain.identifiers.plain import digits_of, raised
from desktop.domain.ids import IdentifierId, TransferId
from desktop.domain.money.amounts import parse_yuan
from desktop.domain.records.field_table import FieldRow, Typed, assembled
from desktop.domain.text.hidden_signs import without_hidden
from desktop.domain.time.clock import from_wire
from desktop.domain.time.local_time import read_time
from desktop.services.session import Session

_HALVES: Final = re.compile("[\ud800-\udfff]")
"""Halves of a character that stand alone: no text, and nothing that can be written as UTF-8."""


def is_text(value: str) -> bool:
    """Whether ``value`` can be written down."""
    return not _HALVES.search(value)


def clean(text: str) -> str:
    """Words as they were typed, without outer spaces and signs nobody sees; rare characters and punctuation stay as
    they are. A NUL, which nobody types and no database keeps, becomes what it is shown as: reopening the case then
    changes nothing."""
    return without_hidden(_HALVES.sub("\ufffd", text).replace("\0", "\ufffd")).strip()


def clean_number(text: str) -> str:
    """A number as it will be compared and sent: half-width, no spaces, no hyphens, upper case.

    Cleaning what is clean changes nothing, so a case that is reopened and registered again says nothing new.
    """
    known, cleaned = "", raised(digits_of(clean(text)))
    while (
        cleaned != known
    ):  # a spacing accent leaves a bare one, which then joins the letter before it
        known, cleaned = cleaned, raised(digits_of(cleaned))
    return cleaned


_NO_NAME: Final = 11
"""Digits of the shortest number that is taken for no name, a mobile's."""
_ACCOUNT_MARKS: Final = frozenset("0123456789*")


def clean_account(text: str) -> str:
    """An account of a bank like any number; a wallet's name (``wxid_…``, an e-mail) as it was typed.

    Capitals mean nothing to banks and something to people who compare a name with a screenshot. A masked number
    comes out as digits and stars, the last four alone as ``*1234``.
    """
    blotted = read_masked(clean(text))
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
    said = ((name, clean(text)) for name, text in form.answers)
    return tuple(sorted((name, text) for name, text in said if text))


def circumstances_of(form: IntakeForm) -> tuple[tuple[str, str], ...]:
    """(circumstance, who or what proves it), the proof empty while nobody named one."""
    return tuple(
        sorted((name, "" if said == TICKED else clean(said)) for name, said in form.circumstances)
    )


_FACTS: Final[Mapping[Typed, Callable[[str], Any]]] = {
    Typed.WORDS: clean,
    Typed.NUMBER: clean_number,
    Typed.ACCOUNT: clean_account,
    Typed.AMOUNT: lambda text: amount_of(text) or 0,
}


def facts_of(rows: Iterable[FieldRow], typed: object) -> dict[str, Any]:
    """Attribute → the fact in the texts of a form, or of a line of it; what has no text of its own is left out."""
    texts = ((row, attrgetter(row.form)(typed)) for row in rows if row.typed)
    return {row.attribute: _fact(row, text) for row, text in texts if isinstance(text, str)}


def _fact(row: FieldRow, text: str) -> Any:
    told = _FACTS.get(row.typed) if row.typed else None
    if told is not None:
        return told(text)
    return row.type.read(text if row.type.accepts(text) else "")


def victim_of(form: IntakeForm) -> Victim:
    """The person at the counter."""
    return assembled(Victim, facts_of(VICTIM_FIELDS.rows, form))


def transfer_of(form: IntakeForm, index: int, now: datetime) -> Transfer:
    """The transfer on line ``index``; the payer is the victim unless another name was typed."""
    typed = form.transfers[index]
    victim = "" if typed.payer_name.strip() else clean(form.victim.name)
    return _transfer(typed, victim, index + 1, read_time(typed.time, now))


@lru_cache(maxsize=4096)
def _transfer(typed: TransferText, victim: str, position: int, time: datetime | None) -> Transfer:
    """Read once: a form with hundreds of payments is judged at every key, and one of them changes."""
    facts = facts_of(TRANSFER_FIELDS.rows, typed)
    facts["payer.name"] = facts["payer.name"] or victim
    facts["payee_masked"] = _on_receipt(typed)
    facts["time"] = time
    facts["certainty"] = _certainty(typed)
    return assembled(Transfer, facts, id=TransferId(typed.id), position=position)


def _on_receipt(typed: TransferText) -> str:
    """The payee's number as printed, when some of it is blotted out."""
    blotted, kept = read_masked(typed.payee_account), read_masked(typed.payee_masked)
    fresh = blotted is not None and blotted != kept
    return clean(typed.payee_account if fresh else typed.payee_masked)


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
    """Beyond the payer's name, which is the victim's on every line."""
    payment = item.time, item.amount_fen, item.order_number, item.serial, item.returned_fen
    payee, payer = item.payee, item.payer
    return any((*payment, payee.number, payee.name, payee.bank, payer.number, payer.bank))


def identifiers_of(session: Session, form: IntakeForm) -> tuple[Identifier, ...]:
    """Every identifier line with a value, with its normal form."""
    found = []
    for typed in form.identifiers:
        value = clean(typed.value)
        if not value:
            continue
        normal = (
            check(typed.kind, value, session.directories, session.today).normal
            if typed.kind
            else value
        )
        facts = facts_of(IDENTIFIER_FIELDS.rows, typed)
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


def is_misplaced(name: str) -> bool:
    """Whether what stands for a name is an account, an identity number or a telephone, typed one field too far: no
    person and no bank is called by a number of that length."""
    digits = "".join(name.split()).upper().removesuffix("X")
    return digits.isdecimal() and len(digits) >= _NO_NAME


def is_unchosen(name: str) -> bool:
    """Whether a name has letters as an input method leaves them when no character was chosen: none is a capital, as a
    name in letters would have."""
    letters = [sign for sign in name if sign.isascii() and sign.isalpha()]
    return bool(letters) and all(letter.islower() for letter in letters)
