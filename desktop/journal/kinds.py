"""The kinds of entry this program writes, and whether their fields are facts or only an event's details."""

from __future__ import annotations

from typing import Final

CASE_REGISTERED: Final = "report.registered"
CASE_AMENDED: Final = "case.amended"
CASE_CONVERTED: Final = "case.converted"
CASE_MOVED: Final = "case.moved"
CASE_MERGED: Final = "case.merged"
CASE_UNMERGED: Final = "case.unmerged"
CASE_OFFERED: Final = "case.offered"
CASE_TAKEN_ON: Final = "case.taken_on"
CASE_DECLINED: Final = "case.declined"
CASE_OFFER_WITHDRAWN: Final = "case.offer_withdrawn"
CASE_TAKEN_OVER: Final = "case.taken_over"
SERIES_PROPOSED: Final = "series.proposed"
LINK_DECIDED: Final = "link.decided"
HUB_DECIDED: Final = "hub.decided"
LINK_PROPOSED: Final = "link.proposed"
HUB_PROPOSED: Final = "hub.proposed"
TRANSFER_RECORDED: Final = "transfer.recorded"
TRANSFER_WITHDRAWN: Final = "transfer.withdrawn"
IDENTIFIER_RECORDED: Final = "identifier.recorded"
IDENTIFIER_WITHDRAWN: Final = "identifier.withdrawn"
PART_ORDERED: Final = "part.ordered"
"""An order is about this payment or lead: it stands."""
EVIDENCE_ATTACHED: Final = "evidence.attached"
EVIDENCE_DIGESTED: Final = "evidence.digested"
EVIDENCE_RECORDED: Final = "evidence.recorded"
SEAL_APPLIED: Final = "seal.applied"
SEAL_OPENED: Final = "seal.opened"
SEAL_CONFIRMED: Final = "seal.confirmed"
CUSTODY_PASSED: Final = "custody.passed"
CUSTODY_TAKEN: Final = "custody.taken"
SUPPLEMENT_RECORDED: Final = "supplement.recorded"
STEP_RECORDED: Final = "step.recorded"
STEP_WITHDRAWN: Final = "step.withdrawn"
PERSON_RECORDED: Final = "person.recorded"
PERSON_WITHDRAWN: Final = "person.withdrawn"
PERSON_DECIDED: Final = "person.decided"
TASK_RECORDED: Final = "task.recorded"
TASK_DONE: Final = "task.done"
TASK_REOPENED: Final = "task.reopened"
PAPER_DRAFTED: Final = "paper.drafted"
PAPER_EDITED: Final = "paper.edited"
PAPER_SIGNED: Final = "paper.signed"
PAPER_SUPERSEDED: Final = "paper.superseded"
PAPER_WITHDRAWN: Final = "paper.withdrawn"
NUMBER_READ_ALOUD: Final = "number.read_aloud"
ORDER_ISSUED: Final = "order.issued"
ORDER_ISSUED_ALONE: Final = "order.issued_alone"
ORDER_CONFIRMED: Final = "order.confirmed"
ORDER_REPLIED: Final = "order.replied"
ORDER_APPROVED: Final = "order.approved"
ORDER_REFUSED: Final = "order.refused"
ORDER_WITHDRAWN: Final = "order.withdrawn"
ORDER_RELEASED: Final = "order.released"
ORDER_NUMBERED: Final = "order.numbered"
ORDER_DISPATCHED: Final = "order.dispatched"
ANSWER_QUEUED: Final = "answer.queued"
ANSWER_SETTLED: Final = "answer.settled"
OFFICER_ENROLLED: Final = "officer.enrolled"
OFFICER_DISMISSED: Final = "officer.dismissed"
OFFICER_CONFIRMED: Final = "officer.confirmed"
PARTY_TRUSTED: Final = "party.trusted"
BACKUP_CHOSEN: Final = "backup.chosen"
PARTY_REVOKED: Final = "party.revoked"
PARTY_CUT: Final = "party.cut"
"""Up to which entry of a revoked device what it wrote is accepted, whenever it comes."""
PARTY_CONFIRMED: Final = "party.confirmed"
CENTRE_CHOSEN: Final = "centre.chosen"
TRUST_SEEN: Final = "trust.seen"
PARTY_REKEYED: Final = "party.rekeyed"
KEYS_LOST: Final = "party.keys_lost"
KEYS_ROTATED: Final = "keys.rotated"
KEYS_DESTROYED: Final = "keys.destroyed"
STREAM_RENEWED: Final = "stream.renewed"
PACK_TAKEN: Final = "pack.taken"
CLOCK_COMPARED: Final = "clock.compared"
FILE_BOUND: Final = "file.bound"
"""The program follows this text of a file that steers it, whatever lies on the disk."""
FILE_CHANGE_FOUND: Final = "file.change_found"
"""A bound file said something else; the bound text was used."""
FILE_RESTORED: Final = "file.restored"
FILE_APPROVED: Final = "file.approved"
"""An entitled officer made a text from outside the one that is bound."""
BACKUP_MADE: Final = "backup.made"
BACKUP_TRIED: Final = "backup.tried"
BACKUP_RESTORED: Final = "backup.restored"
SLIP_RECEIVED: Final = "slip.received"
BUNDLE_BEGUN: Final = "bundle.begun"
BUNDLE_WRITTEN: Final = "bundle.written"
BUNDLE_EXPORTED: Final = "bundle.exported"
BUNDLE_RECEIVED: Final = "bundle.received"
BUNDLE_REFUSED: Final = "bundle.refused"

OFFICER_SIGNED_IN: Final = "officer.signed_in"
PASSWORD_CHANGED: Final = "officer.password_changed"  # noqa: S105 - a name
RECOVERY_RENEWED: Final = "recovery.renewed"
SIGN_IN_FAILED: Final = "officer.sign_in_failed"
EVIDENCE_VIEWED: Final = "evidence.viewed"
EVIDENCE_READ: Final = "evidence.read"
EVIDENCE_CITED: Final = "evidence.cited"
EVIDENCE_VERIFIED: Final = "evidence.verified"
EVIDENCE_HANDED_OVER: Final = "evidence.handed_over"
DOCUMENT_PRINTED: Final = "document.printed"
SLIP_SHOWN: Final = "slip.shown"
DATA_REVEALED: Final = "data.revealed"
CLOCK_SET_BACK: Final = "clock.set_back"
PACK_SIGNED: Final = "pack.signed"
ESCROW_OPENED: Final = "escrow.opened"
CARD_VOUCHED: Final = "card.vouched"
CENTRE_LISTED: Final = "centre.listed"
"""Which devices are the centre's, in a list that its root signed."""
CENTRE_LIST_TAKEN: Final = "centre.list_taken"
SHIFT_HANDED_OVER: Final = "shift.handed_over"
FLOW_EXPORTED: Final = "flow.exported"
RECORDS_ADOPTED: Final = "records.adopted"
OFFICER_LOCKED: Final = "officer.locked"
OFFICER_UNLOCKED: Final = "officer.unlocked"
CASE_OPENED: Final = "case.opened"
"""An officer saw a case in full; once for each officer, case and sign-in."""
CASES_SEARCHED: Final = "cases.searched"
SETTINGS_CHANGED: Final = "settings.changed"
FORM_WORDED: Final = "form.worded"
AUDIT_READ: Final = "audit.read"
AUDIT_EXPORTED: Final = "audit.exported"
COUNTER_LOST: Final = "profile.counter_lost"
"""No counter of this profile lies on this PC, though one was kept: another PC, another user, or it was removed."""
PROFILE_SET_BACK: Final = "profile.set_back"
"""The data are older than what this PC or the centre saw of them before."""

TRACES: Final = frozenset(
    {
        OFFICER_LOCKED,
        OFFICER_UNLOCKED,
        CASE_OPENED,
        CASES_SEARCHED,
        SETTINGS_CHANGED,
        FORM_WORDED,
        AUDIT_READ,
        AUDIT_EXPORTED,
        COUNTER_LOST,
        PROFILE_SET_BACK,
    }
)
"""Events that only an auditor asks for."""

EVENTS: Final = frozenset(
    {
        OFFICER_SIGNED_IN,
        PASSWORD_CHANGED,
        RECOVERY_RENEWED,
        SIGN_IN_FAILED,
        EVIDENCE_VIEWED,
        EVIDENCE_READ,
        EVIDENCE_CITED,
        EVIDENCE_VERIFIED,
        EVIDENCE_HANDED_OVER,
        DOCUMENT_PRINTED,
        SLIP_SHOWN,
        DATA_REVEALED,
        CLOCK_SET_BACK,
        PACK_SIGNED,
        ESCROW_OPENED,
        CARD_VOUCHED,
        SHIFT_HANDED_OVER,
        FLOW_EXPORTED,
        RECORDS_ADOPTED,
        *TRACES,
    }
)
"""Kinds whose fields describe what happened and are not merged into the subject."""

QUIET: Final = frozenset(
    {
        BUNDLE_BEGUN,
        BUNDLE_WRITTEN,
        BUNDLE_EXPORTED,
        BUNDLE_RECEIVED,
        BUNDLE_REFUSED,
        OFFICER_SIGNED_IN,
        PASSWORD_CHANGED,
        RECOVERY_RENEWED,
        SIGN_IN_FAILED,
        TRUST_SEEN,
        OFFICER_CONFIRMED,
        PARTY_CONFIRMED,
        CLOCK_COMPARED,
        FILE_BOUND,
        FILE_CHANGE_FOUND,
        FILE_RESTORED,
        FILE_APPROVED,
        BACKUP_MADE,
        BACKUP_TRIED,
        *TRACES,
    }
)
"""Kinds that nobody waits for on the other side. A bundle of these alone is not answered by itself, or two programs
would go on giving each other receipts for receipts."""
TRUST_NEWS: Final = (
    BACKUP_CHOSEN,
    CARD_VOUCHED,
    CENTRE_CHOSEN,
    ESCROW_OPENED,
    OFFICER_CONFIRMED,
    OFFICER_DISMISSED,
    OFFICER_ENROLLED,
    PARTY_CONFIRMED,
    PARTY_REVOKED,
    PARTY_TRUSTED,
    PASSWORD_CHANGED,
    RECOVERY_RENEWED,
)
"""What officers who took no part in it are told of at their next sign-in; numbered in one stream."""
