"""What an entry of another device must keep to, so that everything it touches can still be read.

An entry is merged once and read for ever. A time that is none or a state that does not exist would not fail where
it comes in but on every later look at the case, so it is refused at the door. Texts, amounts and fields this
program does not know pass.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import chain
from types import MappingProxyType
from typing import Any, Final

from desktop.domain.cases.case import CaseState, Visit
from desktop.domain.cases.charge import CHARGE
from desktop.domain.cases.transfer import Arrival, Certainty, Channel
from desktop.domain.clock import from_wire, to_wire
from desktop.domain.errors import TrustError
from desktop.domain.evidence.item import Method
from desktop.domain.evidence.record import RECORD, EvidenceRecord
from desktop.domain.fields import Json
from desktop.domain.orders.approval import Approval, Withdrawal
from desktop.domain.orders.dispatch import Dispatch
from desktop.domain.orders.evidence import EvidenceTerms
from desktop.domain.orders.money import MoneyTerms
from desktop.domain.orders.number import NumberTerms
from desktop.domain.orders.order import OrderKind, ReplyResult
from desktop.domain.orders.reply import AccountFacts, LineFacts, NextHop
from desktop.domain.papers.paper import signing_of
from desktop.domain.record_fields import instants
from desktop.journal.entry import SCHEMA, Entry

FARTHEST_AHEAD: Final = 10**9
"""How far a Lamport time may be ahead of all that is known here. Honest ones grow by one an entry; one that has
been driven to the end of the numbers would leave nobody a next one."""
_YEARS: Final = range(1900, 9001)

Check = Callable[[Any], object]
"""Raises ``ValueError`` or ``TypeError`` for what can not be read."""


def _time(value: Json) -> None:
    if not isinstance(value, str):
        raise TypeError
    if from_wire(value).year not in _YEARS:
        raise ValueError


def _some_text(value: Json) -> None:
    if not isinstance(value, str) or not value:
        raise TypeError


def _or_empty(check: Check) -> Check:
    return lambda value: value == "" or check(value)


def _certainty(value: Json) -> None:
    if not isinstance(value, Mapping):
        raise TypeError
    for item in value.values():
        Certainty(str(item))


def _signing(value: Json) -> None:
    signing = signing_of(value)
    if signing is not None:
        _time(to_wire(signing.at))


def _charge(value: Json) -> None:
    if not isinstance(value, Mapping):
        raise TypeError
    _or_empty(_time)(value.get("since", ""))
    for name in ("offer", "declined"):
        note = value.get(name)
        if isinstance(note, Mapping):
            _or_empty(_time)(note.get("at", ""))


def _hops(value: Json) -> None:
    for hop in value if isinstance(value, (list, tuple)) else ():
        for name in _HOP_TIMES & hop.keys() if isinstance(hop, Mapping) else ():
            _or_empty(_time)(hop[name])


def _instants_of(*records: tuple[type, str]) -> dict[str, Check]:
    """A check for every time within records that are written flat, each behind its prefix."""
    return {
        name: _or_empty(_time) for record, prefix in records for name in instants(record, prefix)
    }


_HOP_TIMES: Final = frozenset(name.removeprefix("hop.") for name in instants(NextHop, "hop"))
_ORDER_RECORDS: Final = (
    (MoneyTerms, "terms"),
    (NumberTerms, "terms"),
    (EvidenceTerms, "terms"),
    (Approval, "approval"),
    (Withdrawal, "withdrawal"),
    (Dispatch, "dispatch"),
    (AccountFacts, "reply.account"),
    (LineFacts, "reply.line"),
)
_CHECKS: Final[Mapping[str, Mapping[str, Check]]] = MappingProxyType(
    {
        "case": {
            "visit": Visit,
            "state": CaseState,
            "accepted_at": _time,
            "merged.at": _or_empty(_time),
            "linked.at": _or_empty(_time),
            CHARGE: _charge,
        },
        "identifier": {"case": _some_text, "read_from": _or_empty(Certainty)},
        "read_aloud": {"case": _some_text, "number": _some_text, "at": _time},
        "transfer": {
            "case": _some_text,
            "time": _or_empty(_time),
            "channel": _or_empty(Channel),
            "arrival": _or_empty(Arrival),
            "certainty": _certainty,
        },
        "evidence": {
            "case": _some_text,
            "method": Method,
            "added_at": _time,
            **_instants_of((EvidenceRecord, RECORD)),
        },
        "seal": {
            "case": _some_text,
            "at": _time,
            "opened_at": _or_empty(_time),
            "seconded_at": _or_empty(_time),
            "opened_seconded_at": _or_empty(_time),
        },
        "custody": {"case": _some_text, "at": _time, "signed_at": _or_empty(_time)},
        "order": {
            "case": _some_text,
            "kind": OrderKind,
            "channel": _or_empty(Channel),
            "issued_at": _time,
            "transfer_time": _or_empty(_time),
            "reply.result": ReplyResult,
            "reply.starts_at": _or_empty(_time),
            "reply.ends_at": _or_empty(_time),
            "reply.replied_at": _time,
            "reply.hops": _hops,
            "released_at": _or_empty(_time),
            **_instants_of(*_ORDER_RECORDS),
        },
        "link": {"first": _some_text, "second": _some_text, "at": _time},
        "hub": {"normal": _some_text, "at": _time},
        "person": {
            "case": _some_text,
            "role": _some_text,
            "tie": _some_text,
            "at": _time,
        },
        "person_link": {"first": _some_text, "second": _some_text, "at": _time},
        "slip": {"received_at": _time},
        "step": {"case": _some_text, "at": _time},
        "supplement": {"case": _some_text, "told_at": _time, "made_at": _time},
        "task": {
            "case": _some_text,
            "due": _or_empty(_time),
            "made_at": _or_empty(_time),
            "done_at": _or_empty(_time),
        },
        "paper": {
            "case": _some_text,
            "dated": _time,
            "made_at": _or_empty(_time),
            "signed": _signing,
        },
        "party": {
            "trusted_at": _time,
            "revoked_at": _or_empty(_time),
            "valid_until": _or_empty(_time),
            "key_since": _time,
            "lost_at": _time,
        },
        "bundle": {
            "begun_at": _time,
            "exported_at": _time,
            "received.at": _time,
            "refused.at": _or_empty(_time),
        },
    }
)
_TOGETHER: Final = MappingProxyType({"order": ("issued_at", "kind")})
"""The first of these is never without the second."""


def well_formed(entry: Entry) -> Entry:
    """The entry itself; raises ``TrustError("entry.malformed")`` when a later reader would stumble over it."""
    if entry.schema > SCHEMA:
        return entry  # refused for that, in words of its own
    kind = entry.subject.partition("/")[0]
    if "\0" in "".join(_names(entry)):
        raise TrustError("entry.malformed")
    try:
        _time(entry.wall)
        for name, check in _CHECKS.get(kind, {}).items():
            if name in entry.fields:
                check(entry.fields[name])
    except (ValueError, TypeError) as error:
        raise TrustError("entry.malformed") from error
    first, second = _TOGETHER.get(kind, ("", ""))
    if first in entry.fields and second not in entry.fields:
        raise TrustError("entry.malformed")
    return entry


def _names(entry: Entry) -> Iterable[str]:
    """What an entry is found by; no database takes a NUL in it, and nobody types one."""
    refs = chain.from_iterable(entry.replaces.values())
    return (entry.stream, entry.kind, entry.subject, entry.officer, *entry.fields, *refs)
