"""What tells that two visits are by the same person: the number of a paper, a telephone, a name with an account."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final

from desktop.domain.cases.people.party import Party
from desktop.domain.cases.people.victim import Victim

_START: Final = "person"
_SHORTEST: Final = 6
"""Characters below which a number tells nobody apart."""


class Sameness(StrEnum):
    """Why two visits seem to be by the same person, the surest first."""

    ID_NUMBER = "id_number"
    PHONE = "phone"
    NAME_ACCOUNT = "name_account"


def person_keys(victim: Victim | Party, accounts: Iterable[str]) -> Mapping[str, Sameness]:
    """Keys that are equal for the same person; ``accounts``: the numbers the person paid from.

    A name alone says nothing, and a masked or short number would accuse the wrong one.
    """
    found: dict[str, Sameness] = {}
    for why, value in (
        (Sameness.ID_NUMBER, victim.id_number),
        (Sameness.PHONE, victim.phone),
    ):
        number = _plain(value)
        if _tells(number):
            found[f"{_START}/{why}/{number}"] = why
    name = _plain(victim.name)
    for account in accounts if name else ():
        number = _plain(account)
        if _tells(number):
            why = Sameness.NAME_ACCOUNT
            found[f"{_START}/{why}/{name}/{number}"] = why
    return found


def _plain(value: str) -> str:
    return "".join(unicodedata.normalize("NFKC", value).casefold().replace("-", " ").split())


def _tells(number: str) -> bool:
    return len(number) >= _SHORTEST and "*" not in number
