"""Papers without ink: what was asked for, as bytes that are no PDF."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from desktop.domain.case_file.views import CaseFile
from desktop.domain.evidence.court_handover import CourtHandoverFacts
from desktop.domain.exchange.peers import PeerCard
from desktop.domain.installation.clock_offset import ClockOffset
from desktop.domain.installation.officer import Officer
from desktop.domain.installation.profile import Profile
from desktop.domain.orders.order import Order
from desktop.domain.records.fields import Fields
from desktop.domain.text.three_way import Place
from desktop.services.ports import (
    NO_TEXTS,
    BundleSummary,
    FormSpec,
    PaperFacts,
    Pdf,
    SheetFacts,
    Template,
    TrialFacts,
)


class FakePapers:
    """Implements ``services.ports.Papers`` and ``OwnForms``."""

    language = "zh_CN"
    phrases: Mapping[tuple[str, str], str] = {("receipt", "query_way"): "窗口"}

    def usual_evidence(self, kind: str) -> str:
        return f"{kind} 的资料："

    def forms(self) -> tuple[FormSpec, ...]:
        return (
            FormSpec("stop_application", {"zh_CN": "紧急止付申请表"}, "local"),
            FormSpec(
                "receipt",
                {"zh_CN": "受案回执"},
                "criminal_2022",
                ("query_way", "contact"),
                ("reporter", "officer"),
            ),
        )

    def render(
        self,
        form: str,
        facts: PaperFacts,
        texts: Mapping[str, str] = NO_TEXTS,
        blanks: Mapping[str, str] = NO_TEXTS,
    ) -> Pdf:
        told = {**self.texts(form, facts), **texts}
        said = self.printed_facts(form, facts), sorted(told.items()), sorted(blanks.items())
        return Pdf(f"{form} {facts.at.isoformat()} {said}".encode(), 1)

    def texts(self, form: str, facts: PaperFacts) -> Mapping[str, str]:
        (spec,) = (spec for spec in self.forms() if spec.id == form)
        return {place: self.phrases.get((form, place), "") for place in spec.editable}

    def template(self, form: str) -> Template:
        return Template(form, "shipped:0123456789abcdef")

    def sets_in_use(self, unit_code: str, on: date) -> frozenset[str]:
        return frozenset({"local", "criminal_2022"})

    def faults(self) -> tuple[tuple[str, str], ...]:
        return ()

    def with_phrase(self, form: str, place: str, words: str) -> str:
        self.phrases = {**self.phrases, (form, place): words}
        return f"{form}.{place} = {words}"

    def based_on(self, name: str, text: str, former: str | None, former_original: str) -> str:
        return ""

    def places(self, name: str, text: str, original: str) -> tuple[Place, ...]:
        return ()

    def with_taken(self, name: str, text: str, original: str, taken: Collection[int]) -> str:
        return text

    def try_file(self, name: str, text: str, facts: TrialFacts, *, idle: bool = False) -> Pdf:
        return Pdf(f"{name} {text} {facts.officer.number}".encode(), 1)

    def printed_facts(self, form: str, facts: PaperFacts) -> Fields:
        case = facts.file.case
        return {"number": case.number, "victim.name": case.victim.name, "narrative": case.narrative}

    def stop_form(
        self,
        file: CaseFile,
        order: Order,
        officers: Mapping[str, str],
        at: datetime,
        clock: ClockOffset | None = None,
    ) -> Pdf:
        return Pdf(f"stop {order.number}".encode(), 1)


class FakeSheets:
    """Implements ``services.ports.DeskSheets``."""

    def slip(
        self, orders: Sequence[tuple[CaseFile, Order]], codes: Sequence[bytes], at: datetime
    ) -> Pdf:
        return Pdf(f"slip {' '.join(order.number for _, order in orders)}".encode(), 1)

    def readme(self, summary: BundleSummary) -> bytes:
        return f"readme {summary.number}".encode()

    def recovery_sheet(self, profile: Profile, officer: Officer, code: str, at: datetime) -> Pdf:
        return Pdf(b"recovery", 1)

    def device_card(self, card: PeerCard, code: bytes, at: datetime) -> Pdf:
        return Pdf(f"card {card.fingerprint} {len(code)} {at.isoformat()}".encode(), 1)

    def sheet(self, facts: SheetFacts, at: datetime) -> Pdf:
        return Pdf(f"{type(facts).__name__} {facts}".encode(), 1)

    def court_handover_table(self, facts: CourtHandoverFacts) -> bytes:
        return f"table of {len(facts.items)}".encode()
