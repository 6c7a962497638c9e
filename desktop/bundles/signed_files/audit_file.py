"""Lines of the audit as a JSON file with a signature beside it that ``ssh-keygen -Y verify`` checks."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Final

from desktop.domain.installation.audit import AuditFile
from desktop.domain.records.fields import Json
from desktop.runtime.files.atomic_file import disk_errors, open_atomic, write_atomic
from desktop.sealing.keys import DeviceKeys
from desktop.sealing.sshsig import sign

NAMESPACE: Final = "fanzha-audit"
"""Of its own: nothing else that is signed can pass for an audit."""
_SIGNATURE: Final = ".sig"
_SIGNERS: Final = ".allowed_signers"


def write_audit(
    target: Path,
    head: Mapping[str, Json],
    entries: Iterable[Mapping[str, Json]],
    keys: DeviceKeys,
    record: Callable[[int], None],
) -> AuditFile:
    """Write ``target``, then what proves it. ``record`` is called with the number of lines before anything shows.

    One line of the file holds one line of the audit, so that a million of them need no memory. Raises ``WorldError`` as
    the disk does; no file of ours is left then.
    """
    signature = target.with_name(target.name + _SIGNATURE)
    signers = target.with_name(target.name + _SIGNERS)
    try:
        with open_atomic(target) as stream:
            opening = json.dumps(dict(head), ensure_ascii=False)[:-1]
            stream.write(f'{opening}, "entries": ['.encode())
            count = 0
            for count, entry in enumerate(entries, 1):
                comma = "," if count > 1 else ""
                stream.write(f"{comma}\n{json.dumps(entry, ensure_ascii=False)}".encode())
            stream.write(f'\n], "total": {count}}}\n'.encode())
            record(count)
        with disk_errors(), target.open("rb") as source:
            proof = sign(source, keys.signing, NAMESPACE)
        line = f'{keys.device_id} namespaces="{NAMESPACE}" {keys.signing_line}\n'
        write_atomic(signature, proof.encode("ascii"))
        write_atomic(signers, line.encode("ascii"))
    except BaseException:
        with contextlib.suppress(OSError):
            for path in (target, signature, signers):
                path.unlink(missing_ok=True)
        raise
    return AuditFile(target, signature, signers, keys.device_id, count)
