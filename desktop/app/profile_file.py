"""``profile.toml``: the public facts of an installation, readable before anybody signed in.

Nothing here is secret and nothing here is trusted: the device id is checked against the unlocked keys.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Final

from desktop.domain.errors import UserInputError, WorldError
from desktop.domain.ids import DeviceId
from desktop.domain.profile import InstallationRole, Profile
from desktop.runtime.atomic_file import write_atomic
from desktop.runtime.toml_text import toml_text

_NAME: Final = "profile.toml"
_VERSION: Final = 1
UNIT_CODE_DIGITS: Final = 12
"""GA 380-2002: six digits of the division, six of the organisation."""


def check_unit(unit_code: str, unit_name: str, device_letter: str) -> None:
    """Raises ``UserInputError``: ``unit.code``, ``unit.name``, ``unit.letter``."""
    if len(unit_code) != UNIT_CODE_DIGITS or not unit_code.isascii() or not unit_code.isdigit():
        raise UserInputError("unit.code")
    if not unit_name.strip() or not unit_name.isprintable():
        raise UserInputError("unit.name")
    if len(device_letter) != 1 or not ("A" <= device_letter <= "Z"):
        raise UserInputError("unit.letter")


def write_profile(root: Path, profile: Profile) -> None:
    """Write the facts of a new installation."""
    document: dict[str, str | int | bool] = {
        "version": _VERSION,
        "role": profile.role.value,
        "unit_code": profile.unit_code,
        "unit_name": profile.unit_name,
        "device_letter": profile.device_letter,
        "device": profile.device,
    }
    if profile.on_server:
        document["on_server"] = True
    if profile.renewed:
        document["renewed"] = profile.renewed
    write_atomic(root / _NAME, toml_text(document).encode())


def read_profile(root: Path) -> Profile:
    """The installation at ``root``.

    Raises:
        WorldError: ``profile.missing``, ``profile.damaged``, ``profile.newer``.
    """
    try:
        document = tomllib.loads((root / _NAME).read_text("utf-8"))
        version = int(document.get("version", 0))
    except FileNotFoundError as error:
        raise WorldError("profile.missing") from error
    except (OSError, ValueError, TypeError) as error:
        raise WorldError("profile.damaged") from error
    if version > _VERSION:
        raise WorldError("profile.newer")
    try:
        code, name, letter = (document[key] for key in ("unit_code", "unit_name", "device_letter"))
        check_unit(code, name, letter)
        role, device = InstallationRole(document["role"]), DeviceId(document["device"])
    except (KeyError, ValueError, TypeError, AttributeError, UserInputError) as error:
        raise WorldError("profile.damaged") from error
    on_server, renewed = document.get("on_server") is True, str(document.get("renewed", ""))
    return Profile(role, code, name, letter, device, on_server, renewed)
