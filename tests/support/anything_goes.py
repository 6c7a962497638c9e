"""Bare trust for tests of stores: a device that is known, or stores that take whatever any device says."""

from __future__ import annotations

import pytest

from desktop.domain.ids import DeviceId
from desktop.domain.records.fields import Fields
from desktop.journal.authority import peer_subject
from desktop.journal.authorship import AuthorshipFacts
from desktop.journal.entry import Entry, NewEntry
from desktop.journal.kinds import PARTY_TRUSTED
from desktop.storage.journal import journal_table
from desktop.storage.upkeep import rebuild


def _accept(_entry: Entry, _known: AuthorshipFacts) -> None:
    return None


def let_anything_go(patch: pytest.MonkeyPatch) -> None:
    """No entry is objected to until the test ends: for tests of how entries are kept and merged."""
    for module in (journal_table, rebuild):
        patch.setattr(module, "judge", _accept)


def trust_in(own: DeviceId, peer: DeviceId, unit: str, role: str = "desk") -> NewEntry:
    """What ``own`` says to trust ``peer``, without a card."""
    fields: Fields = {
        "kind": "fanzha-enrolment", "unit_code": unit, "unit_name": "x", "device_letter": "A", "role": role,
        "signing_key": "", "recipient": "", "made_at": _AT, "trusted_at": _AT, "trusted_by": "620134",
        "valid_until": "", "revoked_at": "", "revoked_reason": "",
    }  # fmt: skip
    return NewEntry(PARTY_TRUSTED, peer_subject(own, peer), fields)


_AT = "2026-11-24T10:00:00.000Z"
