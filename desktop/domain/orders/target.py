"""What an order is about, as people name it."""

from __future__ import annotations

import unicodedata

from desktop.domain.orders.evidence import EvidenceTerms
from desktop.domain.orders.number import NumberTerms
from desktop.domain.orders.order import Order, Terms


def target_value(order: Order) -> str:
    """The account, order number, telephone number or address; whole, so mask it where it is not being worked on."""
    if isinstance(order.terms, NumberTerms):
        return order.terms.raw
    if isinstance(order.terms, EvidenceTerms):
        return order.terms.about
    return order.payee.number or order.order_number


def compared(value: str) -> str:
    """What an order is about as tables are compared with it: half width, without spaces or the apostrophe of a
    spreadsheet."""
    return "".join(unicodedata.normalize("NFKC", value).split()).removeprefix("'")


def receiver(order: Order) -> str:
    """Who is to act: the addressee, else the payee's bank."""
    return order.addressee or order.payee.bank


def asked_of(terms: Terms | None, addressee: str) -> str:
    """The same of an order about no account, by its terms and addressee: who holds the evidence, or the carrier."""
    held = terms.holder if isinstance(terms, EvidenceTerms) else ""
    return held or addressee
