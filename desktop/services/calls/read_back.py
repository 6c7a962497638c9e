"""复诵核对: the officer reads account and sum of a payment back to the caller, who says yes.

The yes is recorded as a number that was read aloud (:mod:`desktop.domain.cases.read_aloud`), in front of the order: of
the account and of the sum, so that whoever changes one of them has a payment again that nobody confirmed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from desktop.domain.cases.form_facts import readings_of, transfer_of
from desktop.domain.cases.intake import IntakeForm, ReadAloudText
from desktop.domain.cases.read_aloud import ReadAloud, groups_to_read, reading_of
from desktop.domain.money.amounts import capitals, format_yuan
from desktop.domain.time.clock import to_wire
from desktop.services.cases.read_aloud import read_aloud
from desktop.services.session import Session


@dataclass(frozen=True, slots=True)
class ReadBack:
    """A payment as it is read back. ``place``: its line, from 0; ``groups``: the payee's account as it is said;
    ``sum_in_words``: in Chinese capitals; ``confirmed``: the caller said yes to just this account and sum."""

    place: int
    groups: tuple[str, ...]
    sum_in_words: str
    payee: str
    confirmed: bool
    account: str
    amount: str


def payments_to_read_back(session: Session, form: IntakeForm) -> tuple[ReadBack, ...]:
    """Every payment of the form that has an account and a sum; masked accounts are not read. Pure but for the clock;
    called at every key."""
    now, readings = session.clock.now(), readings_of(form)
    found = []
    for place in range(len(form.transfers)):
        item = transfer_of(form, place, now)
        account = item.payee.number
        if not account or "*" in account or item.amount_fen <= 0:
            continue
        amount = format_yuan(item.amount_fen)
        found.append(
            ReadBack(
                place, groups_to_read(account), capitals(item.amount_fen), item.payee.name,
                _is_confirmed(readings, (account, amount)), account, amount,
            )
        )  # fmt: skip
    return tuple(found)


def confirm_read_back(
    session: Session, payment: ReadBack, reader: str
) -> tuple[ReadAloudText, ...]:
    """That the caller ``reader`` said yes to account and sum now; nothing is stored.

    Raises as :func:`~desktop.services.cases.read_aloud.read_aloud`.
    """
    done = (read_aloud(session, number, reader) for number in (payment.account, payment.amount))
    return tuple(
        ReadAloudText(one.id, one.number, one.reader, one.officer, to_wire(one.at)) for one in done
    )


def _is_confirmed(readings: Iterable[ReadAloud], numbers: Iterable[str]) -> bool:
    known = tuple(readings)
    return all(reading_of(known, number) is not None for number in numbers)
