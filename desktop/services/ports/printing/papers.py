"""The papers of a case, and what any paper is, as services see them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from types import MappingProxyType
from typing import Protocol

from desktop.domain.case_file.orders.order_papers import PaperGround
from desktop.domain.case_file.views import CaseFile
from desktop.domain.cases.case import Visit
from desktop.domain.cases.payments.refund import Refund
from desktop.domain.cases.people.victim import Victim
from desktop.domain.cases.scam_types import in_language
from desktop.domain.flow.money_places import MoneyPlaces
from desktop.domain.installation.clock_offset import ClockOffset
from desktop.domain.law.rules import RulePack
from desktop.domain.orders.order import Order, OrderKind
from desktop.domain.records.fields import Fields
from desktop.services.ports.printing.sheets import (
    EnquiryGuidanceFacts,
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
    typesetter's words why a template of the unit is not used; then the shipped one is. ``behind``: the shipped wording
    changed since the unit adapted it, and nobody decided about it. ``reads``: first names of the printed facts that it
    places; None for all.
    """

    form: str
    version: str
    of_unit: bool = False
    problem: str = ""
    behind: bool = False
    reads: frozenset[str] | None = None


NO_TEXTS: Mapping[str, str] = MappingProxyType({})
"""Nobody edited anything, nothing is left blank."""


@dataclass(frozen=True, slots=True)
class FormSpec:
    """A form that can be printed.

    ``titles`` by language; the Chinese one stands on the paper. ``form_set`` names the form set (``criminal_2022``,
    ``administrative_2024``, ``local`` …). ``editable``: the places whose wording the law leaves to the officer, named
    by ``form_words.place.<key>``. ``signed_by``: the places people sign (``reporter``, ``officer`` …), in the order
    they stand on the form, named by ``form_words.signer.<key>``. A place of either kind may be left blank only with a
    reason. ``must_fill``: editable places the law wants filled, which nobody strikes out with the others. ``methods``:
    the ways of taking evidence whose items it lists, one occasion a paper; a form that names none lists no occasion.
    """

    id: str
    titles: Mapping[str, str]
    form_set: str
    editable: tuple[str, ...] = ()
    signed_by: tuple[str, ...] = ()
    orders: tuple[OrderKind, ...] = ()
    """Kinds of orders it carries."""
    per_order: bool = False
    """Whether each order of these kinds can have a paper of its own."""
    ground: PaperGround = PaperGround.NONE
    """What must stand before it is made."""
    must_fill: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()

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
    version: int = 0
    """Which version it is, where it is signed now: its foot says so for ever. 0 for what is not signed."""
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
    money: MoneyPlaces | None = None
    """Where the money of the case is; None where nobody reckoned it."""
    duty_phone: str = ""
    """Of the unit whose case it is; "" where nobody said it."""
    missing_shots: tuple[str, ...] = ()
    """What the shot lists ask for and nobody photographed."""


class Papers(Protocol):
    """The forms of a case."""

    @property
    def language(self) -> str:
        """The language of the desk's own words; prescribed forms are in Chinese."""
        ...

    def forms(self) -> tuple[FormSpec, ...]:
        """The forms of a case this version prints, in the order they are offered."""
        ...

    def usual_evidence(self, kind: str) -> str:
        """What whoever keeps records of an identifier of this kind (of :mod:`desktop.domain.identifiers`) is usually
        asked for, in the words of the paper, which is in Chinese; the identifiers come behind it."""
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


@dataclass(frozen=True, slots=True)
class QuestionAnswer:
    """``id`` of the question in the scripts. Vague answers are as vague as they were given."""

    id: str
    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class StatementFacts:
    """被害人的询问笔录: the head of the record and the questions and answers in their order.

    ``officers``: (number, name) of who asked. ``guardian``: who is present for a minor, in words; ``minor``: whether
    somebody must be. Times of the hearing, corrections and signatures are filled in by hand.
    """

    local_case_number: str
    official_case_number: str
    visit: Visit
    unit_name: str
    accepted_at: datetime
    person: Victim
    officers: tuple[tuple[str, str], ...]
    answers: tuple[QuestionAnswer, ...]
    minor: bool = False
    guardian: str = ""
