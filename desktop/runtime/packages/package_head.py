"""The signed head of a package: a small TOML file in one fixed form, so that equal packages are equal bytes."""

from __future__ import annotations

import re
from typing import Any, Final

from desktop.domain.errors import TrustError
from desktop.domain.exchange.data_package import PackageHead, is_version
from desktop.runtime.files.toml_text import parse_toml

HEAD_FILE: Final = "pack.toml"
SIGNATURE_FILE: Final = "pack.toml.sig"

_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_KIND: Final = re.compile(r"[a-z]{1,32}")
_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
_MOST_FILES: Final = 64
_MOST_UNIT: Final = 100
_FORMAT: Final = 1


def write_head(head: PackageHead) -> bytes:
    """The text that is signed; ``ValueError`` for a head no reader would take."""
    rows = [f'"{name}" = "{digest}"' for name, digest in sorted(head.digests.items())]
    text = (
        f'format = {_FORMAT}\nkind = "{head.kind}"\nversion = "{head.version}"\n'
        f'made_at = "{head.made_at}"\nunit = "{head.unit}"\n\n[sha256]\n' + "\n".join(rows) + "\n"
    )
    data = text.encode("utf-8")
    try:
        same = read_head(data) == head
    except TrustError as error:
        raise ValueError("a pack's head has a part no reader would take") from error
    if not same:
        raise ValueError("a pack's head has a part no reader would take")
    return data


def read_head(data: bytes) -> PackageHead:
    """The head in ``data``; raises ``TrustError``: pack.malformed, pack.newer_format."""
    try:
        document = parse_toml(data.decode("utf-8"))
    except ValueError:
        raise TrustError("pack.malformed") from None
    if document.get("format") != _FORMAT:
        newer = isinstance(document.get("format"), int)
        raise TrustError("pack.newer_format" if newer else "pack.malformed")
    if set(document) != {"format", "kind", "version", "made_at", "unit", "sha256"}:
        raise TrustError("pack.malformed")
    head = PackageHead(
        _text(document, "kind"), _text(document, "version"), _text(document, "made_at"),
        _text(document, "unit"), _digests(document["sha256"]),
    )  # fmt: skip
    if not (_KIND.fullmatch(head.kind) and is_version(head.version)):
        raise TrustError("pack.malformed")
    if not _MOMENT.fullmatch(head.made_at) or not 0 < len(head.unit) <= _MOST_UNIT:
        raise TrustError("pack.malformed")
    return head


def _text(document: dict[str, Any], name: str) -> str:
    value = document[name]
    if not isinstance(value, str) or not value.isprintable():
        raise TrustError("pack.malformed")
    return value


def _digests(table: object) -> dict[str, str]:
    """Names that mean the same file to some system are refused, and so are names of the head's own files."""
    if not isinstance(table, dict) or not 0 < len(table) <= _MOST_FILES:
        raise TrustError("pack.malformed")
    folded = {str(name).casefold() for name in table} | {HEAD_FILE, SIGNATURE_FILE}
    if len(folded) != len(table) + 2:
        raise TrustError("pack.malformed")
    for name, digest in table.items():
        fit = isinstance(digest, str) and _DIGEST.fullmatch(digest)
        if not _NAME.fullmatch(name) or not fit:
            raise TrustError("pack.malformed")
    return dict(table)
