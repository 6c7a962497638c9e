"""Whether an export fits its medium, told before the first byte is written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desktop.domain.exchange.volumes import MediumFacts
from desktop.domain.ids import DeviceId
from desktop.domain.installation.officer import Permission
from desktop.domain.progress import SILENT
from desktop.services.exchange.export.lay_volumes import ENVELOPE, volume_size_for
from desktop.services.exchange.export.plan_export import Resume, make_plan
from desktop.services.exchange.peers.our_centre import require_receiver
from desktop.services.session import Session


@dataclass(frozen=True, slots=True)
class Preflight:
    """What an export would need of a medium. ``size``: bytes of evidence; ``fits``: how many of the ``volumes`` the
    medium has room for, records first."""

    medium: MediumFacts
    entries: int
    blobs: int
    size: int
    volumes: int
    fits: int
    carried: int


def preflight(
    session: Session,
    folder: Path,
    *,
    receiver: DeviceId | None = None,
    volume_size: int | None = None,
    afresh: bool = False,
) -> Preflight:
    """Whether what the centre (or ``receiver``) lacks fits into ``folder``, with figures; nothing is written.

    Raises:
        UserInputError: ``export.nothing``. WorldError: from the medium.
    """
    session.require(Permission.EXCHANGE)
    peer = require_receiver(session, receiver)
    medium = session.volumes.medium(folder)
    size = volume_size_for(medium, volume_size)
    with session.store.read() as reader:
        resume = Resume(afresh=afresh)
        plan = make_plan(session, reader, peer, folder, size, SILENT, resume=resume)
    free, fits = medium.free - ENVELOPE, 0
    for size_of in (0, *(volume.size for volume in plan.volumes)):
        free -= size_of
        fits += free >= 0
    return Preflight(
        medium, plan.entries, plan.blobs, plan.size, len(plan.volumes) + 1, fits, plan.carried
    )
