"""Run by ``test_crashes.py`` in a process of its own: does one thing to a vault and dies at a given step.

Forks once for every step, so that the interpreter starts only once. For each step it prints
``step exit-status``; status 0 is the first run in which the step was never reached.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from desktop.domain.exchange.volumes import BlobRef
from desktop.domain.progress import SILENT
from desktop.sealing.age_identity import AgeIdentity
from desktop.vault import pool
from desktop.vault.encrypted_vault import EncryptedVault
from tests.support.one_key import OneKey
from tests.vault.contract import content, sha256
from tests.vault.faulty_disk import deadly_disk


def act(verb: str, vault: EncryptedVault, source: Path) -> None:
    if verb == "store":
        vault.store(source, SILENT)
    elif verb in {"store_many", "store_thousands", "store_beside"}:
        if verb != "store_many":
            setattr(pool, "MANY", 1)  # noqa: B010 - a constant for all but this child
        list(vault.store_many([source, source.with_name("second")], SILENT))
    else:
        data = source.read_bytes()
        writer = vault.receive(BlobRef(sha256(data), len(data)))
        writer.write(data)
        writer.commit()


def main(verb: str, folder: Path, key: str) -> None:
    identity = AgeIdentity.from_text(key)
    for step in range(1, 1000):
        (folder / "source").write_bytes(content(2_500_000, step))
        (folder / "second").write_bytes(content(1000, step))
        child = os.fork()
        if not child:
            act(
                verb,
                EncryptedVault(
                    folder / f"vault{step}",
                    OneKey(identity),
                    deadly_disk(step),
                    processes=int(verb == "store_beside"),
                ),
                folder / "source",
            )
            os._exit(0)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        sys.stdout.write(f"{step} {status}\n")
        if status == 0:
            return


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3])
