"""Which volumes of the bundles just taken in are not here yet: perhaps on another stick, or left behind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from desktop.domain.exchange.volumes import VolumeManifest
from desktop.domain.ids import BundleId, DeviceId
from desktop.domain.records.fields import Fields, number, numbered, text, texts
from desktop.services.exchange.peers.peer_keys import peer_of
from desktop.services.exchange.take_in.receive_bundle import received_volumes
from desktop.services.ports import Reader
from desktop.services.session import Session


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
    session: Session, reader: Reader, manifests: Iterable[VolumeManifest]
) -> tuple[LackingVolumes, ...]:
    """Of every sender of which some volume came now: what never came of its last bundle, and of those before it what it
    says it wrote, never came, and no other bundle brought."""
    here: dict[str, set[int]] = {}
    last: dict[DeviceId, VolumeManifest] = {}
    peers = reader.peers()
    for manifest in manifests:
        here.setdefault(manifest.bundle, set()).add(manifest.volume)
        peer, _ = peer_of(peers, manifest.sender.device)
        if peer is not None:
            known = last.setdefault(peer.card.device, manifest)
            last[peer.card.device] = max(known, manifest, key=lambda item: item.number)
    found: list[LackingVolumes] = []
    for device, newest in last.items():
        sent: dict[BundleId, Fields] = {newest.bundle: {}, **reader.sent_by(device)}
        for bundle, fields in sent.items():
            bundle_number, count = text(fields, "number"), number(fields, "planned")
            left = set(_written(session, fields))
            if bundle == newest.bundle:
                bundle_number, count = newest.number, newest.volumes
                left = set(range(1, count + 1))
            came = here.get(bundle, set()) | received_volumes(fields)
            if missing := tuple(sorted(left - came)):
                found.append(LackingVolumes(bundle_number, newest.sender.unit_name, count, missing))
    return tuple(sorted(found, key=lambda item: (item.unit_name, item.number)))


def _written(session: Session, fields: Fields) -> Iterator[int]:
    """Volumes of evidence that their sender says are whole, and of whose content something is not here."""
    for volume in numbered(fields, "blob_list."):
        named = (texts(fields, f"{name}.{volume}") for name in ("blob_list", "file_list"))
        if not any(some and all(map(session.vault.has, some)) for some in named):
            yield volume
