"""The desk's own sheets."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from desktop.documents.printing.form_compiler import FormCompiler
from desktop.documents.printing.form_texts import FormData, FormTexts
from desktop.documents.sheets.batch_letter import batch_letter
from desktop.documents.sheets.court_handover_list import court_handover_list, court_handover_table
from desktop.documents.sheets.desk_sheets import (
    handover,
    masked_slip,
    order_sheet,
)
from desktop.documents.sheets.own_sheets import (
    bundle_readme,
    call_slip,
    centre_change,
    device_card,
    recovery_sheet,
    rules_sheet,
    task_slip,
)
from desktop.documents.sheets.people_sheet import people_sheet
from desktop.documents.sheets.statistics_sheet import statistics_sheet
from desktop.documents.sheets.urgent_slip import urgent_slip, urgent_slips
from desktop.domain.case_file.views import CaseFile
from desktop.domain.evidence.court_handover import CourtHandoverFacts
from desktop.domain.exchange.peers import PeerCard
from desktop.domain.installation.officer import Officer
from desktop.domain.installation.profile import Profile
from desktop.domain.orders.order import Order
from desktop.runtime.texts.catalogue import LANGUAGES, Catalogue
from desktop.services.ports import (
    BatchLetterFacts,
    BundleSummary,
    CallSlipFacts,
    HandoverFacts,
    MaskedSlipFacts,
    OrderSheetFacts,
    Pdf,
    PeopleSheetFacts,
    RulesSheetFacts,
    SheetFacts,
    StatisticsSheetFacts,
)
from desktop.services.ports.printing.sheets import CentreChangeFacts, TaskSlipFacts

_OFFICIAL: Final = frozenset({BatchLetterFacts, CallSlipFacts, CourtHandoverFacts})
"""Sheets that go to others, in Chinese whatever the desk speaks."""
SHEETS: Final[Mapping[type, tuple[str, Callable[[Any, FormTexts, datetime], FormData]]]] = {
    BatchLetterFacts: ("pack_letter", batch_letter),
    CallSlipFacts: ("call_slip", call_slip),
    CentreChangeFacts: ("centre_change", centre_change),
    CourtHandoverFacts: ("hand_over_list", court_handover_list),
    HandoverFacts: ("handover", handover),
    MaskedSlipFacts: ("masked_slip", masked_slip),
    OrderSheetFacts: ("order_sheet", order_sheet),
    PeopleSheetFacts: ("people_sheet", people_sheet),
    RulesSheetFacts: ("rules_sheet", rules_sheet),
    StatisticsSheetFacts: ("statistics_sheet", statistics_sheet),
    TaskSlipFacts: ("task_slip", task_slip),
}
"""Template and contents by the class of the facts."""


class TypstSheets:
    """Implements :class:`desktop.services.ports.DeskSheets`, in the language of ``catalogue``. ``fingerprint`` asks for
    this installation's, shown on urgent slips."""

    def __init__(
        self, compiler: FormCompiler, catalogue: Catalogue, fingerprint: Callable[[], str] = str
    ) -> None:
        self._compiler = compiler
        self._texts = FormTexts(catalogue)
        self._official = FormTexts(Catalogue.load(LANGUAGES[0]))
        self._fingerprint = fingerprint

    def sheet(self, facts: SheetFacts, at: datetime) -> Pdf:
        """The sheet these facts are for."""
        template, filled = SHEETS[type(facts)]
        words = self._official if type(facts) in _OFFICIAL else self._texts
        return self._compiler.compile(template, filled(facts, words, at), at)

    def slip(
        self, orders: Sequence[tuple[CaseFile, Order]], codes: Sequence[bytes], at: datetime
    ) -> Pdf:
        """The urgent slip: one order with one code always on one page."""
        if len(orders) == len(codes) == 1:
            data = urgent_slip(orders[0], codes[0], self._fingerprint(), self._texts, at)
            return self._compiler.compile("urgent_slip", data, at)
        data = urgent_slips(orders, codes, self._fingerprint(), self._texts, at)
        return self._compiler.compile("urgent_slips", data, at)

    def readme(self, summary: BundleSummary) -> bytes:
        """``data/readme.pdf`` of a bundle."""
        data = bundle_readme(summary, self._texts)
        return self._compiler.compile("bundle_readme", data, summary.made_at).data

    def recovery_sheet(self, profile: Profile, officer: Officer, code: str, at: datetime) -> Pdf:
        """The printed recovery code."""
        data = recovery_sheet(profile, officer, code, self._texts, at)
        return self._compiler.compile("recovery_sheet", data, at)

    def device_card(self, card: PeerCard, code: bytes, at: datetime) -> Pdf:
        """A card on paper."""
        return self._compiler.compile("device_card", device_card(card, code, self._texts, at), at)

    def court_handover_table(self, facts: CourtHandoverFacts) -> bytes:
        """The same for spreadsheets."""
        return court_handover_table(facts, self._official)
