"""How many branches of each package the tests take; fails where they are fewer than the program is held to.

``packaging/dev test --coverage`` calls it; with ``core``, for the packages of ``LEAST`` alone, every run of all tests.
What runs in a process of its own, as readers and commands do, is not seen.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import coverage

LEAST = {"domain": 95.0, "journal": 95.0, "sealing": 95.0, "bundles": 95.0}
"""Per cent of the branches: what an order, an entry or a bundle rests on."""
ELSE = 85.0


def rates(report: Mapping[str, Any]) -> dict[str, float]:
    """Package of ``desktop`` → per cent of its branches that were taken, from coverage's report in JSON."""
    taken: defaultdict[str, int] = defaultdict(int)
    there: defaultdict[str, int] = defaultdict(int)
    for name, found in report["files"].items():
        parts = Path(name).parts
        package = parts[parts.index("desktop") + 1].removesuffix(".py")
        taken[package] += found["summary"]["covered_branches"]
        there[package] += found["summary"]["num_branches"]
    return {package: 100.0 * taken[package] / there[package] for package in there if there[package]}


def low(found: Mapping[str, float]) -> dict[str, float]:
    """The packages below what they are held to, with that."""
    return {
        package: least
        for package, rate in found.items()
        if rate < (least := LEAST.get(package, ELSE))
    }


def main(folder: str, part: str = "") -> int:
    """Print the rate of each package, from what was measured into a folder; ``core``: of those of ``LEAST``."""
    places = [f"desktop/{package}" for package in LEAST] if part == "core" else ["desktop"]
    measured = coverage.Coverage(
        data_file=str(Path(folder) / "all"), branch=True, source=places, config_file=False
    )
    measured.combine([str(file) for file in Path(folder).glob("lines.*")], keep=True)
    report = Path(folder) / "report.json"
    measured.json_report(outfile=str(report))
    found = rates(json.loads(report.read_text("utf-8")))
    below = low(found)
    for package, rate in sorted(found.items()):
        held = f"  below {below[package]:.0f} %" if package in below else ""
        print(f"{package:<12}{rate:6.2f} %{held}")
    print(f"File by file: {report}")
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
