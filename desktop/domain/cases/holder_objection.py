"""账户异议 (反诈法 Art. 32): the holder of an account objects to a stop or freeze, and what was decided.

Whoever objects has mostly nothing to do with the fraud. Each objection is a record among the answers of the case, so
that every program keeps it (decision 0073). A decision is one text: two decisions that did not know of each other
never mix, and a person settles them like any other two values.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import islice
from typing import Final

from desktop.domain.cases.people.party import RESIDENT
from desktop.domain.identifiers import KINDS
from desktop.domain.ids import ObjectionId, OrderId
from desktop.domain.masking import masked_id, masked_phone
from desktop.domain.records.field_table import FieldRow, FieldTable
from desktop.domain.records.field_types import (
    MAYBE_TIME,
    TEXT,
    TIME,
    FieldType,
    readable,
    text_of,
)
from desktop.domain.records.record_family import RecordFamily, record_rows
from desktop.domain.time.clock import from_wire, to_wire

MOST_MEASURES: Final = 50
"""Orders one objection is against, and items of evidence that came with it."""
LONGEST_GROUNDS: Final = 2000
"""Characters of the grounds, and of the reason for a decision."""
_ID: Final = re.compile(r"[0-9A-Za-z_-]{1,64}")
_CODE: Final = re.compile(r"[a-z][a-z0-9_]{0,63}")


class ObjectorRelation(StrEnum):
    """What whoever objects has to do with the account. A newer program may know more."""

    HOLDER = "holder"
    """开户人。"""
    REPRESENTATIVE = "representative"
    """单位的法定代表人、经办人。"""
    AGENT = "agent"
    """受委托人。"""
    USER = "user"
    """实际使用人。"""
    OTHER = "other"


class ObjectionOutcome(StrEnum):
    """What the review came to."""

    UPHELD = "upheld"
    """Every measure that was objected to is ended."""
    PART = "part"
    """Some of them are."""
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class ObjectionDecision:
    """``outcome``: a code of :class:`ObjectionOutcome` or of a newer program. ``released``: the orders whose measure is
    ended."""

    outcome: str
    by: str
    at: datetime
    released: tuple[OrderId, ...] = ()
    reason: str = ""

    @property
    def known(self) -> bool:
        """Whether this program knows what was decided."""
        return self.outcome in set(ObjectionOutcome)

    @property
    def text(self) -> str:
        """As it is recorded: code, officer, time and orders in a line each, then the reason."""
        head = self.outcome, self.by, to_wire(self.at), " ".join(self.released)
        return "\n".join((*head, self.reason))


def read_decision(value: object) -> ObjectionDecision | None:
    """What a text says; None where nothing was decided, and for what cannot be read."""
    if not isinstance(value, str):
        return None
    outcome, by, at, released, reason = (*value.split("\n", 4), "", "", "", "")[:5]
    if not (_CODE.fullmatch(outcome) and by and len(by) <= 64 and TIME.accepts(at)):
        return None
    orders = tuple(OrderId(name) for name in listed(released))
    return ObjectionDecision(outcome, by, from_wire(at), orders, reason[:LONGEST_GROUNDS])


def listed(ids: str) -> tuple[str, ...]:
    """Ids with blanks between them, each once; at most :data:`MOST_MEASURES`."""
    good = dict.fromkeys(name for name in ids.split() if _ID.fullmatch(name))
    return tuple(islice(good, MOST_MEASURES))


@dataclass(frozen=True, slots=True)
class HolderObjection:
    """``orders``: the stops and freezes it is against; ``evidence``: items of the case that came with it.
    ``received_at`` None for a record that tells nothing of how it came, which is none. ``withdrawn``: why it counts no
    more: recorded by mistake, or taken back by who objected."""

    id: ObjectionId
    name: str = ""
    id_kind: str = RESIDENT
    id_number: str = ""
    phone: str = ""
    relation: str = ObjectorRelation.HOLDER
    orders: tuple[OrderId, ...] = ()
    grounds: str = ""
    evidence: tuple[str, ...] = ()
    received_at: datetime | None = None
    received_by: str = ""
    decision: ObjectionDecision | None = None
    withdrawn: str = ""

    @property
    def decided(self) -> ObjectionDecision | None:
        """The decision that counts: none of the officer who received the objection, whatever a record says, nor one
        where nobody says who that was."""
        decision = self.decision
        counts = decision is not None and self.received_by not in ("", decision.by)
        return decision if counts else None

    @property
    def under_review(self) -> bool:
        """Whether somebody still has to decide."""
        return not self.withdrawn and self.decided is None

    @property
    def to_release(self) -> tuple[OrderId, ...]:
        """The measures that are to be ended: those the decision names, nothing that was objected to since; none where a
        newer program decided in its own words."""
        decision = self.decided
        if decision is None or self.withdrawn or not decision.known:
            return ()
        wanted = () if decision.outcome == ObjectionOutcome.REFUSED else decision.released
        return tuple(order for order in self.orders if order in wanted)


def _joined(ids: Iterable[str]) -> str:
    return " ".join(ids)


_MOMENT: Final[FieldType] = readable(MAYBE_TIME)
_IDS: Final = FieldType("text", TEXT.holds, lambda value: listed(TEXT.read(value)), _joined)
_DECISION: Final = FieldType(
    "text", TEXT.holds, read_decision, lambda value: value.text if value is not None else ""
)
OBJECTION_FIELDS: Final = FieldTable(
    HolderObjection,
    record_rows(
        "objection.field",
        FieldRow("name", searched=True),
        FieldRow("id_kind", text_of(KINDS, RESIDENT), codes="intake.kind"),
        FieldRow("id_number", mask=masked_id, searched=True),
        FieldRow("phone", mask=masked_phone, searched=True),
        FieldRow(
            "relation",
            text_of(ObjectorRelation, ObjectorRelation.HOLDER),
            codes="objection.relation",
        ),
        FieldRow("orders", _IDS),
        FieldRow("grounds", searched=True),
        FieldRow("evidence", _IDS),
        FieldRow("received_at", _MOMENT),
        FieldRow("received_by"),
        FieldRow("decision", _DECISION),
        FieldRow("withdrawn"),
    ),
)
"""What is known of an objection, in entries about ``case/<id>`` under ``answer.objection.<id>.``."""
OBJECTIONS: Final = RecordFamily("objection", "objections", OBJECTION_FIELDS)
DECISION: Final = "decision"
"""The fact that takes an officer who may approve."""
_RECEIVER: Final = "received_by"


def decisions_in(fields: Iterable[str]) -> tuple[str, ...]:
    """The fields of a case among ``fields`` that decide about an objection."""
    return tuple(name for name, _ in _facts_in(fields, DECISION))


def receivers_in(fields: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Those that say who received one, each with the id of the objection."""
    return tuple(_facts_in(fields, _RECEIVER))


def _facts_in(fields: Iterable[str], key: str) -> Iterator[tuple[str, str]]:
    for name in fields:
        held = OBJECTIONS.field_of(name)
        if held is not None and held.key == key:
            yield name, held.id
