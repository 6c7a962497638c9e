"""Everything that is printed, and pictures of it, as services see it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from types import MappingProxyType
from typing import Protocol

from desktop.domain.case_file.views import CaseFile
from desktop.domain.cases.refund import Refund
from desktop.domain.cases.scam_types import in_language
from desktop.domain.clock_offset import ClockOffset
from desktop.domain.evidence.court_handover import CourtHandoverFacts
from desktop.domain.exchange import PeerCard
from desktop.domain.fields import Fields
from desktop.domain.ids import DeviceId
from desktop.domain.law.rules import RulePack
from desktop.domain.officer import Officer
from desktop.domain.orders.order import Order
from desktop.domain.profile import Profile
from desktop.services.ports.sheets import (
    BatchLetterFacts,
    CentreChangeFacts,
    EnquiryGuidanceFacts,
    HandoverFacts,
    MaskedSlipFacts,
    OrderSheetFacts,
    PeopleSheetFacts,
    StatisticsSheetFacts,
)


@dataclass(frozen=True, slots=True)
class OnRecord:
    """In whose history it is told that a paper was printed or kept: ``subjects`` of the journal."""

    form: str
    subjects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pdf:
    """A finished paper. ``record``: where its prints are told; None for one that is about no case."""

    data: bytes
    pages: int
    record: OnRecord | None = None

    def about(self, form: str, *subjects: str) -> Pdf:
        """The same paper, whose prints are told there."""
        return replace(self, record=OnRecord(form, subjects))


@dataclass(frozen=True, slots=True)
class Template:
    """How a form is laid out and worded.

    ``version`` tells one wording from another (``shipped:`` or ``unit:`` and 16 hex digits). ``problem`` says in the
    typesetter's words why a template of the unit is not used; then the shipped one is.
    """

    form: str
    version: str
    of_unit: bool = False
    problem: str = ""


NO_TEXTS: Mapping[str, str] = MappingProxyType({})
"""Nobody edited anything, nothing is left blank."""


@dataclass(frozen=True, slots=True)
class FormSpec:
    """A form that can be printed.

    ``titles`` by language; the Chinese one stands on the paper. ``form_set`` names the form set (``criminal_2022``,
    ``administrative_2024``, ``local`` …). ``editable``: the places whose wording the law leaves to the officer, named
    by ``form_words.place.<key>``. ``signed_by``: the places people sign (``reporter``, ``officer`` …), in the order
    they stand on the form, named by ``form_words.signer.<key>``. A place of either kind may be left blank only with a
    reason.
    """

    id: str
    titles: Mapping[str, str]
    form_set: str
    editable: tuple[str, ...] = ()
    signed_by: tuple[str, ...] = ()

    def title(self, language: str) -> str:
        """What it is called on the screen."""
        return in_language(self.titles, language)

    @property
    def places(self) -> tuple[str, ...]:
        """Keys of every place that takes a text or a signature."""
        return (*self.editable, *self.signed_by)


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """What a form of a case is filled from.

    ``officers``: number → name. ``about``: the subject within the case the paper speaks of (``order/<id>``,
    ``evidence/<id>``), empty for the case as a whole. ``dated``: the day the paper bears, None for a print that is
    no paper on record. ``clock``: by how much the clock that took the case's times is off, None where that is not
    known or too little to matter. Facts of one kind of paper (the answers of a statement …)
    come as further fields with a default, filled by the service that knows them.
    """

    file: CaseFile
    officers: Mapping[str, str]
    at: datetime
    about: str = ""
    dated: datetime | None = None
    paper: str = ""
    """Id of the paper on record that is drawn; "" for a print that is none."""
    clock: ClockOffset | None = None
    enquiry: EnquiryGuidanceFacts | None = None
    questions: tuple[tuple[str, str], ...] = ()
    """(question, answer) in the order they were put; a mark of :mod:`desktop.domain.cases.answers` is a reason."""
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    """Item of evidence → its thumbnail, a PNG; for the contact sheet alone."""
    shots: Mapping[str, str] = field(default_factory=dict)
    """Shot → what it is to show."""
    refund: Refund | None = None
    """The victim's share in what is frozen; for the papers of a refund alone."""
    rules: RulePack | None = None
    """Terms of the law that no order names; None where nobody asks for them."""
    missing_shots: tuple[str, ...] = ()
    """What the shot lists ask for and nobody photographed."""


@dataclass(frozen=True, slots=True)
class TrialFacts:
    """Whose test pages they are: the unit, the officer who asks for them, when, and the rules in force."""

    profile: Profile
    officer: Officer
    at: datetime
    rules: RulePack


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


class Papers(Protocol):
    """Everything that is printed."""

    @property
    def language(self) -> str:
        """The language of the desk's own sheets; prescribed forms are in Chinese."""
        ...

    def forms(self) -> tuple[FormSpec, ...]:
        """The forms of a case this version prints, in the order they are offered."""
        ...

    def render(
        self,
        form: str,
        facts: PaperFacts,
        texts: Mapping[str, str] = NO_TEXTS,
        blanks: Mapping[str, str] = NO_TEXTS,
    ) -> Pdf:
        """A form of a case. The same input gives the same octets.

        ``texts``: editable place → what was written there; the others print :meth:`texts`. ``blanks``: place → why it
        is left blank, a code of :class:`desktop.domain.papers.paper.BlankReason` or free words; the form says so there.

        Raises ``UserInputError("form.unknown")``, and ``"form.place"`` for a place the form does not declare.
        """
        ...

    def texts(self, form: str, facts: PaperFacts) -> Mapping[str, str]:
        """What stands in every editable place while nobody has written there. Raises like :meth:`render`."""
        ...

    def template(self, form: str) -> Template:
        """The template :meth:`render` uses for this form. Raises ``UserInputError("form.unknown")``."""
        ...

    def sets_in_use(self, unit_code: str, on: date) -> frozenset[str]:
        """The form sets a unit prints from on a day; what belongs to no procedure is always among them."""
        ...

    def faults(self) -> tuple[tuple[str, str], ...]:
        """What the unit adapted and can not be used: file name, and why in the typesetter's words."""
        ...

    def with_phrase(self, form: str, place: str, words: str) -> str:
        """The unit's file of wordings (``forms/phrases.toml``) with this wording of an editable place.

        Raises ``UserInputError``: ``form.unknown``, ``form.place``, ``forms.phrases_damaged``.
        """
        ...

    def try_file(self, name: str, text: str, facts: TrialFacts) -> Pdf:
        """Test pages: every form that the file ``name`` of the unit's forms, a template or the wordings, would change
        if it said ``text``, filled with an invented case. Nothing is kept.

        Raises ``UserInputError``: ``bound.unknown`` for a name that changes no form; ``bound.unfit`` (``file``,
        ``reason``) for what would not be used.
        """
        ...

    def printed_facts(self, form: str, facts: PaperFacts) -> Fields:
        """What the form takes from the case, by dotted place (``victim.name``, ``transfers.0.amount``), without the
        time of printing: two prints with equal facts and texts say the same. Raises like :meth:`render`.
        """
        ...

    def stop_form(
        self,
        file: CaseFile,
        order: Order,
        officers: Mapping[str, str],
        at: datetime,
        clock: ClockOffset | None = None,
    ) -> Pdf:
        """《紧急止付申请表》 for one order, all 19 fields; ``clock`` as in :class:`PaperFacts`."""
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

    def centre_change(self, facts: CentreChangeFacts, at: datetime) -> Pdf:
        """The record of a change of the centre that the former one did not sign, for two officers to sign."""
        ...

    def order_sheet(self, facts: OrderSheetFacts, at: datetime) -> Pdf:
        """All living orders of a case to one institution, with room for its answer."""
        ...

    def batch_letter(self, facts: BatchLetterFacts, at: datetime) -> Pdf:
        """The letter that goes with a pack of orders: what is asked, by when, and how to answer."""
        ...

    def statistics_sheet(self, facts: StatisticsSheetFacts, at: datetime) -> Pdf:
        """What a period came to, for the file."""
        ...

    def people_sheet(self, facts: PeopleSheetFacts, at: datetime) -> Pdf:
        """The persons behind some cases, on one page."""
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

    def court_handover_list(self, facts: CourtHandoverFacts) -> Pdf:
        """What leaves for prosecutor or court, item by item with its digests, signed by both sides."""
        ...

    def court_handover_table(self, facts: CourtHandoverFacts) -> bytes:
        """The same for spreadsheets: CSV in UTF-8 with a mark."""
        ...
