"""Facts of an Android package, read from its manifest and its signature block. Never installed, never run."""

from __future__ import annotations

import hashlib
import logging
import re
import zipfile
from typing import Any, Final

from desktop.domain.evidence.contents import ContentsKind, ContentsTable, DecodedContents, Fact
from desktop.readers.contents.refusal import ContentsRefused
from desktop.readers.contents.signers import signer_facts
from desktop.readers.contents.zip_bounds import member_bytes, open_zip

MANIFEST: Final = "AndroidManifest.xml"
_SILENT: Final = logging.CRITICAL + 1
_MOST_MANIFEST: Final = 8 << 20
_MOST_RESOURCES: Final = 96 << 20
_MOST_CODE: Final = 64 << 20
_MOST_HOSTS: Final = 200
_MOST_TEXT: Final = 500
_URL: Final = re.compile(rb"https?://([A-Za-z0-9.-]{4,80}(?::\d{2,5})?)")
_WELL_KNOWN: Final = (
    "android.com", "google.com", "googleapis.com", "gstatic.com", "w3.org", "apache.org", "github.com", "xmlpull.org",
    "xml.org", "jetbrains.com", "kotlinlang.org", "example.com", "mozilla.org", "adobe.com", "bouncycastle.org",
    "slf4j.org", "eclipse.org", "oracle.com", "sun.com", "ietf.org", "purl.org", "json.org",
)  # fmt: skip
"""Hosts that stand in the libraries of nearly every program and lead nowhere."""


def is_app(archive: zipfile.ZipFile) -> bool:
    """Whether the zip is an Android package."""
    return MANIFEST in archive.NameToInfo


def read_app(data: bytes) -> DecodedContents:
    """Raises ``ContentsRefused``: ``damaged``, ``bomb``."""
    with open_zip(data) as archive:
        manifest = member_bytes(archive, MANIFEST, _MOST_MANIFEST)
        resources = member_bytes_or_none(archive, "resources.arsc", _MOST_RESOURCES)
        hosts, more = _hosts(archive)
        files = len(archive.infolist())
    if manifest is None:
        raise ContentsRefused("damaged")
    facts, permissions, notes = _manifest(data, resources=resources is not None)
    facts = (*facts, *signer_facts(data), *_digests(data, files))
    sheets = [
        ContentsTable("", permissions, 2, title="permissions", heads=("permission", "meaning")),
        ContentsTable("", hosts, 2, cut=more, title="hosts", heads=("host", "count")),
    ]
    shown = tuple(sheet for sheet in sheets if sheet.rows)
    return DecodedContents(ContentsKind.APP, facts=facts, sheets=shown, notes=("never_run", *notes))


def member_bytes_or_none(archive: zipfile.ZipFile, name: str, most: int) -> bytes | None:
    """One member; None also where it is damaged on purpose, as in programs that hinder analysis."""
    try:
        return member_bytes(archive, name, most)
    except ContentsRefused as refused:
        if refused.code == "bomb":
            raise
        return None


def _manifest(
    data: bytes, *, resources: bool
) -> tuple[tuple[Fact, ...], tuple[tuple[str, ...], ...], tuple[str, ...]]:
    """Facts and permissions; a note where the manifest resists reading."""
    logging.getLogger("pyaxmlparser").setLevel(_SILENT)  # the library quotes what it reads
    try:
        from pyaxmlparser.core import APK  # noqa: PLC0415 - loads lxml, only in this process

        apk = APK(data, raw=True)
        facts = _package_facts(apk, resources=resources)
        asked = sorted({str(name) for name in apk.get_permissions()})
    except Exception:  # noqa: BLE001 - the parser raises what it likes on a crafted manifest
        return (), (), ("manifest_unreadable",)
    if not facts:
        return (), (), ("manifest_unreadable",)
    return facts, tuple((name, name.rpartition(".")[2]) for name in asked), ()


def _package_facts(apk: Any, *, resources: bool) -> tuple[Fact, ...]:
    values = (
        ("app_label", apk.get_app_name() if resources else apk.get_attribute_value("application", "label")),
        ("app_package", apk.get_package()),
        ("app_version", apk.get_androidversion_name()),
        ("app_version_code", apk.get_androidversion_code()),
        ("app_minimum", apk.get_min_sdk_version()),
        ("app_target", apk.get_target_sdk_version()),
        ("app_start", apk.get_main_activity()),
    )  # fmt: skip
    return tuple(Fact(name, str(value)[:_MOST_TEXT]) for name, value in values if value)


def _digests(data: bytes, files: int) -> tuple[Fact, ...]:
    return (
        Fact("file_sha256", hashlib.sha256(data).hexdigest()),
        Fact("file_sha1", hashlib.sha1(data, usedforsecurity=False).hexdigest()),
        Fact("file_md5", hashlib.md5(data, usedforsecurity=False).hexdigest()),
        Fact("members", str(files)),
    )


def _hosts(archive: zipfile.ZipFile) -> tuple[tuple[tuple[str, ...], ...], bool]:
    """Hosts named in the code, most often first, as leads for the trace of the site."""
    counts: dict[str, int] = {}
    for name in archive.namelist():
        if not re.fullmatch(r"classes\d*\.dex", name):
            continue
        code = member_bytes_or_none(archive, name, _MOST_CODE) or b""
        for found in _URL.finditer(code):
            host = found[1].decode("ascii").lower().strip(".-")
            if "." in host and not _well_known(host):
                counts[host] = counts.get(host, 0) + 1
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    shown = tuple((host, str(count)) for host, count in ranked[:_MOST_HOSTS])
    return shown, len(ranked) > _MOST_HOSTS


def _well_known(host: str) -> bool:
    bare = host.partition(":")[0]
    return any(bare == known or bare.endswith(f".{known}") for known in _WELL_KNOWN)
