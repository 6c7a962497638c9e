"""What is loaded while an officer types the password."""

from __future__ import annotations

import subprocess
import sys

_CODE = """
import sys
from importlib import import_module
from desktop.app.windows import window
from desktop.app.windows.modules_ahead import modules_ahead

for name in modules_ahead(window._AHEAD):
    before = set(sys.modules)
    import_module(name)
    new = {one for one in set(sys.modules) - before if one.startswith("desktop.")}
    others = sorted(one for one in new if one != name and not one.startswith(name + "."))
    if len(others) > 9:
        print(name, "brings", *others)
    if name not in new:
        print(name, "was there")
print(*(name for name in window._AHEAD if name not in sys.modules))
"""


def test_each_pause_loads_one_module() -> None:
    """Or one package with its own modules, or a few that are imported by the name of their package alone; in the end
    all is loaded that was asked for."""
    ran = subprocess.run([sys.executable, "-c", _CODE], capture_output=True, text=True, check=True)
    assert ran.stdout.split("\n") == ["", ""]
