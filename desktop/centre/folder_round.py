"""One round of exchange in a shared folder, with what a centre has to say before it writes."""

from __future__ import annotations

from pathlib import Path

from desktop.domain.installation.profile import InstallationRole
from desktop.domain.progress import Progress
from desktop.services.assigned_tasks.decide_request import follow_requests
from desktop.services.exchange.exchange_folder import FolderRound, SkippedVolumes, exchange_folder
from desktop.services.orders.answers.slip_orders import join_arrived
from desktop.services.session import Session


def folder_round(
    session: Session, folder: Path, progress: Progress, skipped: SkippedVolumes | None = None
) -> FolderRound:
    """As :func:`exchange_folder`; what stations answered in the round before reaches who asked in this one, and orders
    that went out by their slip are sent once."""
    centre = session.profile.role is InstallationRole.CENTRE
    if centre:
        follow_requests(session)
    done = exchange_folder(session, folder, progress, skipped)
    if centre and done.received.applied:
        join_arrived(session)
    return done
