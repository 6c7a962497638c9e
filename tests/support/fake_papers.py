"""Papers without ink: what was asked for, as bytes that are no PDF."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from desktop.domain.officer import Officer
from desktop.domain.order import Order
from desktop.domain.profile import Profile
from desktop.domain.views import CaseFile
from desktop.services.ports import (
    BundleSummary,
    EnquiryGuidanceFacts,
    FormInfo,
    HandoverFacts,
    MaskedSlipFacts,
    OrderSheetFacts,
    Pdf,
)


class FakePapers:
    """Implements ``services.ports.Papers``."""

    def forms(self) -> tuple[FormInfo, ...]:
        return (FormInfo("stop_application", "紧急止付申请表", "local"),)

    def form(self, form: str, file: CaseFile, officers: Mapping[str, str], at: datetime) -> Pdf:
        return Pdf(f"{form} {file.case.number}".encode(), 1)

    def stop_form(
        self, file: CaseFile, order: Order, officers: Mapping[str, str], at: datetime
    ) -> Pdf:
        return Pdf(f"stop {order.number}".encode(), 1)

    def slip(self, file: CaseFile, order: Order, qr_png: bytes, at: datetime) -> Pdf:
        return Pdf(f"slip {order.number}".encode(), 1)

    def readme(self, summary: BundleSummary) -> bytes:
        return f"readme {summary.number}".encode()

    def recovery_sheet(self, profile: Profile, officer: Officer, code: str, at: datetime) -> Pdf:
        return Pdf(b"recovery", 1)

    def order_sheet(self, facts: OrderSheetFacts, at: datetime) -> Pdf:
        return Pdf(f"orders to {facts.institution}".encode(), 1)

    def masked_slip(self, facts: MaskedSlipFacts, at: datetime) -> Pdf:
        return Pdf(f"masked {facts.payee.number}".encode(), 1)

    def handover(self, facts: HandoverFacts, at: datetime) -> Pdf:
        return Pdf(f"handover {len(facts.clocks)}".encode(), 1)

    def enquiry_guidance(self, facts: EnquiryGuidanceFacts, at: datetime) -> Pdf:
        return Pdf(f"enquiry {facts.local_number}".encode(), 1)
