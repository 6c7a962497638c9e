"""The first command after an upgrade: the data are copied before they are opened, and the terminal says so."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

from desktop.app.backup.upgrade_copy import copy_before_upgrade, copy_due
from desktop.app.installation import Installation
from desktop.domain.errors import UserInputError, WorldError
from desktop.domain.installation.profile import Profile
from desktop.domain.progress import Progress
from desktop.runtime.texts.catalogue import Catalogue

OPTION: Final = "--upgrade-copy-to"
VARIABLE: Final = "FANZHA_UPGRADE_COPY_TO"


def copy_first(
    installation: Installation, named: str | None, texts: Catalogue, progress: Progress
) -> None:
    """Copy the data of another version to the folder ``named`` by ``--upgrade-copy-to``, else by the environment, else
    into the profile. What it tells is on standard error, so that the output of the command stays what it was.

    Raises:
        UserInputError: ``upgrade.no_folder`` where the folder named is not there: a stick that is not plugged in.
        WorldError: ``upgrade.no_room`` with numbers; as :func:`copy_before_upgrade` does.
    """
    # A folder without a readable profile is refused by signing in, which says why.
    if not copy_due(installation.paths) or not isinstance(installation.claimed(), Profile):
        return
    folder = _chosen(named or os.environ.get(VARIABLE, ""))
    _say(texts.text("cli.upgrade.copying"))
    try:
        made = copy_before_upgrade(installation.paths, installation.machine.clock, progress, folder)
    except WorldError as error:
        if error.code != "disk.not_enough":
            raise
        raise WorldError("upgrade.no_room", **error.params) from error
    _say(texts.text("cli.upgrade.copied", file=str(made)))


def _chosen(named: str) -> Path | None:
    if not named:
        return None
    folder = Path(named).expanduser().absolute()
    if not folder.is_dir():
        raise UserInputError("upgrade.no_folder")
    return folder


def _say(line: str) -> None:
    # A standard error that nobody reads any more is no reason to leave the data without a copy.
    with suppress(OSError):
        sys.stderr.write(line + "\n")
