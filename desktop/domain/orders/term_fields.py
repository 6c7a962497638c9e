"""Which fields a kind of order has beside its payment: what its form asks for and screens show. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import datetime
from enum import Enum, StrEnum
from types import NoneType, UnionType
from typing import Any, Final, get_args, get_type_hints

from desktop.domain.orders.evidence import EvidenceTerms
from desktop.domain.orders.kinds import SPECS, OrderTarget
from desktop.domain.orders.money import MoneyTerms
from desktop.domain.orders.number import Anomaly, NumberTerms
from desktop.domain.orders.order import OrderKind, Terms

_STOP: Final = (
    "account_type", "addressing", "pos_serial", "merchant", "application", "urgency", "original_application",
    "account_mark", "remark", "evidence",
)  # fmt: skip
_ENDING: Final = ("original_application", "remark", "evidence")
_FREEZE: Final = (
    "freeze.type", "freeze.amount_fen", "freeze.property", "holder_id_number", "freeze.scope", "urgency", "remark",
    "freeze.yield_included", "freeze.major", "freeze.queued", "evidence",
)  # fmt: skip
_NUMBER: Final = (
    "line", "number_kind", "direction", "first_at", "last_at", "calls", "seconds", "victim_number",
    "victim_carrier", "basis", "message", "urgency", "anomalies", "forwarded", "wants_holder", "evidence",
)  # fmt: skip
_OF_KIND: Final[Mapping[OrderKind, tuple[str, ...]]] = {
    OrderKind.REVOKE: ("remark",),
    OrderKind.STOP: _STOP,
    OrderKind.SECOND_STOP: _STOP,
    OrderKind.LIFT: _ENDING,
    OrderKind.FREEZE: _FREEZE,
    OrderKind.EXTEND_FREEZE: (
        "freeze.type", "freeze.amount_fen", "freeze.property", "original_application", "remark", "freeze.major",
        "evidence",
    ),
    OrderKind.UNFREEZE: _ENDING,
    OrderKind.QUERY_DETAILS: ("query.from_at", "query.to_at", "query.reply_by", "evidence"),
    OrderKind.QUERY_HOLDER: ("query.reply_by", "remark", "evidence"),
    OrderKind.QUERY_ACCOUNTS: ("holder_id_number", "query.content", "query.reply_by", "evidence"),
    OrderKind.WATCH: ("starts_at", "expires_at", "evidence"),
    OrderKind.EVIDENCE_REQUEST: ("holder", "address", "wanted", "due_at", "electronic"),
}  # fmt: skip
LONG: Final = frozenset({"wanted"})
"""Texts of several lines."""
SETS: Final[Mapping[str, type[StrEnum]]] = {"anomalies": Anomaly}
"""Fields that hold any of several choices."""
DIGESTS: Final = "evidence"
"""The field that holds digests of the case's evidence."""


class Sort(Enum):
    """How a field is typed."""

    TEXT = "text"
    LONG = "long"
    CHOICE = "choice"
    TICK = "tick"
    TIME = "time"
    SUM = "sum"
    COUNT = "count"
    SET = "set"
    DIGESTS = "digests"


_PLAIN: Final = {bool: Sort.TICK, int: Sort.COUNT, datetime: Sort.TIME}


def names_of(kind: OrderKind) -> tuple[str, ...]:
    """The fields of a kind, as dotted paths into its terms."""
    return _NUMBER if SPECS[kind].target is OrderTarget.NUMBER else _OF_KIND[kind]


def family_of(kind: OrderKind) -> type[Terms]:
    """The record that holds them."""
    target = SPECS[kind].target
    if target is OrderTarget.NUMBER:
        return NumberTerms
    return EvidenceTerms if target is OrderTarget.HOLDER else MoneyTerms


def sort_of(family: type[Terms], name: str) -> Sort:
    """How the field at ``name`` is typed."""
    hint = _hint(family, name)
    if name in SETS:
        return Sort.SET
    if name == DIGESTS:
        return Sort.DIGESTS
    if name.endswith("_fen"):
        return Sort.SUM
    if hint in _PLAIN:
        return _PLAIN[hint]
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return Sort.CHOICE
    return Sort.LONG if name in LONG else Sort.TEXT


def choices_of(family: type[Terms], name: str) -> tuple[str, ...]:
    """The values a choice or a set has; "" first where nothing need be chosen, or has to be said by a person."""
    if name in SETS:
        return tuple(str(value) for value in SETS[name])
    hint = _hint(family, name)
    head, _, tail = name.rpartition(".")
    holder = _hint(family, head) if head else family
    default = next(item.default for item in fields(holder) if item.name == tail)
    return (*(("",) if default is None else ()), *(str(value) for value in hint))


def read(terms: Terms, name: str) -> Any:
    """The value at a dotted path."""
    value: Any = terms
    for part in name.split("."):
        value = getattr(value, part)
    return value


def written(terms: Terms, name: str, value: Any) -> Terms:
    """The terms with another value at a dotted path; texts of choices become what they stand for."""
    if sort_of(type(terms), name) is Sort.CHOICE:
        value = _hint(type(terms), name)(value) if value else None
    head, _, tail = name.rpartition(".")
    if not head:
        return replace(terms, **{tail: value})
    inner = replace(getattr(terms, head), **{tail: value})
    return replace(terms, **{head: inner})


def word(name: str) -> str:
    """``freeze_type`` for ``freeze.type``: the last part of a catalogue key."""
    return name.replace(".", "_")


def _hint(family: Any, name: str) -> Any:
    for part in name.split("."):
        hint = get_type_hints(family)[part]
        if isinstance(hint, UnionType):
            hint = next(item for item in get_args(hint) if item is not NoneType)
        family = hint
    return family
