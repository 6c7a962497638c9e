"""The tag files of our BagIt bags (RFC 8493), written and read in one exact form."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from desktop.bundles.volumes.layout import BAG_INFO, BAGIT, FORMAT, PAYLOAD_LIST
from desktop.domain.errors import TrustError
from desktop.domain.exchange.volumes import VolumeManifest

BAGIT_TEXT: Final = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
SIGNED_TAGS: Final = (BAGIT, BAG_INFO, PAYLOAD_LIST)
"""What the tag manifest lists, in this order; through the payload manifest it covers everything."""
_FORMAT_KEY: Final = "Fanzha-Bundle-Format"
_LINE: Final = re.compile(r"([0-9a-f]{64})  ([a-z0-9./-]+)")


def bag_info(manifest: VolumeManifest, payload_size: int, payload_count: int) -> bytes:
    """``bag-info.txt``. Labels are those of RFC 8493, section 2.2.2, but the first one."""
    rows = (
        (_FORMAT_KEY, str(FORMAT)),
        ("External-Identifier", manifest.bundle),
        ("Bag-Count", f"{manifest.volume} of {manifest.volumes}"),
        ("Bagging-Date", manifest.clock[:10]),
        ("Payload-Oxum", f"{payload_size}.{payload_count}"),
    )
    return "".join(f"{label}: {value}\n" for label, value in rows).encode("ascii")


def check_format(bag_info_text: bytes) -> None:
    """``TrustError`` bundle.newer_version for a later format, bundle.profile for none."""
    first = bag_info_text.split(b"\n", 1)[0]
    found = re.fullmatch(rb"Fanzha-Bundle-Format: ([0-9]{1,9})", first)
    if found is None:
        raise TrustError("bundle.profile")
    if int(found[1]) > FORMAT:
        raise TrustError("bundle.newer_version")


def digest_list(rows: Iterable[tuple[str, str]]) -> bytes:
    """A manifest of (digest, path), as ``sha256sum -c`` reads it."""
    return "".join(f"{digest}  {path}\n" for digest, path in rows).encode("ascii")


def parse_digest_list(data: bytes) -> tuple[tuple[str, str], ...]:
    """The (digest, path) rows; ``TrustError`` bundle.profile for any other form or a path twice."""
    try:
        text = data.decode("ascii")
    except UnicodeDecodeError:
        raise TrustError("bundle.profile") from None
    *lines, rest = text.split("\n")
    found = [_LINE.fullmatch(line) for line in lines]
    rows = tuple((match[1], match[2]) for match in found if match is not None)
    if rest or len(rows) != len(lines) or len({path for _, path in rows}) != len(rows):
        raise TrustError("bundle.profile")
    return rows
