"""The name of an officer who chooses a password before the desk is open: no password may be made of it."""

from __future__ import annotations

from desktop.app.profile.bound_profile import open_store
from desktop.domain.errors import AppError, Cancelled, WorldError
from desktop.domain.installation.profile import Profile
from desktop.domain.progress import Progress
from desktop.domain.time.clock import Clock
from desktop.runtime.files.paths import ProfilePaths
from desktop.runtime.keys.unlocked import Unlocked


def officer_name(
    paths: ProfilePaths,
    unlocked: Unlocked,
    claimed: Profile | WorldError,
    clock: Clock,
    progress: Progress,
) -> str:
    """As the journal has it; "" where the database does not open, which the sign-in says itself."""
    try:
        store = open_store(paths, unlocked.secrets, claimed, clock, progress).store
        try:
            with store.read() as reader:
                found = reader.officer(unlocked.officer)
        finally:
            store.close()
    except Cancelled:
        raise
    except AppError:
        return ""
    return found.name if found is not None else ""
