"""The tag files of a volume and what hangs on their signature, when it is read and whenever it is checked again."""

from __future__ import annotations

from desktop.bundles.volumes.layout import JOURNAL, MANIFEST, NAMESPACE, PAYLOAD_LIST
from desktop.bundles.volumes.manifest_json import decode_manifest
from desktop.bundles.volumes.tag_files import parse_digest_list
from desktop.domain.errors import TrustError
from desktop.domain.exchange.origin import SignedJournal, SignedParts
from desktop.domain.exchange.volumes import VolumeManifest
from desktop.sealing.digests import sha256_of
from desktop.sealing.fingerprint import device_id
from desktop.sealing.sshsig import parse_public_line, public_line, verify


def signed_journal(parts: SignedParts) -> SignedJournal:
    """What ``parts`` prove, from their octets alone.

    Raises:
        TrustError: the signature is not over the tag manifest, or the others are not what it lists.
    """
    signer = verify(parts.tags, parts.signature.decode("latin-1"), NAMESPACE)
    listed = {path: digest for digest, path in parse_digest_list(parts.tags)}
    if listed.get(PAYLOAD_LIST) != sha256_of(parts.payload):
        raise TrustError("bundle.signature")
    digests = {path: digest for digest, path in parse_digest_list(parts.payload)}
    if digests.get(MANIFEST) != sha256_of(parts.manifest):
        raise TrustError("bundle.signature")
    manifest = decode_manifest(parts.manifest)
    check_sender(manifest, signer)
    fingerprint = device_id(signer)
    return SignedJournal(
        fingerprint=fingerprint,
        signing_key=public_line(signer, fingerprint),
        bundle=manifest.bundle,
        number=manifest.number,
        receiver=manifest.receiver,
        ranges=manifest.ranges,
        sha256=digests.get(JOURNAL, ""),
    )


def check_sender(manifest: VolumeManifest, signer: bytes) -> None:
    """The sender the manifest names must be the holder of the key that signed; raises ``TrustError``."""
    try:
        named = parse_public_line(manifest.sender.signing_key)
    except ValueError:
        raise TrustError("bundle.profile") from None
    if named != signer or manifest.sender.device != device_id(signer):
        raise TrustError("bundle.signature")
