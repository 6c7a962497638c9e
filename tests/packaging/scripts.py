"""The scripts of ``packaging/``: a folder that is no package, as the name belongs to a library."""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType

from tests.architecture.sources import ROOT


def load_script(name: str) -> ModuleType:
    """``packaging/<name>.py`` as a module; its imports of its neighbours work."""
    folder = str(ROOT / "packaging")
    sys.path.insert(0, folder)
    try:
        return import_module(name)
    finally:
        sys.path.remove(folder)
