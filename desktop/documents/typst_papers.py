"""Everything that is printed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from desktop.documents.acceptance_register import acceptance_receipt, acceptance_register
from desktop.documents.desk_sheets import (
    enquiry_guidance,
    handover,
    masked_slip,
    order_sheet,
    plain_enquiry,
)
from desktop.documents.evidence_list import evidence_list
from desktop.documents.form_compiler import FormCompiler
from desktop.documents.form_specs import FORMS, entry_of, spec_of
from desktop.documents.form_words import FormData, FormWords
from desktop.documents.free_places import flat, free_places, phrases_of
from desktop.documents.own_sheets import (
    bundle_readme,
    guidance,
    recovery_sheet,
    urgent_slip,
)
from desktop.documents.stop_application import facts_of_case, facts_of_order, stop_application
from desktop.domain.errors import UserInputError
from desktop.domain.fields import Fields
from desktop.domain.officer import Officer
from desktop.domain.order import Order
from desktop.domain.profile import Profile
from desktop.domain.views import CaseFile
from desktop.runtime.catalogue import LANGUAGES, Catalogue
from desktop.services.ports import (
    NO_TEXTS,
    BundleSummary,
    EnquiryGuidanceFacts,
    FormSpec,
    HandoverFacts,
    MaskedSlipFacts,
    OrderSheetFacts,
    PaperFacts,
    Pdf,
    Template,
)


class TypstPapers:
    """Implements :class:`desktop.services.ports.Papers`.

    Prescribed forms are in Chinese whatever language the windows have: they are papers of Chinese procedure. The
    desk's own sheets follow ``catalogue``. ``fingerprint`` is this installation's, shown on urgent slips.
    """

    def __init__(
        self, forms_dir: Path, fonts_dir: Path, catalogue: Catalogue, *, fingerprint: str = ""
    ) -> None:
        self._compiler = FormCompiler(forms_dir, fonts_dir)
        self._words = FormWords(catalogue)
        self._official = FormWords(Catalogue.load(LANGUAGES[0]))
        self._fingerprint = fingerprint
        self._language = catalogue.language

    @property
    def language(self) -> str:
        """The language of the desk's own sheets."""
        return self._language

    def forms(self) -> tuple[FormSpec, ...]:
        """The forms of a case this version prints."""
        return tuple(
            spec_of(entry, self._words, phrases_of(entry, self._official)) for entry in FORMS
        )

    def render(
        self,
        form: str,
        facts: PaperFacts,
        texts: Mapping[str, str] = NO_TEXTS,
        blanks: Mapping[str, str] = NO_TEXTS,
    ) -> Pdf:
        """A form of a case; ``stop_application`` is about its newest stop, else its first transfer."""
        entry = entry_of(form)
        places = free_places(entry, texts, blanks, self._official)
        shown = {**self.texts(form, facts), **texts}
        data = self._data(form, facts) | places | {"texts": shown}
        return self._compiler.compile(form, data, facts.at)

    def texts(self, form: str, facts: PaperFacts) -> Mapping[str, str]:  # noqa: ARG002 - some forms ask the case
        """What stands in every editable place while nobody has written there."""
        return phrases_of(entry_of(form), self._official)

    def template(self, form: str) -> Template:
        """The template this form is laid out with."""
        return Template(form, self._compiler.version(entry_of(form).id))

    def printed_facts(self, form: str, facts: PaperFacts) -> Fields:
        """What the form takes from the case, by dotted place."""
        entry_of(form)
        return flat(self._data(form, facts))

    def stop_form(
        self, file: CaseFile, order: Order, officers: Mapping[str, str], at: datetime
    ) -> Pdf:
        """《紧急止付申请表》 for one order."""
        facts = facts_of_order(file, order, officers)
        data = stop_application(file, facts, self._official, at)
        return self._compiler.compile("stop_application", data, at)

    def slip(self, file: CaseFile, order: Order, qr_png: bytes, at: datetime) -> Pdf:
        """The urgent slip, always one page."""
        data = urgent_slip(file, order, qr_png, self._fingerprint, self._words, at)
        return self._compiler.compile("urgent_slip", data, at)

    def readme(self, summary: BundleSummary) -> bytes:
        """``data/readme.pdf`` of a bundle."""
        data = bundle_readme(summary, self._words)
        return self._compiler.compile("bundle_readme", data, summary.made_at).data

    def recovery_sheet(self, profile: Profile, officer: Officer, code: str, at: datetime) -> Pdf:
        """The printed recovery code."""
        data = recovery_sheet(profile, officer, code, self._words, at)
        return self._compiler.compile("recovery_sheet", data, at)

    def order_sheet(self, facts: OrderSheetFacts, at: datetime) -> Pdf:
        """All living orders of a case to one institution."""
        return self._compiler.compile("order_sheet", order_sheet(facts, self._words, at), at)

    def masked_slip(self, facts: MaskedSlipFacts, at: datetime) -> Pdf:
        """The request to the paying bank, always one page."""
        return self._compiler.compile("masked_slip", masked_slip(facts, self._words, at), at)

    def handover(self, facts: HandoverFacts, at: datetime) -> Pdf:
        """What one shift leaves to the next."""
        return self._compiler.compile("handover", handover(facts, self._words, at), at)

    def enquiry_guidance(self, facts: EnquiryGuidanceFacts, at: datetime) -> Pdf:
        """The answer to an enquiry."""
        data = enquiry_guidance(facts, self._words, at)
        return self._compiler.compile("enquiry_guidance", data, at)

    def _data(self, form: str, facts: PaperFacts) -> FormData:
        file, officers, at = facts.file, facts.officers, facts.at
        if form == "stop_application":
            return stop_application(file, facts_of_case(file, officers), self._official, at)
        if form == "acceptance_register":
            return acceptance_register(file, officers, self._official, at)
        if form == "acceptance_receipt":
            return acceptance_receipt(file, officers, self._official, at)
        if form == "evidence_list":
            return evidence_list(file, officers, self._official, at)
        if form == "guidance":
            return guidance(file, self._words, at)
        if form == "enquiry_guidance":
            return enquiry_guidance(facts.enquiry or plain_enquiry(file, officers), self._words, at)
        raise UserInputError("form.unknown")
