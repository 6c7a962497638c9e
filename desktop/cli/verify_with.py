"""Verify bundles with an age identity file alone: the centre's backup key, or the keys of the vectors."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from desktop.bundles.reader import read_volume
from desktop.domain.errors import UserInputError
from desktop.domain.exchange import VolumeManifest
from desktop.domain.progress import Progress
from desktop.sealing.age_identity import AgeIdentity
from desktop.services.exchange.apply_bundle import BundleVerdict, verdict_on
from desktop.services.ports import VolumeSink


def verify_with(identity_file: Path, paths: Sequence[Path], progress: Progress) -> BundleVerdict:
    """Form, signature and digests of every volume; whom to trust is not asked, as nobody signs in.

    Raises:
        UserInputError: ``identity.unreadable``.
    """
    identities = _identities(identity_file)

    def read(path: Path, sink: VolumeSink) -> VolumeManifest:
        return read_volume(path, identities, sink, lambda *_: None, progress)

    return verdict_on(paths, read)


def _identities(path: Path) -> tuple[AgeIdentity, ...]:
    """The keys in a file as the age tool writes it: one a line, comments begin with ``#``."""
    try:
        lines = path.read_text("utf-8-sig").splitlines()
        found = [AgeIdentity.from_text(line) for line in lines if line and not line.startswith("#")]
    except (OSError, ValueError) as error:
        raise UserInputError("identity.unreadable") from error
    if not found:
        raise UserInputError("identity.unreadable")
    return tuple(found)
