"""Which kinds of entries an auditor reads, as what, and which details of each may be told.

Every kind is in exactly one of the two tables; a test holds that, so that no new kind is forgotten.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from desktop.domain.installation.audit import AuditCategory
from desktop.journal import kinds


@dataclass(frozen=True, slots=True)
class Audited:
    """``tells``: names of fields that say nothing of a case or of a person in one; nothing else leaves the entry.
    ``about``: what the last part of the subject is and may be told as: an ``officer``, a ``device`` or nothing."""

    category: AuditCategory
    tells: tuple[str, ...] = ()
    about: str = ""


_C = AuditCategory
_WORK: Final = Audited(_C.WORK)
_BOTH: Final = ("second", "founding")
"""Who took part in what takes two officers."""
_PARTY: Final = ("unit_name", "device_letter", "role", *_BOTH)

AUDITED: Final[Mapping[str, Audited]] = MappingProxyType(
    {
        kinds.OFFICER_SIGNED_IN: Audited(_C.SIGN_IN),
        kinds.SIGN_IN_FAILED: Audited(_C.SIGN_IN, ("count", "as_second"), "officer"),
        kinds.OFFICER_LOCKED: Audited(_C.SIGN_IN),
        kinds.OFFICER_UNLOCKED: Audited(_C.SIGN_IN),
        kinds.CLOCK_SET_BACK: Audited(_C.ALARM, ("was",)),
        kinds.COUNTER_LOST: Audited(_C.ALARM),
        kinds.PROFILE_SET_BACK: Audited(_C.ALARM, ("by", "lost")),
        kinds.BACKUP_RESTORED: Audited(_C.ALARM, ("backup.restored_from",)),
        kinds.BUNDLE_REFUSED: Audited(_C.ALARM, ("number", "refused.code")),
        kinds.STREAM_RENEWED: Audited(_C.ALARM),
        kinds.ESCROW_OPENED: Audited(_C.ALARM, ("device", *_BOTH)),
        kinds.RECORDS_ADOPTED: Audited(_C.ALARM),
        kinds.KEYS_LOST: Audited(_C.ALARM, about="device"),
        kinds.CASE_OPENED: Audited(_C.LOOK),
        kinds.EVIDENCE_VIEWED: Audited(_C.LOOK),
        kinds.EVIDENCE_READ: Audited(_C.LOOK),
        kinds.EVIDENCE_CITED: Audited(_C.LOOK),
        kinds.AUDIT_READ: Audited(_C.LOOK),
        kinds.DATA_REVEALED: Audited(_C.REVEAL),
        kinds.CASES_SEARCHED: Audited(_C.SEARCH, ("by", "hits", "digest")),
        kinds.DOCUMENT_PRINTED: Audited(_C.PRINT, ("form", "copies", "pages")),
        kinds.SHIFT_HANDED_OVER: Audited(_C.PRINT, ("to", "pages")),
        kinds.BUNDLE_EXPORTED: Audited(_C.EXPORT, ("number", "cases", "size")),
        kinds.EVIDENCE_HANDED_OVER: Audited(_C.EXPORT),
        kinds.FLOW_EXPORTED: Audited(_C.EXPORT, ("format",)),
        kinds.BACKUP_MADE: Audited(_C.EXPORT),
        kinds.AUDIT_EXPORTED: Audited(_C.EXPORT, ("entries",)),
        kinds.SLIP_SHOWN: Audited(_C.CODE),
        kinds.PARTY_TRUSTED: Audited(_C.TRUST, _PARTY, "device"),
        kinds.PARTY_REVOKED: Audited(_C.TRUST, _BOTH, "device"),
        kinds.PARTY_CUT: Audited(_C.TRUST, _BOTH, "device"),
        kinds.PARTY_CONFIRMED: Audited(_C.TRUST, _BOTH, "device"),
        kinds.CENTRE_CHOSEN: Audited(_C.TRUST, ("centre", *_BOTH)),
        kinds.CENTRE_LISTED: Audited(_C.TRUST, _BOTH),
        kinds.CENTRE_LIST_TAKEN: Audited(_C.TRUST),
        kinds.CARD_VOUCHED: Audited(_C.TRUST, ("device", "unit_name", *_BOTH)),
        kinds.TRUST_SEEN: Audited(_C.TRUST),
        kinds.PARTY_REKEYED: Audited(_C.TRUST, about="device"),
        kinds.BACKUP_CHOSEN: Audited(_C.TRUST, _BOTH),
        kinds.OFFICER_ENROLLED: Audited(_C.OFFICERS, ("name", "roles", *_BOTH), "officer"),
        kinds.OFFICER_DISMISSED: Audited(_C.OFFICERS, ("name", *_BOTH), "officer"),
        kinds.OFFICER_CONFIRMED: Audited(_C.OFFICERS, _BOTH, "officer"),
        kinds.SETTINGS_CHANGED: Audited(_C.SETTINGS, ("names",)),
        kinds.CLOCK_COMPARED: Audited(_C.SETTINGS),
        kinds.BACKUP_TRIED: Audited(_C.SETTINGS),
        kinds.PASSWORD_CHANGED: Audited(_C.KEYS, _BOTH, "officer"),
        kinds.RECOVERY_RENEWED: Audited(_C.KEYS, _BOTH),
        kinds.KEYS_ROTATED: Audited(_C.KEYS),
        kinds.KEYS_DESTROYED: Audited(_C.KEYS),
        kinds.FILE_CHANGE_FOUND: Audited(_C.ALARM, ("file",)),
        kinds.FILE_BOUND: Audited(_C.FORMS, ("file",)),
        kinds.FILE_RESTORED: Audited(_C.FORMS, ("file",)),
        kinds.FILE_APPROVED: Audited(_C.FORMS, ("file", "sha256")),
        kinds.FORM_WORDED: Audited(_C.FORMS, ("form", "place")),
        kinds.PACK_TAKEN: Audited(_C.FORMS, ("kind", "version")),
        kinds.PACK_SIGNED: Audited(_C.FORMS, ("kind", "version")),
        kinds.BUNDLE_RECEIVED: Audited(_C.WORK, ("number",)),
        kinds.SLIP_RECEIVED: _WORK,
        kinds.CASE_REGISTERED: _WORK,
        kinds.CASE_AMENDED: _WORK,
        kinds.CASE_CONVERTED: _WORK,
        kinds.CASE_MOVED: Audited(_C.WORK, ("state",)),
        kinds.CASE_MERGED: _WORK,
        kinds.CASE_UNMERGED: _WORK,
        kinds.CASE_OFFERED: _WORK,
        kinds.CASE_TAKEN_ON: _WORK,
        kinds.CASE_DECLINED: _WORK,
        kinds.CASE_OFFER_WITHDRAWN: _WORK,
        kinds.CASE_TAKEN_OVER: _WORK,
        kinds.SERIES_PROPOSED: _WORK,
        kinds.LINK_DECIDED: _WORK,
        kinds.HUB_DECIDED: _WORK,
        kinds.LINK_PROPOSED: _WORK,
        kinds.HUB_PROPOSED: _WORK,
        kinds.TRANSFER_RECORDED: _WORK,
        kinds.TRANSFER_WITHDRAWN: _WORK,
        kinds.IDENTIFIER_RECORDED: _WORK,
        kinds.IDENTIFIER_WITHDRAWN: _WORK,
        kinds.EVIDENCE_ATTACHED: _WORK,
        kinds.EVIDENCE_RECORDED: _WORK,
        kinds.EVIDENCE_VERIFIED: _WORK,
        kinds.SEAL_APPLIED: _WORK,
        kinds.SEAL_OPENED: _WORK,
        kinds.SEAL_CONFIRMED: _WORK,
        kinds.CUSTODY_PASSED: _WORK,
        kinds.CUSTODY_TAKEN: _WORK,
        kinds.SUPPLEMENT_RECORDED: _WORK,
        kinds.STEP_RECORDED: _WORK,
        kinds.STEP_WITHDRAWN: _WORK,
        kinds.PERSON_RECORDED: _WORK,
        kinds.PERSON_WITHDRAWN: _WORK,
        kinds.PERSON_DECIDED: _WORK,
        kinds.TASK_RECORDED: _WORK,
        kinds.TASK_DONE: _WORK,
        kinds.TASK_REOPENED: _WORK,
        kinds.PAPER_DRAFTED: _WORK,
        kinds.PAPER_EDITED: _WORK,
        kinds.PAPER_SIGNED: _WORK,
        kinds.PAPER_WITHDRAWN: _WORK,
        kinds.NUMBER_READ_ALOUD: _WORK,
        kinds.ORDER_ISSUED: Audited(_C.WORK, ("kind",)),
        kinds.ORDER_ISSUED_ALONE: Audited(_C.WORK, ("kind",)),
        kinds.ORDER_CONFIRMED: _WORK,
        kinds.ORDER_REPLIED: _WORK,
        kinds.ORDER_APPROVED: _WORK,
        kinds.ORDER_REFUSED: _WORK,
        kinds.ORDER_WITHDRAWN: _WORK,
        kinds.ORDER_NUMBERED: _WORK,
        kinds.ORDER_DISPATCHED: _WORK,
        kinds.ANSWER_SETTLED: _WORK,
    }
)

NOT_AUDITED: Final[Mapping[str, str]] = MappingProxyType(
    {
        kinds.EVIDENCE_DIGESTED: "the program works a digest out by itself",
        kinds.PART_ORDERED: "follows from the order, which is audited",
        kinds.ORDER_RELEASED: "follows from the reply, which is audited",
        kinds.PAPER_SUPERSEDED: "follows from the signing of the later paper, which is audited",
        kinds.BUNDLE_BEGUN: "a step of an export, whose end is audited",
        kinds.BUNDLE_WRITTEN: "a step of an export, whose end is audited",
        kinds.ANSWER_QUEUED: "the program could not take an answer; who settles it is audited",
    }
)
"""Kinds no auditor is shown, each with the reason."""


def kinds_of(category: AuditCategory) -> frozenset[str]:
    """The kinds of entries of one category."""
    return frozenset(kind for kind, row in AUDITED.items() if row.category is category)
