"""Which volumes of the bundles just taken in are not here yet: perhaps on another stick, or left behind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from desktop.domain.exchange import BundleRow, VolumeManifest
from desktop.services.exchange.receive_bundle import received_volumes
from desktop.services.ports import Reader


@dataclass(frozen=True, slots=True)
class LackingVolumes:
    """A bundle by its number and sender, how many volumes it has, and which never came."""

    number: str
    unit_name: str
    count: int
    volumes: tuple[int, ...]

    @property
    def words(self) -> dict[str, str | int]:
        """What the sentence about it takes; of many in a row the first and the last are named."""
        runs: list[list[int]] = []
        for one in self.volumes:
            if runs and one == runs[-1][-1] + 1:
                runs[-1] = [runs[-1][0], one]
            else:
                runs.append([one])
        named = ", ".join("–".join(map(str, run)) for run in runs)
        return {
            "unit": self.unit_name,
            "number": self.number,
            "count": self.count,
            "volumes": named,
        }


def lacking_volumes(
    reader: Reader, manifests: Iterable[VolumeManifest]
) -> tuple[LackingVolumes, ...]:
    """Of the last bundle of every sender of which some volume came now; none where all of it is here. A later one
    carries what those before it left behind."""
    last: dict[str, VolumeManifest] = {}
    here: dict[str, set[int]] = {}
    for manifest in manifests:
        here.setdefault(manifest.bundle, set()).add(manifest.volume)
        known = last.setdefault(manifest.sender.device, manifest)
        if known.number < manifest.number:
            last[manifest.sender.device] = manifest
    several = [item for item in last.values() if item.volumes > len(here[item.bundle])]
    if not several:
        return ()
    later = {
        row.peer: row.number for row in sorted(reader.bundles(), key=_number) if not row.outgoing
    }
    several = [item for item in several if later.get(item.sender.device, "") <= item.number]
    for item in several:
        here[item.bundle] |= received_volumes(reader.current(f"bundle/{item.bundle}"))
    return tuple(
        LackingVolumes(item.number, item.sender.unit_name, item.volumes, missing)
        for item in several
        if (missing := tuple(n for n in range(1, item.volumes + 1) if n not in here[item.bundle]))
    )


def _number(row: BundleRow) -> str:
    return row.number
