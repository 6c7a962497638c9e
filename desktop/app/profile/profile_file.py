"""``profile.toml``: the public facts of an installation, readable before anybody signed in.

Nothing here is secret and nothing here is trusted: once the keys are open the program follows the facts that are bound
in the journal, see :mod:`desktop.app.profile.bound_profile`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import tomli_w

from desktop.domain.errors import UserInputError, WorldError
from desktop.domain.ids import DeviceId
from desktop.domain.installation.bound_files import PROFILE
from desktop.domain.installation.duty_phone import known_duty_phone
from desktop.domain.installation.profile import InstallationRole, Profile
from desktop.runtime.files.atomic_file import write_atomic
from desktop.runtime.files.plain_file import NotPlainError, read_plain_text
from desktop.runtime.files.toml_text import parse_toml

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


def profile_text(profile: Profile) -> str:
    """The facts as the file says them, always in the same spelling."""
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
    if profile.duty_phone:
        document["duty_phone"] = profile.duty_phone
    return tomli_w.dumps(document)


def write_profile(root: Path, profile: Profile) -> None:
    """Write the facts of an installation."""
    write_atomic(root / PROFILE, profile_text(profile).encode())


def read_profile(root: Path) -> Profile:
    """The installation at ``root``, as its file says; nobody vouches for it.

    Raises:
        WorldError: ``profile.missing``, ``profile.damaged``, ``profile.newer``.
    """
    try:
        return profile_of(read_plain_text(root / PROFILE))
    except FileNotFoundError as error:
        raise WorldError("profile.missing") from error
    except NotPlainError as error:
        raise WorldError("profile.damaged") from error


def profile_of(text: str) -> Profile:
    """The facts a text says. Raises ``WorldError`` ``profile.damaged``, ``profile.newer``."""
    try:
        document = parse_toml(text)
        version = int(document.get("version", 0))
    except (ValueError, TypeError, OverflowError) as error:
        raise WorldError("profile.damaged") from error
    if version > _VERSION:
        raise WorldError("profile.newer")
    try:
        code, name, letter = (document[key] for key in ("unit_code", "unit_name", "device_letter"))
        check_unit(code, name, letter)
        role, device = InstallationRole(document["role"]), _device(document["device"])
    except (KeyError, ValueError, TypeError, AttributeError, UserInputError) as error:
        raise WorldError("profile.damaged") from error
    on_server, renewed = document.get("on_server") is True, str(document.get("renewed", ""))
    phone = known_duty_phone(document.get("duty_phone"))
    return Profile(role, code, name, letter, device, on_server, renewed, phone)


def _device(value: object) -> DeviceId:
    if not isinstance(value, str):
        raise TypeError("a device is named by a text")
    return DeviceId(value)
