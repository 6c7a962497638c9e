"""Take bundles of stations in: apply, quarantine what is refused, leave the receipts in the journal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.centre.quarantine import Quarantine
from desktop.domain.errors import AppError, TrustError
from desktop.domain.ids import CaseId
from desktop.domain.officer import Permission
from desktop.domain.progress import Progress
from desktop.services.apply_bundle import BundleProblem, volumes_in
from desktop.services.desk import Desk
from desktop.services.receive_bundle import Received, receive_volume


@dataclass(frozen=True, slots=True)
class Ingested:
    """What came in. ``problems`` were quarantined (unless it was a dry run)."""

    bundles: int
    volumes: int
    applied: int
    already: int
    held: int
    conflicts: int
    blobs: int
    cases: frozenset[CaseId]
    problems: tuple[BundleProblem, ...]


def ingest(
    desk: Desk,
    quarantine: Quarantine,
    paths: Sequence[Path],
    progress: Progress,
    *,
    dry_run: bool = False,
) -> Ingested:
    """Apply every volume; a refused one is kept with its reason and does not stop the others."""
    desk.require(Permission.DISPATCH)
    done: list[Received] = []
    problems: list[BundleProblem] = []
    for path in volumes_in(paths):
        progress.check()
        try:
            done.append(receive_volume(desk, path, progress, dry_run=dry_run))
        except AppError as error:
            if error.code == "cancelled":
                raise
            problems.append(BundleProblem(path, error))
            if isinstance(error, TrustError) and not dry_run and path.is_file():
                quarantine.keep(path, error, desk.clock.now())
    return Ingested(
        bundles=len({item.manifest.bundle for item in done}),
        volumes=len(done),
        applied=sum(item.applied.applied for item in done),
        already=sum(item.applied.already for item in done),
        held=max((item.applied.held for item in done), default=0),
        conflicts=sum(item.applied.conflicts for item in done),
        blobs=sum(item.blobs for item in done),
        cases=frozenset(case for item in done for case in item.applied.cases),
        problems=tuple(problems),
    )
