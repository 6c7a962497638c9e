"""What the reference tables can tell about a number. Every answer is a hint: tables age, people decide.

``None`` always means "not in the table", never "does not exist".
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class CardKind(StrEnum):
    """借记卡, 贷记卡, 准贷记卡, 预付费卡."""

    DEBIT = "debit"
    CREDIT = "credit"
    SEMI_CREDIT = "semi_credit"
    PREPAID = "prepaid"


@dataclass(frozen=True, slots=True)
class CardIssuer:
    """Who issued a card, by its first digits (ISO/IEC 7812).

    ``exact`` is False when the number is not as long as the issuer's cards are: the issuer is then only
    suspected (疑似). ``rival`` is the name another table gives, mostly after a merger; empty when all agree.
    """

    bank: str
    kind: CardKind
    prefix: str
    length: int
    exact: bool
    rival: str = ""


@dataclass(frozen=True, slots=True)
class MobileSegment:
    """Where and by whom the first seven digits of a mobile number were given out.

    Numbers move between operators (携号转网), so ``operator`` is where it was issued, not where it is.
    ``virtual``: resold by a virtual operator or as a special service.
    """

    operator: str
    province: str
    city: str
    area_code: str
    virtual: bool


@dataclass(frozen=True, slots=True)
class Division:
    """A division of GB/T 2260, present or past.

    ``path`` runs from the province down, in today's names where the code still stands. ``until`` is the year
    the code was given up (0: in force, or the year is unknown and ``abolished`` is True). ``former`` are
    other names the code has carried.
    """

    code: str
    path: tuple[str, ...]
    abolished: bool = False
    until: int = 0
    former: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The full name, from the province down."""
        return "".join(self.path)


@dataclass(frozen=True, slots=True)
class Hotline:
    """A number to call to revoke or report. ``verified`` is False until somebody has called it.

    ``aliases``: other names it goes by. ``payment``: a payment institution (支付机构), not a bank.
    """

    name: str
    numbers: tuple[str, ...]
    verified: bool
    note: str = ""
    aliases: tuple[str, ...] = ()
    payment: bool = False


class Directories(Protocol):
    """The reference tables. Every call answers in well under a millisecond once its table is loaded."""

    def card_issuer(self, number: str) -> CardIssuer | None:
        """The issuer of the card ``number``: digits, of which a tail may be masked with ``*``."""
        ...

    def card_lengths(self, prefix: str) -> tuple[int, ...]:
        """The lengths of the cards that begin with these digits, shortest first; empty when none is known."""
        ...

    def mobile_segment(self, number: str) -> MobileSegment | None:
        """The segment of a mobile number (11 digits; the first seven will do)."""
        ...

    def area_codes(self) -> frozenset[str]:
        """Every area code of fixed lines, with its 0; empty where no table says."""
        ...

    def division(self, code: str) -> Division | None:
        """The division with this code of six digits, if it ever existed."""
        ...

    def hotline(self, bank_name: str) -> Hotline | None:
        """The hotline of a bank or payment institution, by any usual spelling of its name or of a branch."""
        ...

    def hotlines(self) -> tuple[Hotline, ...]:
        """Every bank and payment institution whose hotline is known, the large ones first."""
        ...

    def protected_number(self, number: str) -> str | None:
        """The owner of an official number that must never be shut down because it was imitated."""
        ...


class NoDirectories:
    """Tables without a line; for tests, and for checks that must not depend on any."""

    def card_issuer(self, number: str) -> CardIssuer | None:  # noqa: ARG002 - the Protocol's shape
        """None."""
        return None

    def card_lengths(self, prefix: str) -> tuple[int, ...]:  # noqa: ARG002
        """None known."""
        return ()

    def mobile_segment(self, number: str) -> MobileSegment | None:  # noqa: ARG002
        """None."""
        return None

    def area_codes(self) -> frozenset[str]:
        """None known."""
        return frozenset()

    def division(self, code: str) -> Division | None:  # noqa: ARG002
        """None."""
        return None

    def hotline(self, bank_name: str) -> Hotline | None:  # noqa: ARG002
        """None."""
        return None

    def hotlines(self) -> tuple[Hotline, ...]:
        """None known."""
        return ()

    def protected_number(self, number: str) -> str | None:  # noqa: ARG002
        """None."""
        return None
