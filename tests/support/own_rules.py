"""The rules that come with the program."""

from __future__ import annotations

import tomllib

from desktop.runtime.files.resources import resource_path


def own_version() -> str:
    """Their version."""
    document = tomllib.loads(resource_path("rules/national.toml").read_text("utf-8"))
    return str(document["pack"]["version"])
