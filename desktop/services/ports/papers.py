"""Everything that is printed, and pictures of it, as services see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from desktop.domain.officer import Officer
from desktop.domain.order import Order
from desktop.domain.profile import Profile
from desktop.domain.views import (
    CaseFile,
)
from desktop.services.ports.sheets import (
    EnquiryGuidanceFacts,
    HandoverFacts,
    MaskedSlipFacts,
    OrderSheetFacts,
)


@dataclass(frozen=True, slots=True)
class Pdf:
    """A finished paper."""

    data: bytes
    pages: int


@dataclass(frozen=True, slots=True)
class FormInfo:
    """A form that can be printed. ``set`` names the form set (``criminal_2022``, ``local`` …)."""

    id: str
    title: str
    set: str


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
    fingerprint: str


class Papers(Protocol):
    """Everything that is printed."""

    def forms(self) -> tuple[FormInfo, ...]:
        """The forms this version prints."""
        ...

    def form(self, form: str, file: CaseFile, officers: Mapping[str, str], at: datetime) -> Pdf:
        """A form of a case. ``officers``: number → name. Raises ``UserInputError("form.unknown")``."""
        ...

    def stop_form(
        self, file: CaseFile, order: Order, officers: Mapping[str, str], at: datetime
    ) -> Pdf:
        """《紧急止付申请表》 for one order, all 19 fields."""
        ...

    def slip(self, file: CaseFile, order: Order, qr_png: bytes, at: datetime) -> Pdf:
        """The urgent slip with its QR code, one page."""
        ...

    def readme(self, summary: BundleSummary) -> bytes:
        """``data/readme.pdf`` of a bundle."""
        ...

    def recovery_sheet(self, profile: Profile, officer: Officer, code: str, at: datetime) -> Pdf:
        """The printed recovery code."""
        ...

    def order_sheet(self, facts: OrderSheetFacts, at: datetime) -> Pdf:
        """All living orders of a case to one institution, with room for its answer."""
        ...

    def masked_slip(self, facts: MaskedSlipFacts, at: datetime) -> Pdf:
        """One page that asks the paying bank for the full payee account."""
        ...

    def handover(self, facts: HandoverFacts, at: datetime) -> Pdf:
        """What one shift leaves to the next, signed by both."""
        ...

    def enquiry_guidance(self, facts: EnquiryGuidanceFacts, at: datetime) -> Pdf:
        """What somebody who came to ask takes home, in large type."""
        ...
