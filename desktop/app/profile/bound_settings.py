"""The settings that steer, as they are bound in the journal, and the rest as the file says."""

from __future__ import annotations

from pathlib import Path

from desktop.domain.installation.bound_files import SETTINGS
from desktop.runtime.texts.settings import Settings, save_settings, steering_text, with_steering
from desktop.services.bound.bind_files import bind_text
from desktop.services.bound.bound_texts import bound_text
from desktop.services.session import Session


def followed_settings(session: Session, settings: Settings) -> Settings:
    """``settings`` of the file, with what is bound in the place of what steers."""
    with session.store.read() as reader:
        steering = bound_text(reader, session.profile.device, SETTINGS)
    return settings if steering is None else with_steering(settings, steering)


def keep_settings(session: Session, file: Path, settings: Settings) -> None:
    """Bind what steers, then write the file. A crash in between leaves the former file, which the next sign-in brings
    up to date. Raises ``WorldError`` as the disk does."""
    bind_text(session, SETTINGS, steering_text(settings))
    save_settings(file, settings)
