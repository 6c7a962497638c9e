"""Stands in for meson-python while pip downloads a source archive: pip wants to know the name of what it has, for which
meson-python would compile it all. The archive says it in ``PKG-INFO``. Put on PYTHONPATH by packaging/build."""

from __future__ import annotations

from email.parser import Parser
from pathlib import Path


def prepare_metadata_for_build_wheel(
    metadata_directory: str, _config_settings: object = None
) -> str:
    """PEP 517: the folder with the metadata."""
    text = Path("PKG-INFO").read_text("utf-8")
    about = Parser().parsestr(text)
    folder = Path(metadata_directory, f"{about['Name']}-{about['Version']}.dist-info")
    folder.mkdir()
    (folder / "METADATA").write_text(text, "utf-8")
    return folder.name


def build_wheel(*_: object) -> str:
    """PEP 517 wants it to be there."""
    raise NotImplementedError
