"""The forms of a case, in our wording and the unit's."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from typing import Final

from desktop.documents.case_forms.acceptance_register import acceptance_receipt, acceptance_register
from desktop.documents.case_forms.evidence_list import (
    EVIDENCE_LIST,
    evidence_list,
    list_code,
    provider,
    received,
)
from desktop.documents.case_forms.form_specs import (
    FormEntry,
    all_forms,
    entry_of,
    form_sets,
    spec_of,
)
from desktop.documents.case_forms.interview_facts import words_given
from desktop.documents.case_forms.occasion_facts import on_occasion
from desktop.documents.case_forms.official_forms import official_form
from desktop.documents.case_forms.own_originals import OwnOriginals
from desktop.documents.case_forms.phrase_facts import phrases_for
from desktop.documents.case_forms.refund_rows import of_applicant
from desktop.documents.case_forms.sample_case import sample_facts
from desktop.documents.case_forms.undertaking import applicant
from desktop.documents.case_forms.unit_forms import PHRASES, UnitPapers, UnitTexts, no_texts
from desktop.documents.case_forms.unit_trial import Trial, in_one, tried_forms
from desktop.documents.orders.evidence_requests import usual_evidence
from desktop.documents.orders.stop_annex import payments_chosen
from desktop.documents.orders.stop_application import (
    facts_of_case,
    facts_of_order,
    stop_application,
)
from desktop.documents.printing.corner_mark import corner_mark, mark_of
from desktop.documents.printing.form_compiler import PICTURES, FormCompiler
from desktop.documents.printing.form_texts import FormData, FormTexts
from desktop.documents.printing.printable import FormValue
from desktop.documents.sheets.desk_sheets import (
    enquiry_guidance,
)
from desktop.documents.sheets.own_sheets import (
    guidance,
)
from desktop.domain.case_file.merge import as_applied_for
from desktop.domain.case_file.orders.order_papers import order_about
from desktop.domain.case_file.views import CaseFile
from desktop.domain.errors import UserInputError
from desktop.domain.installation.clock_offset import ClockOffset
from desktop.domain.orders.order import Order
from desktop.domain.records.fields import Fields, Json
from desktop.domain.text.three_way import Place
from desktop.runtime.texts.catalogue import LANGUAGES, Catalogue
from desktop.services.papers.enquiry_sheet import plain_enquiry
from desktop.services.ports import NO_TEXTS, FormSpec, PaperFacts, Pdf, Template, TrialFacts

_UNITS: Final = (("days", 86400), ("hours", 3600), ("minutes", 60), ("seconds", 1))


_FRAME: Final = frozenset(
    {"title", "author", "lang", "page", "printed", "texts", "blanks", PICTURES}
)
"""What a page carries without saying anything about the case."""


def free_places(
    entry: FormEntry, texts: Mapping[str, str], blanks: Mapping[str, str], words: FormTexts
) -> FormData:
    """``data.texts`` and ``data.blanks`` of the template.

    Raises ``UserInputError("form.place")`` for a place the form does not declare.
    """
    if not texts.keys() <= set(entry.editable):
        raise UserInputError("form.place")
    if not blanks.keys() <= {*entry.editable, *entry.signed_by}:
        raise UserInputError("form.place")
    reasons = {
        key: words.of("form_words", f"blank.{reason}") or reason for key, reason in blanks.items()
    }
    return {"texts": dict(texts), "blanks": reasons}


def flat(data: FormData) -> Fields:
    """What a form prints of the case, by dotted place; empty places are left out."""
    found: dict[str, Json] = {}
    for name, value in data.items():
        if name not in _FRAME:
            _flatten(name, value, found)
    return found


def _flatten(place: str, value: FormValue, found: dict[str, Json]) -> None:
    if isinstance(value, Mapping):
        for name, item in value.items():
            _flatten(f"{place}.{name}", item, found)
    elif isinstance(value, (str, int)):
        if value != "":
            found[place] = value
    elif value is not None:
        for position, item in enumerate(value):
            _flatten(f"{place}.{position}", item, found)


def clock_line(clock: ClockOffset | None, texts: FormTexts) -> str:
    """``本机时钟比北京时间慢2分13秒（… 比对），…``; "" where nothing needs to be said."""
    if clock is None or not clock.seconds:
        return ""
    way = "slow" if clock.seconds > 0 else "fast"
    off = _length(abs(clock.seconds), texts)
    return texts.text(f"clock.{way}", off=off, at=texts.minute(clock.compared_at))


def _length(seconds: int, texts: FormTexts) -> str:
    parts = []
    for name, size in _UNITS:
        count, seconds = divmod(seconds, size)
        if count:
            parts.append(texts.text(f"clock.{name}", count=count))
    return " ".join(parts)


class TypstPapers:
    """Implements :class:`desktop.services.ports.Papers` and :class:`~desktop.services.ports.OwnForms`.

    Prescribed forms are in Chinese whatever language the windows have: they are papers of Chinese procedure. What is
    the desk's own follows ``catalogue``. ``unit``: the phrases and templates that the unit adapted.
    """

    def __init__(
        self,
        compiler: FormCompiler,
        catalogue: Catalogue,
        unit: Callable[[], UnitTexts] = no_texts,
    ) -> None:
        self._compiler = compiler
        self._unit = UnitPapers(unit, compiler.forms_dir)
        self._originals = OwnOriginals(compiler.forms_dir)
        self._texts = FormTexts(catalogue)
        self._official = FormTexts(Catalogue.load(LANGUAGES[0]))
        self._language = catalogue.language

    @property
    def language(self) -> str:
        """The language of the desk's own sheets."""
        return self._language

    def forms(self) -> tuple[FormSpec, ...]:
        """The forms of a case this version prints."""
        return tuple(map(spec_of, all_forms()))

    def usual_evidence(self, kind: str) -> str:
        """What whoever keeps records of an identifier of this kind is asked for, in the words of the paper."""
        return usual_evidence(kind, self._official)

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
        data = self._filled(entry, facts, places, {**self.texts(form, facts), **texts})
        source = self._unit.template(entry.template)
        if source is not None:
            try:
                return self._compiler.compile(entry.template, data, facts.at, source)
            except ValueError as error:
                self._unit.reject(source, str(error))
        return self._compiler.compile(entry.template, data, facts.at)

    def _filled(
        self, entry: FormEntry, facts: PaperFacts, places: FormData, shown: Mapping[str, str]
    ) -> FormData:
        """What a template is given; ``shown``: what stands in each place that can be written in."""
        clock = clock_line(facts.clock if entry.timed else None, self._official)
        data = self._data(entry, facts, shown) | dict(words_given(entry, facts)) | places
        written = places["texts"] if isinstance(places["texts"], Mapping) else {}
        data |= {"texts": shown, "written": list(written), "clock": clock} | mark_of(facts)
        data |= self._version(data, facts)
        return data | _list_code(entry, facts)

    def _version(self, data: FormData, facts: PaperFacts) -> FormData:
        """In the place of the time of printing, for what is signed is printed again as it is."""
        if not facts.version:
            return {}
        words = (
            self._texts
            if data["lang"] == self._texts.frame("", facts.at)["lang"]
            else self._official
        )
        return {"printed": words.text("signed", version=facts.version, time=words.minute(facts.at))}

    def try_file(self, name: str, text: str, facts: TrialFacts, *, idle: bool = False) -> Pdf:
        """Every form that a template or the wording of a unit would change, filled with an invented case."""
        trial = Trial.of(name, text, self._compiler.forms_dir, idle=idle)
        invented = sample_facts(facts)
        pages = []
        for entry in tried_forms(trial):
            places = free_places(entry, NO_TEXTS, NO_TEXTS, self._official)
            shown = trial.texts(entry, invented, self._official)
            data = self._filled(entry, invented, places, shown)
            pages.append(trial.set(self._compiler, entry, data, facts.at))
        return in_one(pages)

    def texts(self, form: str, facts: PaperFacts) -> Mapping[str, str]:
        """What stands in every editable place while nobody has written there."""
        shipped = entry_of(form)
        try:
            return phrases_for(self._unit.adapted(shipped), facts, self._official)
        except KeyError:  # a phrase of the unit speaks of a fact no form knows
            return phrases_for(shipped, facts, self._official)

    def template(self, form: str) -> Template:
        """The template this form is laid out with, and its wording."""
        shipped = entry_of(form)
        entry, source = self._unit.adapted(shipped), self._unit.template(shipped.template)
        words = {"given": entry.given, "phrases": entry.phrases}
        version = self._compiler.version(entry.template, words, source)
        of_unit = source is not None or entry is not shipped
        files = {f"{entry.template}.typ", PHRASES}
        problem = "; ".join(f"{name}: {why}" for name, why in self.faults() if name in files)
        named = f"{'unit' if of_unit else 'shipped'}:{version}"
        reads = self._compiler.names(entry.template, source)
        return Template(form, named, of_unit, problem, self._is_behind(entry), reads)

    def _is_behind(self, entry: FormEntry) -> bool:
        """Whether an original of what the unit adapted of this form changed since."""
        for name in (f"{entry.template}.typ", PHRASES):
            adapted = self._unit.adapted_file(name)
            places = self._originals.places(name, *adapted) if adapted is not None else ()
            own = (x for x in places if name != PHRASES or x.name.startswith(f"{entry.id}."))
            if any(place.open for place in own):
                return True
        return False

    def sets_in_use(self, unit_code: str, on: date) -> frozenset[str]:
        """The form sets a unit prints from on a day."""
        return form_sets().in_use(unit_code, on)

    def faults(self) -> tuple[tuple[str, str], ...]:
        """What the unit adapted and can not be used."""
        return self._unit.faults()

    def with_phrase(self, form: str, place: str, words: str) -> str:
        """The unit's wording file with what stands in a place while nobody has written there."""
        if place not in entry_of(form).editable:
            raise UserInputError("form.place")
        return self._unit.with_phrase(form, place, words)

    def based_on(self, name: str, text: str, former: str | None, former_original: str) -> str:
        """The original that a file of the unit was made from."""
        return self._originals.based_on(name, text, former, former_original)

    def places(self, name: str, text: str, original: str) -> tuple[Place, ...]:
        """A file of the unit beside its original as it was and as it is."""
        return self._originals.places(name, text, original)

    def with_taken(self, name: str, text: str, original: str, taken: Collection[int]) -> str:
        """A file of the unit with today's original at some places."""
        return self._originals.with_taken(name, text, original, taken)

    def printed_facts(self, form: str, facts: PaperFacts) -> Fields:
        """What the form takes from the case, by dotted place."""
        return flat(self._data(entry_of(form), facts, self.texts(form, facts)))

    def stop_form(
        self,
        file: CaseFile,
        order: Order,
        officers: Mapping[str, str],
        at: datetime,
        clock: ClockOffset | None = None,
    ) -> Pdf:
        """《紧急止付申请表》 for one order, applied for by whoever paid what it is about."""
        file = as_applied_for(file, order)
        facts = facts_of_order(file, order, officers)
        data = stop_application(file, facts, self._official, at)
        data |= {"clock": clock_line(clock, self._official)} | applicant(file.case, self._official)
        data |= corner_mark(file.case.number, order.number)
        return self._compiler.compile("stop_application", data, at)

    def _data(self, entry: FormEntry, facts: PaperFacts, shown: Mapping[str, str]) -> FormData:
        """What the case gives to the template; a prescribed form bears its title, a sheet of ours the desk's words."""
        file, officers, at = facts.file, facts.officers, facts.at
        if entry.id == "guidance":
            return guidance(facts, self._texts)
        if entry.id == "enquiry_guidance":
            return enquiry_guidance(
                facts.enquiry or plain_enquiry(file, officers, facts.duty_phone), self._texts, at
            )
        if entry.template == "stop_application":
            data = self._stop(of_applicant(entry, facts), shown.get("payments", ""))
        elif entry.template == "acceptance_register":
            data = acceptance_register(file, officers, self._official, at)
        elif entry.template == "acceptance_receipt":
            data = acceptance_receipt(file, officers, self._official, at)
        elif entry.template == EVIDENCE_LIST:
            listed = received(entry, file, facts.about)
            who = provider(file, facts.about, self._official)
            data = evidence_list(listed, officers, self._official, at, who)
        else:
            data = official_form(entry, facts, self._official)
        return self._official.frame(entry.titles[LANGUAGES[0]], at) | data | _title(entry)

    def _stop(self, facts: PaperFacts, chosen: str) -> FormData:
        """One order alone where the paper is about it; else the payments that were chosen, the rest in the annex."""
        file, officers, at = facts.file, facts.officers, facts.at
        applies = applicant(file.case, self._official)
        order = order_about(file, facts.about)
        if order is not None:
            about = facts_of_order(file, order, officers)
            return applies | stop_application(file, about, self._official, at)
        payments = payments_chosen(facts, chosen)
        first = payments[0] if payments else None
        about = facts_of_case(file, officers, first)
        return applies | stop_application(file, about, self._official, at, payments)


def _title(entry: FormEntry) -> FormData:
    """What stands above the paper, whoever made its data."""
    return {"title": entry.titles[LANGUAGES[0]]}


def _list_code(entry: FormEntry, facts: PaperFacts) -> FormData:
    """Of the items that the list names."""
    if entry.template == EVIDENCE_LIST:
        return list_code(received(entry, facts.file, facts.about))
    listed = on_occasion(entry, facts).file
    return list_code(listed) if entry.template == "extraction_list" else {}
