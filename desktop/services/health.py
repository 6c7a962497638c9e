"""Is everything as the journal says? And make it so again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from desktop.domain.errors import WorldError
from desktop.domain.progress import Progress
from desktop.services.session import Session


def check_health(session: Session, progress: Progress) -> tuple[str, ...]:
    """Re-check chains, projections and every blob that is here; problem texts, empty when sound.

    A centre may know evidence whose blob is still on the way; a desk must hold every blob it recorded.
    """
    return _with_blobs(session, session.store.verify(progress), progress)


def check_news(session: Session, progress: Progress) -> tuple[str, ...]:
    """Re-check chains and projections of what was taken in since the last check that found nothing; quick enough to be
    done every day. Neither what stood before nor any evidence is read."""
    return session.store.verify_news(progress)


def _with_blobs(session: Session, found: Iterable[str], progress: Progress) -> tuple[str, ...]:
    problems = list(found)
    with session.store.read() as reader:
        blobs = reader.known_blobs()
        own = frozenset(blob.sha256 for blob in blobs if not reader.is_awaited(blob.sha256))
    for done, blob in enumerate(blobs):
        progress.check()
        progress.advance(done, len(blobs))
        if not session.vault.has(blob.sha256):
            if blob.sha256 in own:
                problems.append(f"vault.missing {blob.sha256}")
        elif not _sound(session, blob.sha256, progress):
            problems.append(f"vault.damaged {blob.sha256}")
    return tuple(problems)


def _sound(session: Session, sha256: str, progress: Progress) -> bool:
    try:
        return session.vault.verify(sha256, progress)
    except WorldError:
        return False


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """Digest of the projections after the rebuild, and whether it differs from before."""

    digest: str
    changed: bool


def rebuild_projections(session: Session, progress: Progress) -> Rebuilt:
    """Drop every projection and project the journal again."""
    before = session.store.digest()
    after = session.store.rebuild(progress)
    return Rebuilt(after, before != after)
