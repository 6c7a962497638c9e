"""What a reader found in something a victim brought: offers, each with the words it was read from.

Nothing here is a fact. An officer accepts a proposal, and only then does it stand in the form.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, NamedTuple

from desktop.domain.statements.statement import MoneyDirection


class Confidence(StrEnum):
    """How far the text itself carries the reading; a percentage would promise more than is known.

    ``SURE``: a label or a check digit says so. ``LIKELY``: the usual reading of these words. ``DOUBTFUL``: one
    reading among several. ``UNSURE``: too often wrong to be taken along; somebody has to choose it.
    """

    SURE = "sure"
    LIKELY = "likely"
    DOUBTFUL = "doubtful"
    UNSURE = "unsure"


AMOUNT: Final = "amount"
TIME: Final = "time"
NAME: Final = "name"
BANK: Final = "bank"
CHANNEL: Final = "channel"
SERIAL: Final = "serial"
FOREIGN_SUM: Final = "foreign_sum"
"""A sum of another currency or of coins, in its words: what it was worth in yuan nobody said."""
OWN_KINDS: Final = (AMOUNT, TIME, NAME, BANK, CHANNEL, SERIAL, FOREIGN_SUM)
"""Kinds of proposals that are no kind of identifier."""

TRANSFER_FIELDS: Final = (
    "time", "amount", "channel", "payer_name", "payer_account", "payer_bank",
    "payee_name", "payee_account", "payee_bank", "order_number", "serial",
)  # fmt: skip
"""Fields of ``TransferText`` a proposal may be for."""


class WeighedWord(NamedTuple):
    """``raw`` stands in the text from ``start`` to ``end``."""

    raw: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """One thing that was read.

    ``kind``: one of ``OWN_KINDS`` or a kind of identifier. ``value`` is its normal form: yuan as ``98000.00``, times
    as ``YYYY-MM-DD[ HH:MM[:SS]]`` in legal time, as far as the words go; a tail of an account as ``*1234``. ``raw`` is
    what stands in the text from ``start`` to ``end``, unchanged. ``pattern``: which of the reader's patterns matched.
    ``because``: the words around it that weighed most, in order; none where a pattern alone says so.
    """

    kind: str
    value: str
    raw: str
    start: int
    end: int
    confidence: Confidence
    pattern: str = ""
    because: tuple[WeighedWord, ...] = ()


@dataclass(frozen=True, slots=True)
class ProposedTransfer:
    """Proposals of one message that speak of one payment, by the field of the transfer they are for.

    ``failed``: the message says the payment did not go through, or came back.
    """

    direction: MoneyDirection
    parts: Mapping[str, Proposal] = field(default_factory=dict)
    failed: bool = False

    def value(self, name: str) -> str:
        """The value proposed for a field; empty for none."""
        part = self.parts.get(name)
        return part.value if part else ""


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was read from ``text``. ``sender``: who wrote it, where it says so (a bank, a payment institution).

    ``loose`` are the proposals that belong to no transfer, in the order of the text. ``warnings`` are codes, texts
    under ``paste.warning.<code>``.
    """

    text: str
    transfers: tuple[ProposedTransfer, ...] = ()
    loose: tuple[Proposal, ...] = ()
    sender: str = ""
    warnings: tuple[str, ...] = ()

    @property
    def proposals(self) -> tuple[Proposal, ...]:
        """Every proposal once, in the order of the text."""
        parts = [part for transfer in self.transfers for part in transfer.parts.values()]
        once = dict.fromkeys((*parts, *self.loose))  # two readings of one place stay in one order
        return tuple(sorted(once, key=lambda found: (found.start, found.end)))
