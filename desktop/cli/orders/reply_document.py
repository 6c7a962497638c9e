"""A reply to an order as a document: the fields of message 100102, and what other institutions add to it.

``account`` holds the fields of the account behind a number, ``line`` those of a line, ``hops`` the payments out of the
account; each by the names of :mod:`desktop.domain.orders.reply`, amounts in fen, times in ISO form.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any, TypeVar

from desktop.domain.errors import UserInputError
from desktop.domain.orders.order import OrderReply, ReplyResult
from desktop.domain.orders.reply import AccountFacts, LineFacts, NextHop
from desktop.domain.records.fields import Json
from desktop.domain.records.record_fields import flat, instants, read_flat, read_rows, rows
from desktop.domain.time.clock import from_wire, to_wire
from desktop.services.look_up import order
from desktop.services.orders.answers.record_reply import as_recorded
from desktop.services.session import Session

Record = TypeVar("Record")
_OPTIONAL = ("failure", "organisation", "operator", "remark")
_KNOWN = frozenset({"order", "replaces", *(item.name for item in fields(OrderReply))})
"""A sum under a name that nobody reads would be recorded as none."""


def reply_of(session: Session, item: Any) -> OrderReply:
    """A reply document; times default to now and the legal length of what was ordered.

    Raises:
        UserInputError: ``reply.malformed``.
    """
    if not isinstance(item, Mapping) or not set(item) <= _KNOWN:
        raise UserInputError("reply.malformed")
    now = session.clock.now()
    try:
        made = OrderReply(
            result=ReplyResult(item.get("result", "done")),
            amount_fen=_fen(item, "amount_fen"),
            balance_fen=_fen(item, "balance_fen"),
            emptied=item.get("emptied") is True,
            starts_at=_instant(item, "starts_at") or now,
            ends_at=_instant(item, "ends_at"),
            replied_at=now,
            account=_record(AccountFacts, item.get("account", {})),
            line=_record(LineFacts, item.get("line", {})),
            hops=_hops(item.get("hops", [])),
            **{name: str(item.get(name, "")) for name in _OPTIONAL},
        )
    except (ValueError, TypeError) as error:
        raise UserInputError("reply.malformed") from error
    return as_recorded(session, order(session, str(item.get("order", ""))).order, made)


def reply_row(reply: OrderReply) -> dict[str, Json]:
    """The document of a reply, as it was told; what says nothing is left out of ``account``, ``line`` and ``hops``."""
    return {
        "result": reply.result.value,
        "amount_fen": reply.amount_fen,
        "balance_fen": reply.balance_fen,
        "starts_at": to_wire(reply.starts_at) if reply.starts_at else "",
        "ends_at": to_wire(reply.ends_at) if reply.ends_at else "",
        "replied_at": to_wire(reply.replied_at),
        **{name: getattr(reply, name) for name in _OPTIONAL},
        "account": _plain(reply.account),
        "line": _plain(reply.line),
        "hops": rows(reply.hops),
        **({"emptied": True} if reply.emptied else {}),
    }


def _plain(record: object) -> dict[str, Json]:
    return {name.removeprefix("x."): value for name, value in flat(record, "x").items()}


def _record(kind: type[Record], given: Any) -> Record:
    """Unknown names and values of another type are refused: an answer must not be lost in silence."""
    if not isinstance(given, Mapping):
        raise TypeError(kind.__name__)
    _require_known(kind, given)
    members = {f"x.{name}": value for name, value in given.items()}
    made = read_flat(kind, members, "x")
    if _plain(made) != {
        name: _same(value) for name, value in given.items() if value not in ("", 0)
    }:
        raise ValueError(kind.__name__)
    return made


def _hops(given: Any) -> tuple[NextHop, ...]:
    if not isinstance(given, list):
        raise TypeError("hops")
    for item in given:
        _record(NextHop, item)
    return read_rows(NextHop, given)


def _require_known(kind: type[Any], given: Mapping[Any, Any]) -> None:
    known = {item.name for item in fields(kind)}
    if not known >= set(given):
        raise ValueError(kind.__name__)
    names = instants(kind, "x")  # type: ignore[arg-type]  # classes are hashable
    for name in (part.removeprefix("x.") for part in names):
        if given.get(name):
            from_wire(str(given[name]))


def _same(value: Any) -> Any:
    """An instant in the one form it is written in; anything else as it is."""
    if not isinstance(value, str):
        return value
    try:
        return to_wire(from_wire(value))
    except ValueError:
        return value


def _instant(item: Mapping[str, Any], name: str) -> datetime | None:
    value = item.get(name)
    return from_wire(str(value)) if value else None


def _fen(item: Mapping[str, Any], name: str) -> int:
    value = item.get(name, 0)
    if type(value) is not int:
        raise ValueError(name)
    return value
