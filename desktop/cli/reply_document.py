"""A reply as a JSON document: the fields of message 100102."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from desktop.domain.clock import from_wire
from desktop.domain.errors import UserInputError
from desktop.domain.order import OrderReply, ReplyResult
from desktop.services.desk import Desk
from desktop.services.look_up import order
from desktop.services.record_reply import usual_end


def reply_of(desk: Desk, item: Any) -> OrderReply:
    """A reply document; times default to now and the legal length of what was ordered."""
    if not isinstance(item, Mapping):
        raise UserInputError("reply.malformed")
    now = desk.clock.now()
    try:
        starts = _instant(item, "starts_at") or now
        made = OrderReply(
            result=ReplyResult(item.get("result", "done")),
            amount_fen=_fen(item, "amount_fen"),
            balance_fen=_fen(item, "balance_fen"),
            starts_at=starts,
            ends_at=_instant(item, "ends_at"),
            organisation=str(item.get("organisation", "")),
            operator=str(item.get("operator", "")),
            remark=str(item.get("remark", "")),
            replied_at=now,
        )
    except (ValueError, TypeError) as error:
        raise UserInputError("reply.malformed") from error
    if made.ends_at is not None:
        return made
    return replace(
        made, ends_at=usual_end(desk, order(desk, str(item.get("order", ""))).order, starts)
    )


def _instant(item: Mapping[str, Any], name: str) -> datetime | None:
    value = item.get(name)
    return from_wire(str(value)) if value else None


def _fen(item: Mapping[str, Any], name: str) -> int:
    value = item.get(name, 0)
    if type(value) is not int:
        raise ValueError(name)
    return value
