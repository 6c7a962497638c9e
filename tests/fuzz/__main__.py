"""``python -m tests.fuzz MINUTES [READER …] [--seed N] [--case FILE]``: minutes for each reader; findings are kept.

A finding is an exception that is no message, a death, or more than the seconds a case may take. What kills or delays
a process that decodes is read again as shipped, with the process beside: it is a finding only if that fails too.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from pathlib import Path
from random import Random  # noqa: TID251 - reproducible by its seed, and no id of ours

from desktop.domain.errors import WorldError
from desktop.runtime.processes import helper_process
from desktop.runtime.processes.helper_process import HelperProcess
from tests.fuzz.mutation import damaged
from tests.fuzz.targets import TARGETS
from tests.fuzz.worker import work

_SECONDS = 20.0
_AS_SHIPPED = 150.0
"""Longer than the process beside may take for an answer."""
FINDINGS = Path("fuzz-findings")


def main(arguments: list[str]) -> int:
    """The command line; 1 when there was a finding."""
    parser = argparse.ArgumentParser(prog="fuzz")
    parser.add_argument("minutes", type=float)
    parser.add_argument("readers", nargs="*", metavar="READER", help=", ".join(TARGETS))
    parser.add_argument("--seed", type=int, default=0, help="0: another one each time")
    parser.add_argument(
        "--seconds", type=float, default=_SECONDS, help="what a case may take; more on a busy PC"
    )
    parser.add_argument("--case", type=Path, help="read one kept case as shipped")
    args = parser.parse_args(arguments)
    unknown = sorted(set(args.readers) - set(TARGETS))
    if unknown:
        parser.error(f"no such reader: {', '.join(unknown)}; there are {', '.join(TARGETS)}")
    if args.case is not None:
        name = args.readers[0]
        said = Watched(name, as_shipped=True, seconds=_AS_SHIPPED).read(args.case.read_bytes())
        sys.stdout.write(f"{said}\n")
        return int(said["verdict"] in _FINDING)
    seed = args.seed or time.time_ns() % 1_000_000_007
    found = sum(
        run(name, args.minutes * 60, seed, args.seconds) for name in args.readers or TARGETS
    )
    return int(found > 0)


_FINDING = frozenset({"raised", "untold", "died", "slow"})


class Watched:
    """A worker that is started anew after it died."""

    def __init__(self, name: str, *, as_shipped: bool = False, seconds: float = _SECONDS) -> None:
        words = [sys.executable, "-m", "tests.fuzz", "--worker", name]
        self._command = [*words, "--as-shipped"] if as_shipped else words
        self._helper = HelperProcess(name, seconds)

    def read(self, case: bytes) -> dict[str, str]:
        """What became of ``case``."""
        setattr(helper_process, "helper_command", lambda _: self._command)  # noqa: B010 - ours for a while
        try:
            said: dict[str, str] = json.loads(self._helper.ask(case))
        except WorldError as error:
            return {"verdict": "slow" if error.code == "helper.too_long" else "died"}
        return said

    def close(self) -> None:
        """End it."""
        self._helper.close()


def run(name: str, seconds: float, seed: int, a_case: float = _SECONDS) -> int:
    """Fuzz one reader; how many findings it had."""
    samples, worker = TARGETS[name].samples(), Watched(name, seconds=a_case)
    counts: Counter[str] = Counter()
    began, number = time.monotonic(), 0
    while time.monotonic() - began < seconds:
        case = damaged(samples, Random(f"{name} {seed} {number}"))  # noqa: S311 - damage, no secret
        said = worker.read(case)
        if said["verdict"] in {"died", "slow"}:
            said = _as_shipped(name, case, said)
            _keep(f"{name}-{seed}-{number}", case, said)
        counts[said["verdict"]] += 1
        if said["verdict"] in _FINDING:
            _keep(f"{name}-{seed}-{number}", case, said)
        number += 1
    worker.close()
    sys.stdout.write(f"{name}: seed {seed}, {number} cases, {dict(counts)}\n")
    sys.stdout.flush()
    return sum(counts[verdict] for verdict in _FINDING)


def _as_shipped(name: str, case: bytes, said: dict[str, str]) -> dict[str, str]:
    again = Watched(
        name, as_shipped=True, seconds=_AS_SHIPPED if TARGETS[name].beside else _SECONDS
    )
    try:
        shipped = again.read(case)
    finally:
        again.close()
    if shipped["verdict"] in _FINDING:
        return shipped
    return {"verdict": f"guarded ({said['verdict']})"}


def _keep(name: str, case: bytes, said: dict[str, str]) -> None:
    FINDINGS.mkdir(exist_ok=True)
    (FINDINGS / name).write_bytes(case)
    (FINDINGS / f"{name}.txt").write_text(f"{said['verdict']}\n{said.get('why', '')}\n", "utf-8")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--worker"]:
        sys.exit(work(sys.argv[2], as_shipped="--as-shipped" in sys.argv))
    sys.exit(main(sys.argv[1:]))
