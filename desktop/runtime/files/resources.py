"""Where the program's own files are: beside a checkout, inside a wheel, or in a frozen build."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path, PurePosixPath

from desktop.domain.errors import WorldError


@cache
def resource_root() -> Path:
    """The folder that holds ``translations``, ``fonts``, ``rules`` and the rest.

    PyInstaller unpacks data below ``sys._MEIPASS``; the wheel carries the tree as
    ``desktop/_resources`` (see ``force-include`` in ``pyproject.toml``); a checkout has
    ``resources`` beside the package.
    """
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen is not None:
        return Path(frozen) / "resources"
    package = Path(__file__).resolve().parents[2]
    installed = package / "_resources"
    return installed if installed.is_dir() else package.parent / "resources"


def resource_path(relative: str) -> Path:
    """The file or folder ``relative`` (forward slashes) below the resources.

    Raises:
        ValueError: ``relative`` leaves the resources; a programmer's mistake.
        WorldError: ``install.incomplete``, the installation lacks the file.
    """
    parts = PurePosixPath(relative)
    if parts.is_absolute() or ".." in parts.parts or not parts.parts:
        raise ValueError("a resource is named relative to the resources folder")
    path = resource_root().joinpath(*parts.parts)
    if not path.exists():
        raise WorldError("install.incomplete", file=relative)
    return path


def manual_folder() -> Path:
    """Where the manual's Markdown, pictures and layout are: with the resources in what is shipped, ``docs/manual`` in a
    checkout.

    Raises:
        WorldError: ``install.incomplete``.
    """
    shipped, checkout = resource_root() / "manual", resource_root().parent / "docs" / "manual"
    for folder in (shipped, checkout):
        if folder.is_dir():
            return folder
    raise WorldError("install.incomplete", file="manual")
