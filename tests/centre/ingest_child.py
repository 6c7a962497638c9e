"""A process of its own that takes bundles in at the centre: ``python -m tests.centre.ingest_child ROOT NAME STICK…``.

It signs in, says so, waits to be told to begin, and prints what it took in.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from desktop.app.installation import Installation
from desktop.bundles.volumes.quarantine import Quarantine
from desktop.centre.ingest import ingest
from desktop.domain.progress import SILENT
from tests.support.clocks import CountingIds
from tests.support.installations import PASSWORD, machine


def main(root: Path, name: str, sticks: list[Path]) -> None:
    """Take the sticks in, one after the other."""
    installation = Installation(root, machine(ids=CountingIds(name)))
    session = installation.sign_in("620001", PASSWORD)
    print("ready", flush=True)  # noqa: T201 - to the test
    sys.stdin.readline()
    quarantine = Quarantine(installation.paths.quarantine)
    applied, problems = 0, []
    for stick in sticks:
        done = ingest(session, quarantine, [stick], SILENT)
        applied += done.applied
        problems += [problem.error.code for problem in done.problems]
    print(json.dumps({"applied": applied, "problems": problems}), flush=True)  # noqa: T201
    installation.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], [Path(name) for name in sys.argv[3:]])
