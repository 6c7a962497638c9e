"""Who may write which entry about what: one row a kind of entry.

Every entry of another device is judged by its row before it takes effect (:mod:`desktop.journal.judgement`), and
``verify`` judges the whole journal by the same rows. ``docs/entry-kinds.md`` prints them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from desktop.domain.cases.case import CASE_FIELDS, FAMILIES
from desktop.domain.installation.officer import Permission
from desktop.domain.records.field_table import types_of_rows
from desktop.domain.records.field_types import (
    COUNT,
    FLAG,
    ROWS,
    SIGNED,
    TEXT,
    TEXTS,
    TIME,
    FieldType,
)
from desktop.journal import kinds
from desktop.journal.subject_rule import (
    CENTRE_ALONE,
    HOLDER_ALONE,
    ISSUER_OR_CENTRE,
    Author,
    Authors,
    general,
)
from desktop.journal.subject_table import SUBJECTS

ALL: Final = ("*",)
"""Every field of the subject."""
_DEVICE: Final = frozenset({Author.DEVICE})
_UNIT: Final = frozenset({Author.UNIT})
_HOLDER: Final = HOLDER_ALONE
_HOLDER_OR_OFFERED: Final = frozenset({Author.HOLDER, Author.OFFERED})
_HOLDER_OR_CENTRE: Final = frozenset({Author.HOLDER, Author.CENTRE})
_SENDER: Final = frozenset({Author.SENDER})
_RECEIVER: Final = frozenset({Author.RECEIVER})

_ANYONE: Final[frozenset[Permission]] = frozenset()
_READ: Final = frozenset({Permission.READ_CASES, Permission.AUDIT})
_SEE: Final = _READ | {Permission.SEE_ORDERS}
_WRITE: Final = frozenset({Permission.WRITE_CASES})
_AUDIT: Final = frozenset({Permission.AUDIT})
_ISSUE: Final = frozenset({Permission.ISSUE_ORDERS})
_ITEMS: Final = frozenset({Permission.ADD_EVIDENCE})
_SEND: Final = frozenset({Permission.EXCHANGE, Permission.DISPATCH})
_RULE: Final = frozenset({Permission.ADMINISTER})
_TRUST: Final = frozenset({Permission.EXCHANGE, Permission.ADMINISTER, Permission.DISPATCH})
_DISPATCH: Final = frozenset({Permission.DISPATCH})
_ANSWER: Final = frozenset({Permission.ISSUE_ORDERS, Permission.DISPATCH, Permission.ANSWER_ORDERS})
_LINK: Final = frozenset({Permission.WRITE_CASES, Permission.DECIDE_LINKS})

CASE_PARTS: Final = tuple(name for name, rule in SUBJECTS.items() if rule.of_case)


@dataclass(frozen=True, slots=True)
class EntryRule:
    """A kind of entry. ``subjects``: what it may be about; ``fields``: which fields of the subject it may carry, a name
    that ends with a dot for all that begin with it; ``details``: of an event, which changes nothing, its own fields
    with their types. ``authors``: who may write it, any of them; ``permissions``: what its officer must be allowed,
    any of them, nothing where every enrolled officer may. When it was new: :mod:`desktop.journal.schema`."""

    kind: str
    subjects: tuple[str, ...]
    fields: tuple[str, ...]
    authors: Authors
    permissions: frozenset[Permission] = _ANYONE
    details: Mapping[str, FieldType] | None = None
    _names: frozenset[str] = field(init=False, repr=False, default=frozenset())
    _beginnings: tuple[str, ...] = field(init=False, repr=False, default=())

    def __post_init__(self) -> None:
        """Sort the names apart from the beginnings, which are asked for less often."""
        begin = tuple(name for name in self.fields if name.endswith("."))
        object.__setattr__(self, "_names", frozenset(self.fields) - set(begin))
        object.__setattr__(self, "_beginnings", begin)

    @property
    def is_event(self) -> bool:
        """Whether it only tells what happened, and sets no value of its subject."""
        return self.details is not None

    def type_of(self, subject: str, name: str) -> FieldType | None:
        """The type of a field of an entry about a subject of this kind; None where it may not carry the field."""
        if self.details is not None:
            return self.details.get(name)
        if self.fields is not ALL and not self._carries(general(name)):
            return None
        return SUBJECTS[subject].type_of(name)

    def _carries(self, name: str) -> bool:
        return name in self._names or name.startswith(self._beginnings)


def _of_case(
    kind: str, *fields: str, by: Authors = _HOLDER, may: frozenset[Permission] = _WRITE
) -> EntryRule:
    return EntryRule(kind, ("case",), fields or ALL, by, may)


def _part(
    kind: str,
    subject: str,
    *fields: str,
    by: Authors = _HOLDER,
    may: frozenset[Permission] = _WRITE,
) -> EntryRule:
    return EntryRule(kind, (subject,), ("case", *fields) if fields else ALL, by, may)


def _own(kind: str, subject: str, *fields: str, may: frozenset[Permission]) -> EntryRule:
    return EntryRule(kind, (subject,), fields or ALL, _DEVICE, may)


def _event(
    kind: str,
    /,
    *subjects: str,
    by: Authors,
    may: frozenset[Permission] = _ANYONE,
    **details: FieldType,
) -> EntryRule:
    return EntryRule(kind, subjects, (), by, may, MappingProxyType(details))


_REPORT: Final = (*types_of_rows(CASE_FIELDS.rows), *FAMILIES)
_MERGE: Final = ("merged.", "leads.")
_TWO: Final = ("second", "founding")
"""Who took part in what takes two officers."""
_BUNDLE_BEGUN: Final = (
    "sender", "receiver", "key", "number", "begun_at", "cases", "orders", "entries", "blobs", "planned",
)  # fmt: skip
_RECEIPT: Final = (
    "sender", "receiver", "number", "entries", "cases", "volume_count", "received.", "refused.at", "refused.code",
)  # fmt: skip
_EXPORT: Final = (
    "receiver", "written.", "blob_list.", "file_list.", "last", "manifest", "exported_at", "size", "blobs", "number",
    "cases", "orders", "entries",
)  # fmt: skip

_CASES: Final = (
    _of_case(kinds.CASE_REGISTERED, *_REPORT),
    EntryRule(kinds.CASE_AMENDED, ("case", *CASE_PARTS), ALL, _HOLDER_OR_CENTRE, _WRITE),
    _of_case(kinds.CASE_CONVERTED, "visit", "converted_from"),
    _of_case(kinds.CASE_MOVED, "state", by=_HOLDER_OR_CENTRE, may=_WRITE | _ISSUE),
    _of_case(kinds.CASE_MERGED, *_MERGE),
    _of_case(kinds.CASE_UNMERGED, *_MERGE),
    _of_case(kinds.CASE_OFFERED, "charge"),
    _of_case(kinds.CASE_TAKEN_ON, "charge", by=_HOLDER_OR_OFFERED),
    _of_case(kinds.CASE_DECLINED, "charge", by=_HOLDER_OR_OFFERED),
    _of_case(kinds.CASE_OFFER_WITHDRAWN, "charge"),
    _of_case(kinds.CASE_TAKEN_OVER, "charge"),
    _of_case(kinds.SERIES_PROPOSED, "linked.", by=CENTRE_ALONE, may=_DISPATCH),
    _part(kinds.TRANSFER_RECORDED, "transfer"),
    _part(kinds.TRANSFER_WITHDRAWN, "transfer", "taken_out"),
    _part(kinds.IDENTIFIER_RECORDED, "identifier"),
    _part(kinds.IDENTIFIER_WITHDRAWN, "identifier", "taken_out"),
    EntryRule(
        kinds.PART_ORDERED, ("transfer", "identifier"), ("taken_out",), _HOLDER_OR_CENTRE, _ISSUE
    ),
    _part(kinds.NUMBER_READ_ALOUD, "read_aloud"),
    _part(kinds.SUPPLEMENT_RECORDED, "supplement"),
    _part(kinds.STEP_RECORDED, "step"),
    _part(kinds.STEP_WITHDRAWN, "step", "withdrawn"),
    _part(kinds.PERSON_RECORDED, "person", by=_HOLDER_OR_CENTRE),
    _part(kinds.PERSON_WITHDRAWN, "person", "withdrawn", by=_HOLDER_OR_CENTRE),
    EntryRule(kinds.PERSON_DECIDED, ("person_link",), ALL, _HOLDER_OR_CENTRE, _WRITE),
    _part(kinds.TASK_RECORDED, "task"),
    _part(kinds.TASK_DONE, "task", "done_at", "done_by"),
    _part(kinds.TASK_REOPENED, "task", "done_at", "done_by"),
    _part(kinds.PAPER_DRAFTED, "paper"),
    _part(kinds.PAPER_EDITED, "paper", "text.", "blank.", "dated"),
    _part(kinds.PAPER_SIGNED, "paper", "signed"),
    _part(kinds.PAPER_SUPERSEDED, "paper", "replaced_by"),
    _part(kinds.PAPER_WITHDRAWN, "paper", "withdrawn"),
)
_EVIDENCE: Final = (
    _part(kinds.EVIDENCE_ATTACHED, "evidence", may=_ITEMS),
    _part(kinds.EVIDENCE_DIGESTED, "evidence", "sm3", "md5", may=_ANYONE),
    _part(kinds.EVIDENCE_RECORDED, "evidence", may=_ITEMS),
    _part(kinds.SEAL_APPLIED, "seal", may=_ITEMS),
    _part(kinds.SEAL_OPENED, "seal", "opened_at", "opened_by", "opened_second", "opened_alone", "opened_reason",
          "opened_state", "opened_photos", may=_ITEMS),
    _part(kinds.SEAL_CONFIRMED, "seal", "seconded_at", "opened_seconded_at", may=_ITEMS),
    _part(kinds.CUSTODY_PASSED, "custody", may=_ANYONE),
    _part(kinds.CUSTODY_TAKEN, "custody", "signed_at", may=_ANYONE),
)  # fmt: skip
_ORDERS: Final = (
    EntryRule(kinds.ORDER_ISSUED, ("order",), ALL, ISSUER_OR_CENTRE, _ISSUE),
    EntryRule(kinds.ORDER_ISSUED_ALONE, ("order",), ALL, ISSUER_OR_CENTRE, _ISSUE),
    EntryRule(kinds.ORDER_CONFIRMED, ("order",), ("confirmation.",), ISSUER_OR_CENTRE, _ISSUE),
    EntryRule(kinds.ORDER_REPLIED, ("order",), ("case", "reply."), ISSUER_OR_CENTRE, _ANSWER),
    EntryRule(
        kinds.ORDER_APPROVED,
        ("order",),
        ("approval.",),
        ISSUER_OR_CENTRE,
        frozenset({Permission.APPROVE_ORDERS}),
    ),
    EntryRule(
        kinds.ORDER_REFUSED,
        ("order",),
        ("approval.",),
        ISSUER_OR_CENTRE,
        frozenset({Permission.APPROVE_ORDERS}),
    ),
    EntryRule(kinds.ORDER_WITHDRAWN, ("order",), ("withdrawal.",), ISSUER_OR_CENTRE, _ISSUE),
    EntryRule(
        kinds.ORDER_RELEASED,
        ("order",),
        ("case", "released_at"),
        _HOLDER_OR_CENTRE,
        _ANSWER,
    ),
    EntryRule(kinds.ORDER_NUMBERED, ("order",), ("official",), ISSUER_OR_CENTRE, _ISSUE),
    EntryRule(kinds.ORDER_DISPATCHED, ("order",), ("case", "dispatch."), CENTRE_ALONE, _DISPATCH),
    EntryRule(kinds.SLIP_RECEIVED, ("slip",), ALL, CENTRE_ALONE, _DISPATCH),
    _own(kinds.ANSWER_QUEUED, "answer", may=_DISPATCH),
    _own(
        kinds.ANSWER_SETTLED,
        "answer",
        "settled",
        "settled_by",
        "settled_at",
        "order",
        "note",
        may=_DISPATCH,
    ),
)
_SERIES: Final = (
    EntryRule(kinds.LINK_DECIDED, ("link",), ALL, CENTRE_ALONE, _LINK),
    EntryRule(kinds.HUB_DECIDED, ("hub",), ALL, CENTRE_ALONE, _LINK),
    EntryRule(kinds.LINK_PROPOSED, ("link_proposal",), ALL, _UNIT, _LINK),
    EntryRule(kinds.HUB_PROPOSED, ("hub_proposal",), ALL, _UNIT, _LINK),
)
_CONFIRMED: Final = ("second", "founding", "by_centre", "answer")
_FOUND: Final = ("file", "found", "was", "state")
_LOST: Final = ("lost_keys", "lost_at", "lost_reason")
_TRUSTING: Final = (
    _own(kinds.OFFICER_ENROLLED, "officer", "name", "roles", *_TWO, may=_RULE),
    _own(kinds.OFFICER_DISMISSED, "officer", "name", "roles", *_TWO, may=_RULE),
    _own(kinds.OFFICER_CONFIRMED, "officer", *_CONFIRMED, may=_ANYONE),
    _own(kinds.TRUST_SEEN, "officer", "trust.seen", may=_ANYONE),
    _own(kinds.PARTY_TRUSTED, "party", may=_TRUST),
    _own(kinds.PARTY_CONFIRMED, "party", *_CONFIRMED, may=_ANYONE),
    _own(
        kinds.PARTY_REVOKED,
        "party",
        *("revoked_at", "revoked_by", "revoked_reason", *_LOST, *_TWO),
        may=_TRUST,
    ),
    _own(kinds.PARTY_CUT, "party", "cut.heads", "cut.tips", "cut.revoked_at", *_TWO, may=_TRUST),
    _own(
        kinds.PARTY_REKEYED,
        "party",
        *("signing_key", "recipient", "key", "key_since", "former_keys", "lost_keys", "lost_at"),
        may=_ANYONE,
    ),
    _own(kinds.KEYS_LOST, "party", *_LOST, may=_ANYONE),
    _own(kinds.CENTRE_CHOSEN, "device", "centre", "named_as", *_TWO, may=_ANYONE),
    _own(kinds.CENTRE_LISTED, "device", "list.number", "list.text", *_TWO, may=_TRUST),
    _own(
        kinds.CENTRE_LIST_TAKEN,
        "device",
        *("taken.centre", "taken.number", "taken.key", "taken.sha256", "taken.devices"),
        may=_ANYONE,
    ),
    _own(kinds.BACKUP_CHOSEN, "device", "backup.recipient", "backup.chosen_at", *_TWO, may=_ANYONE),
    _own(kinds.KEYS_ROTATED, "keys", may=_ANYONE),
    _own(kinds.KEYS_DESTROYED, "keys", "destroyed.", may=_RULE),
    _own(kinds.STREAM_RENEWED, "device", "#", may=_RULE),
    _own(kinds.PACK_TAKEN, "pack", may=_TRUST),
    _own(kinds.CLOCK_COMPARED, "device", "clock.", may=_ANYONE),
    _own(kinds.FILE_BOUND, "file", may=_ANYONE),
    _own(kinds.FILE_APPROVED, "file", may=_ANYONE),
    _own(kinds.FILE_CHANGE_FOUND, "file", *_FOUND, may=_ANYONE),
    _own(kinds.FILE_RESTORED, "file", *_FOUND, may=_ANYONE),
    _own(kinds.BACKUP_MADE, "device", "backup.at", "backup.sha256", may=_ANYONE),
    _own(kinds.BACKUP_TRIED, "device", "backup.tried_at", "backup.tried_of", may=_ANYONE),
    _own(kinds.BACKUP_RESTORED, "device", "backup.restored_from", may=_ANYONE),
)
_EXCHANGE: Final = (
    EntryRule(kinds.BUNDLE_BEGUN, ("bundle",), _BUNDLE_BEGUN, _SENDER, _SEND),
    EntryRule(kinds.BUNDLE_WRITTEN, ("bundle",), _EXPORT, _SENDER, _SEND),
    EntryRule(kinds.BUNDLE_EXPORTED, ("bundle",), _EXPORT, _SENDER, _SEND),
    EntryRule(kinds.BUNDLE_RECEIVED, ("bundle",), _RECEIPT, _RECEIVER, _SEND),
    EntryRule(
        kinds.BUNDLE_REFUSED,
        ("bundle",),
        ("sender", "receiver", "number", "refused."),
        _RECEIVER,
        _SEND,
    ),
)
_CLOCK: Final = {"clock.offset_s": SIGNED, "clock.compared_at": TIME}
_EVENTS: Final = (
    EntryRule(
        kinds.OFFICER_SIGNED_IN, ("officer",), (), _DEVICE, _ANYONE, MappingProxyType({**_CLOCK, "counter": FLAG})
    ),
    _event(kinds.SIGN_IN_FAILED, "officer", by=_DEVICE, count=COUNT, as_second=FLAG),
    _event(kinds.PASSWORD_CHANGED, "officer", by=_DEVICE, second=TEXT, founding=FLAG),
    _event(kinds.RECOVERY_RENEWED, "officer", by=_DEVICE, second=TEXT, founding=FLAG),
    _event(kinds.CARD_VOUCHED, "device", by=_DEVICE, device=TEXT, key=TEXT, unit_name=TEXT, role=TEXT,
           second=TEXT, founding=FLAG),
    _event(kinds.EVIDENCE_VIEWED, "evidence", by=_HOLDER_OR_CENTRE, may=_READ),
    _event(kinds.EVIDENCE_READ, "evidence", by=_HOLDER_OR_CENTRE, may=_READ),
    _event(kinds.EVIDENCE_CITED, "evidence", by=_HOLDER_OR_CENTRE, may=_READ, kind=TEXT, place=TEXT),
    _event(kinds.EVIDENCE_VERIFIED, "evidence", by=_HOLDER_OR_CENTRE, ok=FLAG, sha256=TEXT),
    _event(kinds.EVIDENCE_HANDED_OVER, "evidence", by=_HOLDER_OR_CENTRE, may=_READ, sha256=TEXT, hand_over=TEXT,
           receiver=TEXT, reason=TEXT, list_sha256=TEXT),
    _event(kinds.DOCUMENT_PRINTED, "case", "device", "order", "evidence", "seal", "custody", "paper", "bundle", "party",
           by=_HOLDER_OR_CENTRE | _DEVICE | ISSUER_OR_CENTRE | _SENDER, may=_SEE, form=TEXT, pages=COUNT,
           copies=COUNT, first=COUNT, last=COUNT),
    _event(kinds.SLIP_SHOWN, "order", by=_HOLDER_OR_CENTRE | ISSUER_OR_CENTRE, may=_ISSUE, size=COUNT),
    _event(kinds.DATA_REVEALED, "case", by=_HOLDER_OR_CENTRE, may=_SEE),
    _event(kinds.CASE_OPENED, "look", by=_HOLDER_OR_CENTRE, may=_READ),
    EntryRule(
        kinds.CASES_SEARCHED,
        ("officer",),
        (),
        _DEVICE,
        _READ,
        MappingProxyType({"by": TEXT, "hits": COUNT, "digest": TEXT}),
    ),
    _event(kinds.OFFICER_LOCKED, "officer", by=_DEVICE),
    _event(kinds.OFFICER_UNLOCKED, "officer", by=_DEVICE),
    _event(kinds.AUDIT_READ, "officer", by=_DEVICE, may=_AUDIT),
    _event(kinds.AUDIT_EXPORTED, "officer", by=_DEVICE, may=_AUDIT, entries=COUNT),
    _event(kinds.SETTINGS_CHANGED, "device", by=_DEVICE, names=TEXTS),
    _event(kinds.FORM_WORDED, "device", by=_DEVICE, may=_WRITE, form=TEXT, place=TEXT),
    EntryRule(
        kinds.PROFILE_SET_BACK, ("device",), (), _DEVICE, _ANYONE, MappingProxyType({"by": TEXT, "lost": COUNT})
    ),
    _event(kinds.COUNTER_LOST, "device", by=_DEVICE),
    _event(kinds.CLOCK_SET_BACK, "device", by=_DEVICE, was=TEXT),
    _event(kinds.PACK_SIGNED, "pack", by=_DEVICE, may=_TRUST, kind=TEXT, version=TEXT, files=TEXTS),
    _event(kinds.ESCROW_OPENED, "device", by=_DEVICE, may=_RULE, device=TEXT, code=TEXT, second=TEXT, founding=FLAG),
    _event(kinds.SHIFT_HANDED_OVER, "device", by=_DEVICE, may=_READ, to=TEXTS, clocks=COUNT, cases=COUNT, tasks=COUNT,
           pages=COUNT),
    _event(kinds.FLOW_EXPORTED, "case", by=_HOLDER_OR_CENTRE, may=_READ, format=TEXT),
    _event(kinds.RECORDS_ADOPTED, "device", by=_DEVICE, may=_SEND, device=TEXT, records=ROWS),
)  # fmt: skip


def _by_kind(rules: Iterable[EntryRule]) -> Mapping[str, EntryRule]:
    return MappingProxyType({rule.kind: rule for rule in rules})


ENTRIES: Final = _by_kind(
    (*_CASES, *_EVIDENCE, *_ORDERS, *_SERIES, *_TRUSTING, *_EXCHANGE, *_EVENTS)
)
"""Kind of entry → its rule."""
