"""Evidence that can no longer be read is left out of an export, so that it keeps back nothing else."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from desktop.domain.errors import AppError, TrustError, WorldError
from desktop.domain.progress import Progress
from desktop.services.exchange.lay_volumes import VolumeContent
from desktop.services.exchange.plan_export import ExportPlan
from desktop.services.session import Session

_UNREADABLE: Final = frozenset({"vault.damaged", "vault.missing", "bundle.blob_changed"})


def is_unreadable(error: AppError) -> bool:
    """Whether evidence is to blame, and not the medium it was to be written to."""
    return error.code in _UNREADABLE


def without_unreadable(
    session: Session, plan: ExportPlan, index: int, progress: Progress
) -> ExportPlan:
    """The plan without what volume ``index`` (from 1) was to carry and is damaged or gone; the same where nothing is.
    Every file of the volume is read."""
    content = plan.volumes[index - 1]
    bad = {sha256 for sha256 in content.files if not _is_sound(session, sha256, progress)}
    if not bad:
        return plan
    sound = VolumeContent(
        tuple(blob for blob in content.blobs if blob.sha256 not in bad),
        tuple(piece for piece in content.pieces if piece.whole.blob.sha256 not in bad),
    )
    volumes = (*plan.volumes[: index - 1], sound, *plan.volumes[index:])
    skipped = tuple(dict.fromkeys((*plan.skipped, *sorted(bad))))  # parts of one stand in several
    return replace(plan, volumes=volumes, skipped=skipped)


def _is_sound(session: Session, sha256: str, progress: Progress) -> bool:
    try:
        return session.vault.verify(sha256, progress)
    except (TrustError, WorldError) as error:
        if is_unreadable(error):
            return False
        raise
