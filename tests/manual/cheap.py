"""``fanzha`` for commands of the manual: the program itself, with a key derivation that does not take its time."""

from __future__ import annotations

import sys

from desktop.app import installation
from desktop.app.installation import Machine
from desktop.cli.main import main
from desktop.runtime.id_source import UuidSource
from desktop.runtime.system_clock import SystemClock
from tests.support.installations import CHEAP

if __name__ == "__main__":
    clock = SystemClock()
    machine = Machine(clock, UuidSource(clock), CHEAP)
    installation.this_machine = lambda: machine
    sys.exit(main())
