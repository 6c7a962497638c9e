"""``order issue --set NAME=VALUE --evidence ITEM``: what an order says beside its payment, field by field."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from desktop.domain.clock import from_wire
from desktop.domain.errors import AppError, UserInputError
from desktop.domain.evidence.item import Evidence
from desktop.domain.fields import Json
from desktop.domain.money.amounts import parse_yuan
from desktop.domain.orders.evidence import EvidenceTerms
from desktop.domain.orders.order import Order, Terms
from desktop.domain.orders.term_fields import Sort, choices_of, names_of, sort_of, written
from desktop.domain.record_fields import flat
from desktop.services.orders.order_request import OrderRequest

_YES = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
_LEAST_OF_A_DIGEST = 8


def with_fields(request: OrderRequest, given: Iterable[str]) -> OrderRequest:
    """The request with each ``NAME=VALUE`` put into its terms.

    Amounts as they are written (``9.8万``), times in ISO form, choices by code, sets with commas between.

    Raises:
        UserInputError: ``order.field`` for a name the kind does not have, ``order.field_value``.
    """
    names = names_of(request.kind)
    terms = request.terms
    for item in given:
        name, _, value = item.partition("=")
        if name not in names:
            raise UserInputError("order.field", names=" ".join(names))
        try:
            terms = written(terms, name, _value(terms, name, value.strip()))
        except (AppError, ValueError) as error:
            raise UserInputError("order.field_value", name=name) from error
    return replace(request, terms=terms)


def with_evidence(
    request: OrderRequest, wanted: Iterable[str], items: tuple[Evidence, ...]
) -> OrderRequest:
    """The request with items of the case attached, each named by its id, its file name or its SHA-256.

    Raises:
        UserInputError: ``order.field`` for a kind that takes none, ``order.no_evidence``.
    """
    digests = tuple(dict.fromkeys(_digest(one, items) for one in wanted))
    if not digests:
        return request
    if isinstance(request.terms, EvidenceTerms):
        raise UserInputError("order.field", names=" ".join(names_of(request.kind)))
    return replace(request, terms=replace(request.terms, evidence=digests))


def terms_row(order: Order) -> dict[str, Json]:
    """Everything the terms say that does not go without saying, by the names ``--set`` takes."""
    if order.terms is None:
        return {}
    return {name.removeprefix("x."): value for name, value in flat(order.terms, "x").items()}


def _value(terms: Terms, name: str, value: str) -> Any:
    family, sort = type(terms), sort_of(type(terms), name)
    if sort is Sort.SUM:
        return parse_yuan(value)
    if sort is Sort.TIME:
        return from_wire(value) if value else None
    if sort is Sort.COUNT:
        return int(value)
    if sort is Sort.TICK:
        return _one_of(_YES, value.lower())
    if sort is Sort.CHOICE:
        return _one_of({choice: choice for choice in choices_of(family, name)}, value)
    if sort in {Sort.SET, Sort.DIGESTS}:
        return _several(family, name, sort, value)
    return value


def _several(family: type[Terms], name: str, sort: Sort, value: str) -> tuple[str, ...]:
    parts = [part.strip() for part in value.split(",") if part.strip()]
    if sort is Sort.SET:
        known = {choice: choice for choice in choices_of(family, name)}
        return tuple(_one_of(known, part) for part in parts)
    return tuple(parts)


def _one_of(known: dict[str, Any], value: str) -> Any:
    if value not in known:
        raise ValueError(value)
    return known[value]


def _digest(wanted: str, items: tuple[Evidence, ...]) -> str:
    sought = wanted.strip().lower()
    for item in items:
        by_digest = len(sought) >= _LEAST_OF_A_DIGEST and item.sha256.startswith(sought)
        if wanted in {item.id, item.name} or by_digest:
            return item.sha256
    raise UserInputError("order.no_evidence")
