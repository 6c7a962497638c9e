"""Everything of a volume that is known before the first octet of evidence is read.

All digests are known beforehand, so manifests and signature stand in front, and the exact size of the
file is known too.
"""

from __future__ import annotations

from dataclasses import dataclass

from desktop.bundles.journal_spool import JournalSpool
from desktop.bundles.layout import (
    BAG_INFO,
    BAGIT,
    JOURNAL,
    MANIFEST,
    NAMESPACE,
    PAYLOAD_LIST,
    README,
    SIGNATURE,
    TAG_LIST,
    content_paths,
    folder_name,
    has_records,
)
from desktop.bundles.manifest_json import encode_manifest
from desktop.bundles.tag_files import BAGIT_TEXT, SIGNED_TAGS, bag_info, digest_list
from desktop.bundles.tar_format import END, member_size
from desktop.domain.exchange import VolumeManifest
from desktop.sealing.digests import sha256_of
from desktop.sealing.keys import DeviceKeys
from desktop.sealing.sshsig import parse_public_line, sign


@dataclass(frozen=True, slots=True)
class VolumePlan:
    """``head``: the small members in front, with their content; ``tar_size``: octets of the whole stream."""

    folder: str
    head: tuple[tuple[str, bytes], ...]
    manifest_hash: str
    tar_size: int


def plan_volume(
    manifest: VolumeManifest, journal: JournalSpool, readme: bytes, keys: DeviceKeys
) -> VolumePlan:
    """Work out tag files, signature and size; ``ValueError`` when the parts do not fit together."""
    _check(manifest, journal, readme, keys)
    data = encode_manifest(manifest)
    rows = [(sha256_of(data), MANIFEST, len(data))]
    if has_records(manifest.volume):
        rows.append((journal.sha256, JOURNAL, journal.size))
        rows.append((sha256_of(readme), README, len(readme)))
    rows.extend((blob.sha256, path, blob.size) for path, blob in content_paths(manifest))
    tags = {
        BAGIT: BAGIT_TEXT,
        BAG_INFO: bag_info(manifest, sum(size for *_, size in rows), len(rows)),
        PAYLOAD_LIST: digest_list((digest, path) for digest, path, _ in rows),
    }
    tag_list = digest_list((sha256_of(tags[name]), name) for name in SIGNED_TAGS)
    signature = sign(tag_list, keys.signing, NAMESPACE).encode("ascii")
    head = (*tags.items(), (TAG_LIST, tag_list), (SIGNATURE, signature), (MANIFEST, data))
    folder = folder_name(manifest.volume)
    sizes = [(name, len(content)) for name, content in head]
    sizes.extend((path, size) for _, path, size in rows[1:])
    total = sum(member_size(f"{folder}/{name}", size) for name, size in sizes) + len(END)
    return VolumePlan(folder, head, sha256_of(data), total)


def _check(
    manifest: VolumeManifest, journal: JournalSpool, readme: bytes, keys: DeviceKeys
) -> None:
    sender = manifest.sender
    if sender.device != keys.device_id or parse_public_line(sender.signing_key) != keys.public_raw:
        raise ValueError("the sender of a volume is the holder of the key that signs it")
    if has_records(manifest.volume):
        if journal.count != manifest.entries:
            raise ValueError("the manifest counts other entries than are given")
    elif journal.count or readme:
        raise ValueError("only volume 1 carries records")
    for contents in (manifest.blobs, manifest.pieces):
        if len({item.sha256 for item in contents}) != len(contents):
            raise ValueError("a blob stands twice")
