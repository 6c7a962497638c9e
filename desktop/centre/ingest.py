"""Take bundles of stations in: apply, quarantine what is refused, leave the receipts in the journal."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from desktop.domain.errors import TrustError
from desktop.domain.installation.officer import Permission
from desktop.domain.progress import Progress
from desktop.services.exchange.take_in.apply_bundle import (
    OWN_OR_FOR_ANOTHER,
    AppliedBundle,
    BundleProblem,
    receive_all,
)
from desktop.services.orders.answers.slip_orders import join_arrived
from desktop.services.ports.exchange.quarantine import QuarantineShelf
from desktop.services.session import Session


def ingest(
    session: Session,
    quarantine: QuarantineShelf,
    paths: Sequence[Path],
    progress: Progress,
    *,
    dry_run: bool = False,
    leave: frozenset[str] = frozenset(),
) -> AppliedBundle:
    """Apply every volume; a refused one does not stop the others and is kept, except in a dry run.

    Our own answers, on a stick that comes back with new bundles, are left alone; so is what is refused with a code of
    ``leave``.
    """
    session.require(Permission.DISPATCH)

    def keep(problem: BundleProblem) -> None:
        wanted = isinstance(problem.error, TrustError) and problem.error.code not in leave
        if wanted and not dry_run and problem.path.is_file():
            quarantine.keep(problem.path, problem.error, session.clock.now())

    applied = receive_all(
        session, paths, progress, dry_run=dry_run, refused=keep, others=OWN_OR_FOR_ANOTHER
    )
    if applied.applied and not dry_run:
        join_arrived(session)
    return applied
