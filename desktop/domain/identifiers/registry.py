"""Which check answers for which kind."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from desktop.domain.directories import Directories
from desktop.domain.errors import UserInputError
from desktop.domain.identifiers.cards import check_bank_card
from desktop.domain.identifiers.masked_card import check_masked_card
from desktop.domain.identifiers.phones import (
    check_landline,
    check_mobile,
    check_service_number,
    check_sms_port,
)
from desktop.domain.identifiers.resident_id import check_resident_id
from desktop.domain.identifiers.result import Check, Checker, Context

_CHECKERS: Final[Mapping[str, Checker]] = MappingProxyType(
    {
        "resident_id": check_resident_id,
        "bank_card": check_bank_card,
        "masked_card": check_masked_card,
        "mobile": check_mobile,
        "landline": check_landline,
        "service_number": check_service_number,
        "sms_port": check_sms_port,
    }
)

KINDS: Final = tuple(_CHECKERS)
"""Every kind of identifier, in the order of the command line's manual."""


def check(kind: str, value: str, directories: Directories, today: date) -> Check:
    """The check of ``value`` as an identifier of ``kind``, on the day ``today`` (for ages).

    Never raises for any text. Raises ``UserInputError("identifier.kind")`` for a kind that does not exist.
    """
    checker = _CHECKERS.get(kind)
    if checker is None:
        raise UserInputError("identifier.kind")
    return checker(kind, value, Context(directories, today))
