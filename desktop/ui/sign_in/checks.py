"""What can be said of typed values before anything is asked of the program."""

from __future__ import annotations

import unicodedata

from desktop.domain.errors import UserInputError
from desktop.domain.installation.duty_phone import duty_phone_of
from desktop.domain.installation.officer import is_officer_number
from desktop.domain.installation.profile import hosts_of, is_plain_name

_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})
_LAST_PORT = 65_535
GROUPS = 8
"""Groups in a recovery code, four characters each."""


def plain(text: str) -> str:
    """Half-width and without blanks around it: input methods like to leave full-width digits."""
    return unicodedata.normalize("NFKC", text).strip()


def unit_code_fault(text: str) -> str:
    """A catalogue key for what is wrong with a unit code (GA 380: 12 digits), ``""`` if nothing."""
    code = plain(text)
    if not code.isascii() or not code.isdigit():
        return "sign_in.check.unit_code_digits"
    return "" if len(code) == 12 else "sign_in.check.unit_code_length"


def number_fault(text: str) -> str:
    """A catalogue key for what is wrong with a police number, ``""`` if nothing."""
    return "" if is_officer_number(plain(text)) else "sign_in.check.number"


def letter_fault(text: str) -> str:
    """A catalogue key for what is wrong with a device letter (A to Z), ``""`` if nothing."""
    letter = plain(text).upper()
    sound = len(letter) == 1 and "A" <= letter <= "Z"
    return "" if sound else "sign_in.check.letter"


def duty_phone_fault(text: str) -> str:
    """A catalogue key for what is wrong with a duty telephone, ``""`` if nothing or if none is given."""
    try:
        duty_phone_of(text)
    except UserInputError:
        return "sign_in.check.duty_phone"
    return ""


def name_fault(text: str) -> str:
    """A catalogue key if there is no name, ``""`` if there is."""
    return "" if plain(text) else "sign_in.check.empty"


def host_fault(text: str) -> str:
    """A catalogue key for what is wrong with the name or address of a server or of several, ``""`` if nothing."""
    hosts = hosts_of(plain(text))
    return "" if hosts and all(map(is_plain_name, hosts)) else "sign_in.check.host"


def port_fault(text: str) -> str:
    """A catalogue key for what is wrong with a port, ``""`` if nothing."""
    port = plain(text)
    sound = port.isascii() and port.isdigit() and len(port) <= 5 and 0 < int(port) <= _LAST_PORT
    return "" if sound else "sign_in.check.port"


def database_name_fault(text: str) -> str:
    """A catalogue key for what is wrong with a database's name, ``""`` if nothing."""
    return "" if is_plain_name(plain(text)) else "sign_in.check.database_name"


def groups_of(code: str) -> tuple[str, ...]:
    """The groups of a printed code."""
    return tuple(code.split("-"))


def group_to_ask(code: str) -> int:
    """Which group to type back, from 0: differs from code to code, and never the one at the top."""
    return 1 + sum(code.encode("ascii")) % (len(groups_of(code)) - 1)


def same_group(typed: str, group: str) -> bool:
    """Whether ``typed`` is that group, in any case and with the usual misreadings."""
    return plain(typed).upper().translate(_MISREAD) == group
