"""Branches are counted by package, and each package is held to its own rate."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.architecture.sources import ROOT
from tests.packaging.scripts import load_script
from tests.support.core_branches import TESTS

check = load_script("check_coverage")


def a_report(**files: tuple[int, int]) -> dict[str, object]:
    return {
        "files": {
            f"/somewhere/desktop/{name.replace('__', '/')}.py": {
                "summary": {"covered_branches": taken, "num_branches": there}
            }
            for name, (taken, there) in files.items()
        }
    }


def test_rates_add_up_the_files_of_a_package() -> None:
    found = check.rates(
        a_report(domain__a=(1, 4), domain__b__c=(5, 6), ui__d=(0, 2), cli__e=(0, 0))
    )
    assert found == {"domain": 60.0, "ui": 0.0}


def test_what_an_order_rests_on_is_held_to_more() -> None:
    assert check.low({"domain": 95.0, "ui": 85.0}) == {}
    assert check.low({"domain": 94.9, "ui": 84.9}) == {"domain": 95.0, "ui": 85.0}


def test_what_other_tests_take_of_the_core_does_not_count(tmp_path: Path) -> None:
    plugins = ("-p", "tests.support.core_branches", "-p", "no:cacheprovider")
    tests = ("tests/domain/test_line_diff.py", "tests/runtime/test_rule_pack.py")
    subprocess.run(
        [sys.executable, "-m", "pytest", "-q", *plugins, *tests],
        cwd=ROOT, env={**os.environ, "FANZHA_REACHED": str(tmp_path)}, check=True, capture_output=True,
    )  # fmt: skip
    done = subprocess.run(
        [sys.executable, ROOT / "packaging" / "check_coverage.py", tmp_path, "core"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    *rates, _ = done.stdout.splitlines()
    assert [line.split()[0] for line in rates] == sorted(check.LEAST)
    assert [line.endswith("below 95 %") for line in rates] == [True] * len(rates)
    files = json.loads((tmp_path / "report.json").read_text("utf-8"))["files"]
    taken = {name: found["summary"]["covered_branches"] for name, found in files.items()}
    assert taken["desktop/domain/text/line_diff.py"] > 0
    assert taken["desktop/domain/law/rules.py"] == 0
    assert [name for name in TESTS if not (ROOT / "tests" / name).is_dir()] == []
