"""Whose a case is that a centre made: its own until a station takes it on."""

from __future__ import annotations

from desktop.domain.cases.case_holder import CaseHolder, holder_from_fields
from desktop.domain.errors import RuleError
from desktop.domain.ids import CaseId, made_by
from desktop.domain.installation.profile import InstallationRole
from desktop.domain.records.fields import Fields
from desktop.services.ports import Reader
from desktop.services.session import Session


def is_own(session: Session, case: CaseId, holder: CaseHolder | None) -> bool:
    """Whether a centre writes into a case: a device of it made the case, and no station took it on. At a station every
    case is."""
    if session.profile.role is not InstallationRole.CENTRE:
        return True
    own = session.profile.device
    return made_by(case, own) and (holder is None or holder.device in ("", own))


def require_own(session: Session, reader: Reader, case: CaseId) -> Fields:
    """The fields of the case, empty for one that is not registered yet.

    Raises:
        RuleError: ``centre.reads_cases`` at a centre, where a station has the case.
    """
    fields = reader.current(f"case/{case}")
    if fields and not is_own(session, case, holder_from_fields(fields)):
        raise RuleError("centre.reads_cases")
    return fields
