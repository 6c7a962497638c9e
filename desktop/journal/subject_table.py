"""The things that journal entries speak about, and the fields each of them has.

One row a kind of subject. A field is declared here once, with its type and, where not everybody who may speak of the
subject may set it, who may. The table of entry kinds (:mod:`desktop.journal.entry_table`) says which of these fields an
entry of a kind may carry.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from desktop.domain.records.field_types import (
    COUNT,
    DIGESTS,
    FLAG,
    LONG_TEXT,
    MAYBE_TIME,
    NAME,
    OBJECT,
    PLACES,
    ROWS,
    SIGNED,
    TEXT,
    TEXTS,
    TIME,
)
from desktop.journal.case_subjects import CASE_SUBJECTS, REPLY
from desktop.journal.subject_rule import SubjectRule

_PERSON_WORDS: Final = {"verdict": TEXT, "reason": LONG_TEXT, "by": TEXT, "at": TIME}
_TWO_OFFICERS: Final = {"second": TEXT, "founding": FLAG, "by_centre": TEXT, "answer": TEXT}
"""Who took part in what takes two officers, or which answer of the centre stands for the second."""
OTHER_SUBJECTS: Final = (
    SubjectRule(
        "slip",
        {
            "device": TEXT,
            "unit_name": TEXT,
            "told": OBJECT,
            "case_number": TEXT,
            "received_at": TIME,
            "received_by": TEXT,
        },
    ),
    SubjectRule("look", {}),
    SubjectRule("link", {"first": NAME, "second": NAME, **_PERSON_WORDS}),
    SubjectRule("link_proposal", {"first": NAME, "second": NAME, **_PERSON_WORDS}),
    SubjectRule("hub", {"normal": NAME, "hub": TEXT, "by": TEXT, "at": TIME}),
    SubjectRule("hub_proposal", {"normal": NAME, "hub": TEXT, "by": TEXT, "at": TIME}),
    SubjectRule("person_link", {"first": NAME, "second": NAME, **_PERSON_WORDS}),
    SubjectRule("officer", {"name": TEXT, "roles": TEXTS, "trust.seen": COUNT, **_TWO_OFFICERS}),
    SubjectRule(
        "party",
        {
            "kind": TEXT,
            "unit_code": TEXT,
            "unit_name": TEXT,
            "device_letter": TEXT,
            "role": TEXT,
            "signing_key": TEXT,
            "recipient": TEXT,
            "made_at": TEXT,
            "trusted_at": TIME,
            "trusted_by": TEXT,
            "valid_until": MAYBE_TIME,
            "revoked_at": MAYBE_TIME,
            "revoked_by": TEXT,
            "revoked_reason": LONG_TEXT,
            "cut.heads": PLACES,
            "cut.tips": DIGESTS,
            "cut.revoked_at": TIME,
            "key": TEXT,
            "key_since": TIME,
            "knows": TEXT,
            "listed_by": TEXT,
            "former_keys": ROWS,
            "lost_keys": TEXTS,
            "lost_at": TIME,
            "lost_reason": LONG_TEXT,
            **_TWO_OFFICERS,
        },
    ),
    SubjectRule(
        "device",
        {
            "clock.offset_s": SIGNED,
            "clock.compared_at": TIME,
            "clock.officer": TEXT,
            "backup.recipient": TEXT,
            "backup.chosen_at": TIME,
            "backup.at": TIME,
            "backup.sha256": TEXT,
            "backup.tried_at": TIME,
            "backup.tried_of": TIME,
            "backup.restored_from": TEXT,
            "centre": TEXT,
            "named_as": TEXT,
            "list.number": COUNT,
            "list.text": LONG_TEXT,
            "taken.centre": TEXT,
            "taken.number": COUNT,
            "taken.key": TEXT,
            "taken.sha256": TEXT,
            "taken.devices": TEXTS,
            "second": TEXT,
            "founding": FLAG,
            "#": OBJECT,
        },
    ),
    SubjectRule(
        "file",
        {
            "file": TEXT,
            "sha256": TEXT,
            "text": LONG_TEXT,
            "former": TEXT,
            "found": TEXT,
            "was": TEXT,
            "state": TEXT,
        },
    ),
    SubjectRule(
        "keys",
        {
            "#.key": TEXT,
            "#.card": LONG_TEXT,
            "#.since": TIME,
            "#.lost": FLAG,
            "#.reason": LONG_TEXT,
            "#.at.": COUNT,
            "destroyed.": TIME,
        },
    ),
    SubjectRule(
        "pack",
        {
            "kind": TEXT,
            "id": TEXT,
            "version": TEXT,
            "made_at": TEXT,
            "unit": TEXT,
            "signer": TEXT,
            "taken_at": TIME,
        },
    ),
    SubjectRule(
        "answer",
        {
            "file": TEXT,
            "at": TIME,
            "sheet": TEXT,
            "row": COUNT,
            "key": TEXT,
            "number": TEXT,
            "official": TEXT,
            "account": TEXT,
            "column": TEXT,
            "texts": ROWS,
            "asked": ROWS,
            "trouble": TEXT,
            "code": TEXT,
            "order": TEXT,
            "note": LONG_TEXT,
            "settled": TEXT,
            "settled_by": TEXT,
            "settled_at": TIME,
            **REPLY,
        },
    ),
    SubjectRule(
        "bundle",
        {
            "sender": NAME,
            "receiver": NAME,
            "key": TEXT,
            "number": TEXT,
            "begun_at": TIME,
            "cases": COUNT,
            "orders": COUNT,
            "entries": COUNT,
            "blobs": COUNT,
            "planned": COUNT,
            "written.": OBJECT,
            "blob_list.": TEXTS,
            "file_list.": TEXTS,
            "last": PLACES,
            "manifest": TEXT,
            "exported_at": TIME,
            "size": COUNT,
            "volume_count": COUNT,
            "received.at": TIME,
            "received.clock": TEXT,
            "received.heads": PLACES,
            "received.tips": DIGESTS,
            "received.blobs": TEXTS,
            "received.volume.": FLAG,
            "received.held": COUNT,
            "received.worth": FLAG,
            "received.cases": COUNT,
            "received.refused": ROWS,
            "received.refused_count": COUNT,
            "refused.at": MAYBE_TIME,
            "refused.code": TEXT,
            "refused.volume": COUNT,
        },
    ),
)


SUBJECTS: Final = MappingProxyType({rule.name: rule for rule in (*CASE_SUBJECTS, *OTHER_SUBJECTS)})
"""Name of a kind of subject → its rule."""
