"""The duty telephone of the unit: papers that somebody takes home name it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from desktop.domain.installation.bound_files import PROFILE
from desktop.domain.installation.duty_phone import duty_phone_in, duty_phone_of
from desktop.domain.installation.officer import Permission
from desktop.domain.installation.profile import Profile
from desktop.services.audit.note_settings import note_settings
from desktop.services.bound.bind_files import bind_own
from desktop.services.bound.bound_texts import bound_text
from desktop.services.session import Session


def set_duty_phone(session: Session, written: Callable[[Profile], str], typed: str) -> str:
    """Print this number from now on, none for ""; returns it as papers print it. ``written``: a profile as its file
    says it, which is bound in the journal.

    Raises ``UserInputError("duty_phone.unreadable")``; ``WorldError`` as the disk does.
    """
    session.require(Permission.ADMINISTER)
    number = duty_phone_of(typed)
    bind_own(session, PROFILE, written(replace(session.profile, duty_phone=number)))
    note_settings(session, {"duty_phone"})
    return number


def duty_phone(session: Session) -> str:
    """As this device was told it; "" where nobody did."""
    with session.store.read() as reader:
        return duty_phone_in(bound_text(reader, session.profile.device, PROFILE) or "")


def own_duty_phone(session: Session, unit_code: str) -> str:
    """For a paper of this unit; "" for a paper of another, whose number nobody here knows."""
    return duty_phone(session) if unit_code == session.profile.unit_code else ""
