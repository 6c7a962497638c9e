"""The program loaded once, in a process that forks for each command: loading is most of what a command takes."""

from __future__ import annotations

import gc
import pkgutil
import tomllib
from importlib import import_module

import desktop.cli
from desktop.runtime.files.resources import resource_path
from desktop.runtime.texts.catalogue import LANGUAGES, Catalogue
from tests.support.parsed_once import parse_once

_BESIDE = ("desktop.app.adapters", "desktop.app.installation", "desktop.services.health")


def load_program() -> None:
    """Every command with what signing in needs, the texts, and the tables among the resources."""
    parse_once()
    for module in pkgutil.walk_packages(desktop.cli.__path__, "desktop.cli."):
        import_module(module.name)
    for name in _BESIDE:
        import_module(name)
    for language in LANGUAGES:
        Catalogue.load(language)
    for folder in ("rules", "scripts", "directories", "forms", "readers"):
        for file in resource_path(folder).glob("*.toml"):
            tomllib.loads(file.read_text("utf-8"))
    gc.freeze()
