"""Deciding between two values is for what belongs to a case, not for who may do what."""

from __future__ import annotations

import pytest

from desktop.domain.case_file.views import Conflict, Contested
from desktop.domain.errors import UserInputError
from desktop.journal.authority import officer_subject, peer_subject
from desktop.services.cases.changes.amend_case import resolve_conflict
from desktop.services.session import Session


def test_writing_cases_gives_nobody_other_rights(session: Session, centre: Session) -> None:
    own = session.profile.device
    before = session.store.digest()
    for subject, field, value in (
        (officer_subject(own, session.officer.number), "roles", '["administrator", "dispatcher"]'),
        (peer_subject(own, centre.profile.device), "revoked_at", ""),
    ):
        with pytest.raises(UserInputError) as caught:
            resolve_conflict(session, Conflict(subject, field, (Contested(value),)), value)
        assert caught.value.code == "conflict.unknown"
    assert session.store.digest() == before
