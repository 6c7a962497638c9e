"""An honest volume to spoil, and what must happen to a spoilt one."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from desktop.domain.errors import TrustError
from tests.bundles import volumes
from tests.bundles.volumes import Members, Sink

WHAT = volumes.manifest()
HONEST = volumes.members(WHAT, volumes.payload(WHAT))


def refused(path: Path, code: str) -> None:
    """The volume is refused as ``code`` and no record or blob beyond the verified ones came out."""
    sink = Sink()
    with pytest.raises(TrustError) as caught:
        volumes.read(path, sink)
    assert caught.value.code == code
    for digest, data in sink.committed.items():
        assert hashlib.sha256(data).hexdigest() == digest


def sealed(parts: Members, folder: Path) -> Path:
    """A volume of any members, sealed to the centre."""
    return volumes.seal(volumes.tar(parts), folder / "x.fzb")
