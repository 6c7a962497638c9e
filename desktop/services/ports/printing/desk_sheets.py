"""The desk's own sheets, as services see them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from desktop.domain.case_file.views import CaseFile
from desktop.domain.evidence.court_handover import CourtHandoverFacts
from desktop.domain.exchange.peers import PeerCard
from desktop.domain.ids import DeviceId
from desktop.domain.installation.officer import Officer
from desktop.domain.installation.profile import Profile
from desktop.domain.orders.order import Order
from desktop.services.ports.printing.papers import Pdf
from desktop.services.ports.printing.sheets import (
    BatchLetterFacts,
    CallSlipFacts,
    CentreChangeFacts,
    HandoverFacts,
    MaskedSlipFacts,
    OrderSheetFacts,
    PeopleSheetFacts,
    RulesSheetFacts,
    StatisticsSheetFacts,
    TaskSlipFacts,
)


@dataclass(frozen=True, slots=True)
class BundleSummary:
    """What the readme for humans inside a bundle says."""

    number: str
    sender: str
    receiver: str
    made_at: datetime
    cases: tuple[tuple[str, str, int], ...]
    """(number, victim, loss in fen)."""
    orders: int
    blobs: int
    size: int
    device: DeviceId
    """The sender's, whose fingerprint it is."""


SheetFacts = (
    BatchLetterFacts
    | CallSlipFacts
    | CentreChangeFacts
    | CourtHandoverFacts
    | HandoverFacts
    | MaskedSlipFacts
    | OrderSheetFacts
    | PeopleSheetFacts
    | RulesSheetFacts
    | StatisticsSheetFacts
    | TaskSlipFacts
)
"""Each is one sheet; its class says which."""


class DeskSheets(Protocol):
    """What the desk prints beside the forms of a case."""

    def sheet(self, facts: SheetFacts, at: datetime) -> Pdf:
        """The sheet these facts are for: orders to one institution with room for its answer, the letter that goes with
        a dispatch batch, what a period came to, the persons behind some cases, the request to a paying bank for the
        full payee account (one page), a shift's end, a change of the centre, what leaves for prosecutor or court, a
        task for who goes out."""
        ...

    def slip(
        self, orders: Sequence[tuple[CaseFile, Order]], codes: Sequence[bytes], at: datetime
    ) -> Pdf:
        """The urgent slip: one order with its one code on one page, else the codes (PNG) with their numbers, several a
        page, and behind them every order in clear."""
        ...

    def readme(self, summary: BundleSummary) -> bytes:
        """``data/readme.pdf`` of a bundle."""
        ...

    def recovery_sheet(self, profile: Profile, officer: Officer, code: str, at: datetime) -> Pdf:
        """The printed recovery code."""
        ...

    def device_card(self, card: PeerCard, code: bytes, at: datetime) -> Pdf:
        """One page with a card: its code (PNG), its fingerprint in groups and in words, who compares it with whom, and
        room for both to sign."""
        ...

    def court_handover_table(self, facts: CourtHandoverFacts) -> bytes:
        """What leaves for prosecutor or court, for spreadsheets: CSV in UTF-8 with a mark."""
        ...
