"""Run by an earlier program's own code: commands come as lines of JSON on standard input, and their outcome goes back.

Nothing of this tree is imported but this file; ``desktop`` is whatever ``PYTHONPATH`` names. A wish is
``{argv, typed, instant, environment}``, the answer ``{status, out, err}``.
"""

from __future__ import annotations

import io
import json
import os
import sys
import tomllib
from contextlib import redirect_stderr, redirect_stdout
from datetime import datetime
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from desktop.app import installation
from desktop.app.installation import Machine
from desktop.cli.main import main
from desktop.runtime.id_source import UuidSource


def _kdf_cost() -> Any:
    """Its record, from where the program has it: an earlier one has no folders there."""
    keys = "keys." if find_spec("desktop.runtime.keys") else ""
    return import_module(f"desktop.runtime.{keys}key_wrap").KdfCost


class _Clock:
    instant: datetime

    def now(self) -> datetime:
        return self.instant


def _run(wish: dict[str, Any], clock: _Clock) -> dict[str, Any]:
    clock.instant = datetime.fromisoformat(wish["instant"])
    os.environ.update(wish["environment"])
    out, err = io.StringIO(), io.StringIO()
    sys.stdin = io.TextIOWrapper(io.BytesIO(wish["typed"].encode()))
    with redirect_stdout(out), redirect_stderr(err):
        try:
            status = main(wish["argv"])
        except SystemExit as ended:
            status = int(ended.code or 0)
    return {"status": status, "out": out.getvalue(), "err": err.getvalue()}


def serve() -> None:
    """One command after the other, until standard input ends."""
    tomllib.loads = cache(tomllib.loads)  # half of what a command costs
    wishes, answers, clock = sys.stdin, sys.stdout, _Clock()
    machine = Machine(clock, UuidSource(clock), _kdf_cost()(memory_kib=8, time_cost=1))
    installation.this_machine = lambda: machine
    for line in wishes:
        answers.write(json.dumps(_run(json.loads(line), clock)) + "\n")
        answers.flush()


if __name__ == "__main__":
    serve()
