"""Bind what stands at the first sign-in, and compare the files with what is bound at every later one."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.app.profile.files_noticed import FilesNoticed
from desktop.app.profile.profile_file import profile_text
from desktop.domain.installation.bound_files import PROFILE, SETTINGS, FoundFile
from desktop.domain.installation.profile import Profile
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import FILE_BOUND
from desktop.runtime.texts.settings import Settings, steering_text
from desktop.services.bound.bind_files import bind_present_files, bind_text
from desktop.services.bound.bound_texts import bindings
from desktop.services.bound.check_files import note_changes
from desktop.services.session import Session


def first_bindings(profile: Profile) -> tuple[NewEntry, ...]:
    """What a new installation follows from its first moment."""
    texts = {PROFILE: profile_text(profile), SETTINGS: steering_text(Settings())}
    return tuple(
        entry
        for path, content in texts.items()
        for entry in bindings(profile.device, path, None, content, FILE_BOUND)
    )


def notice_files(session: Session, found: Mapping[str, FoundFile], *, bound: bool) -> FilesNoticed:
    """What is to be told of the files. ``found``: what lies there, of which the desk was built where nothing was
    ``bound`` yet."""
    if not bound:
        bind_present_files(session, found)
    # Where the database lies only the keys say, so a move of it shows here first.
    bind_text(session, PROFILE, profile_text(session.profile))
    changes = note_changes(session)
    texts = {path: file.text for path, file in found.items() if file.text is not None}
    return FilesNoticed(changes, None if bound else texts)
