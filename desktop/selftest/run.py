"""Every check in turn, and what each found."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from desktop.domain.errors import AppError
from desktop.domain.installation.profile import InstallationRole
from desktop.runtime.texts.log import describe
from desktop.selftest.bench import OFFICER, PASSWORD, CheckSetup, make_installation
from desktop.selftest.carried import exchange, hand_over, papers, slip
from desktop.selftest.opened import decoding, playing, reading, viewing
from desktop.selftest.shown import camera, printing, windows
from desktop.selftest.stored import database, directories, languages, sealing, server_driver, vault

_WITH_DESK: Final = (
    database,
    server_driver,
    vault,
    sealing,
    papers,
    exchange,
    slip,
    reading,
    hand_over,
    decoding,
    viewing,
    playing,
)


@dataclass(frozen=True, slots=True)
class Checked:
    """One part of the program and whether it works here; ``note`` names what went wrong, or versions, without data."""

    name: str
    ok: bool
    note: str = ""


def run(printer: str = "") -> tuple[Checked, ...]:
    """Every check; one that fails does not stop the others. ``printer``: a page is printed there."""
    with tempfile.TemporaryDirectory(prefix="fanzha-selftest-") as name:
        folder = Path(name)
        done = [_try(languages), _try(directories), *_with_desk(folder)]
        done += [_try(windows, folder), _try(printing, folder, printer), _try(camera)]
    return tuple(done)


def _with_desk(folder: Path) -> list[Checked]:
    desk = make_installation(folder / "desk", InstallationRole.DESK)
    centre = make_installation(folder / "centre", InstallationRole.CENTRE)
    try:
        bench = CheckSetup(
            folder, desk.sign_in(OFFICER, PASSWORD), centre.sign_in(OFFICER, PASSWORD)
        )
        return [_try(check, bench) for check in _WITH_DESK]
    except AppError as error:
        return [Checked("database", ok=False, note=error.code)]
    finally:
        desk.close()
        centre.close()


def _try(check: Callable[..., str | None], *args: object) -> Checked:
    try:
        note = check(*args)
    except Exception as error:  # noqa: BLE001 - a self-test reports whatever fails
        return Checked(check.__name__, ok=False, note=describe(error))
    return Checked(check.__name__, ok=True, note=note or "")
