"""The layers of ``pyproject.toml`` hold, lazy imports included."""

import subprocess
import sys
from pathlib import Path

from tests.architecture.sources import ROOT


def test_imports_point_downwards() -> None:
    tool = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([tool], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
