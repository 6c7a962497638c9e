"""Journal fields in words: their names, and their values with personal numbers masked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Final

from desktop.domain.case_file.fields import ROWS
from desktop.domain.case_file.merge import INTO, LEADS
from desktop.domain.case_file.views import CaseFile
from desktop.domain.cases.answers import TICKED, blank_of
from desktop.domain.cases.case import REPORTER, member_of, record_field
from desktop.domain.cases.case_holder import CHARGE
from desktop.domain.cases.holder_objection import OBJECTIONS
from desktop.domain.cases.interview import INTERVIEWS
from desktop.domain.cases.people.party import SELF
from desktop.domain.cases.sent_despite import SENT_DESPITE, read_sent_despite
from desktop.domain.cases.taken_out import FIELD
from desktop.domain.evidence.guide import EvidenceGuide
from desktop.domain.evidence.place import place_from_text
from desktop.domain.evidence.record import RECORD, EvidenceRecord
from desktop.domain.interview.scripts import NO_SCRIPTS, Scripts
from desktop.domain.masking import (
    masked_account,
    masked_address,
    masked_apart,
    masked_text,
)
from desktop.domain.orders.confirmation import CONFIRMATION
from desktop.domain.orders.order import FAMILIES, OrderKind, Terms
from desktop.domain.orders.reply import AccountFacts, LineFacts
from desktop.domain.orders.term_fields import (
    Sort,
    choices_of,
    family_of,
    names_of,
    sort_of,
    word,
)
from desktop.domain.papers.paper import BLANK, BlankReason
from desktop.domain.records.field_table import FieldRow
from desktop.domain.records.field_types import TIME
from desktop.domain.records.record_family import RecordField
from desktop.domain.time.clock import from_wire
from desktop.services.ports import FormSpec
from desktop.ui.case.holder.texts import holder_text
from desktop.ui.case.objections.texts import objection_value
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.orders.sending_problems import sent_despite_text
from desktop.ui.shared.text.amounts import yuan
from desktop.ui.shared.text.datetime_text import show_local

RECORD_FIELDS: Final = frozenset(f"{RECORD}.{item.name}" for item in fields(EvidenceRecord))
_TIMES: Final = frozenset({"taken_at", "seconded_at"})
CATEGORIES: Final = ("platform", "communication", "records", "file", "device", "paper")


_ORDER_NAMES: Final = {
    "approval.by": "ordering.approved_by",
    "approval.number": "ordering.approval_number",
    "approval.at": "ordering.approved_at",
    "approval.officer": "ordering.field.recorded_by",
    "approval.refused": "ordering.refuse.reason",
    "withdrawal.reason": "ordering.withdraw.label",
    "withdrawal.at": "ordering.field.withdrawn_at",
    "withdrawal.officer": "ordering.field.recorded_by",
}
TIES: Final = frozenset({"terms", "reply.hops"})
"""Fields that tie records together, or are shown on the order's card."""
PERSONAL: Final = frozenset(
    {
        "terms.holder_id_number",
        "terms.victim_number",
        "reply.account.holder_id",
        "reply.account.phone",
        "reply.account.account",
        "reply.account.card",
    }
)
"""Numbers of persons, which are masked."""


_TERMS: Final = frozenset(name for kind in OrderKind for name in names_of(kind)) | {
    "case_type", "institution", "identifier_kind", "holder_id_kind", "raw", "normal", "about",
}  # fmt: skip
_FACTS: Final = frozenset(
    {
        *(item.name for item in fields(AccountFacts)),
        *(item.name for item in fields(LineFacts)),
    }
)


def order_field_key(field: str) -> str:
    """The catalogue key of a field's name; "" for a field that is none of an order's own, or a newer program's."""
    if field in _ORDER_NAMES:
        return _ORDER_NAMES[field]
    if field.startswith(CONFIRMATION):
        return "ordering.field.confirmed"
    name = field.removeprefix("terms.")
    if field.startswith("terms.") and name in _TERMS:
        return f"order_terms.{word(name)}"
    for start in ("reply.account.", "reply.line."):
        if field.startswith(start) and field.removeprefix(start) in _FACTS:
            return f"order_reply.fact.{field.removeprefix(start)}"
    return ""


def order_value_key(field: str, text: str) -> str:
    """The catalogue key of a choice among an order's terms; "" for anything else."""
    name = "account_type" if field == "reply.account.type" else field.removeprefix("terms.")
    if name == field:
        return ""
    for family in FAMILIES.values():
        if name in _names_in(family) and sort_of(family, name) is Sort.CHOICE:
            return f"order_terms.{word(name)}_is.{text}" if text in choices_of(family, name) else ""
    return ""


def _names_in(family: type[Terms]) -> frozenset[str]:
    return frozenset(
        name for kind in OrderKind if family_of(kind) is family for name in names_of(kind)
    )


def record_value(kit: Kit, guide: EvidenceGuide, field: str, text: str) -> str:
    """A value as a person reads it; a code of another version of the guide stays the code it is."""
    part = _part(field)
    answer = guide.answer(part, text)
    if answer is not None:
        return answer.text(kit.texts.language)
    if part == "category" and text in CATEGORIES:
        return kit.texts.text(f"evidence_record.category.{text}")
    if part in _TIMES:
        return _time(kit, text)
    return str(text.count("/")) if part == "proves" else text


def _time(kit: Kit, text: str) -> str:
    return show_local(from_wire(text), kit.zone) if TIME.accepts(text) else text


def _part(field: str) -> str:
    return field.removeprefix(f"{RECORD}.")


_MASKS: Mapping[str, Callable[[str], str]] = {
    **{row.key: row.mask for row in ROWS if row.mask},
    "reply.account.address": masked_address,
    "reply.line.location": masked_address,
    "terms.address": masked_address,
}


def _choices(prefix: str, values: Iterable[str]) -> Mapping[str, str]:
    return {value: f"{prefix}.{value}" for value in values}


def _codes(key: str) -> Mapping[str, str]:
    """Of every subject that has such a field."""
    choice_lists = (
        _choices(row.codes, row.type.codes) for row in ROWS if row.key == key and row.codes
    )
    return {code: name for choices in choice_lists for code, name in choices.items()}


_CHOICES: Mapping[str, Mapping[str, str]] = {
    key: _codes(key) for key in {row.key for row in ROWS if row.codes}
}
"""Fields whose values are names of the program: value to catalogue key."""

_BLANKS = _choices("form_words.blank", BlankReason)
"""The same for why a place of a paper stays blank."""

HIDDEN = (
    TIES
    | frozenset(row.key for row in ROWS if row.hidden)
    | frozenset(
        {
            "case",
            "id",
            "answers",
            "signed",
            "merged.at",
            "merged.by",
            "merged.reason",
            FIELD,
        }
    )
)
"""Fields that only tie records together, or are read elsewhere."""

_NAMES: Mapping[str, str] = {
    **{
        name: f"case.field.{name.replace('.', '_')}"
        for name in (
            "pages", "ok", "fields", "field", FIELD,
        )
    },
    **{row.key: row.history for row in ROWS if row.history},
}  # fmt: skip
"""Fields and the text keys of their names."""


_PARTS_OF_PAPERS = frozenset({"text", "blank"})
_OF_PAPERS = frozenset({"copies", "first", "last"})
"""Fields of the printing of papers."""


_OF_GROUPS: Mapping[str, str] = {CHARGE: "case_holder.title", INTO: "merge.field.into"}
"""Fields that tell how a case stands to other cases and desks."""


class FieldTexts:
    """``type_name`` names scam types in the language of the moment."""

    def __init__(
        self, kit: Kit, type_name: Callable[[str], str], scripts: Scripts = NO_SCRIPTS
    ) -> None:
        self._kit = kit
        self._type_name = type_name
        self._scripts = scripts
        self._written: frozenset[str] = frozenset()
        self._signed: frozenset[str] = frozenset()
        self.numbers: Mapping[str, str] = {}
        """Case → its number, of the cases the shown one may be merged with."""
        self.evidence: Mapping[str, str] = {}
        """Item of evidence of the shown case → its name."""
        self.records: Mapping[str, str] = {}
        """Id of each record among the answers of the shown case → what it is called."""

    def learn(self, forms: Iterable[FormSpec]) -> None:
        """Take the names of the places of forms."""
        known = tuple(forms)
        self._written = frozenset(key for form in known for key in form.editable)
        self._signed = frozenset(key for form in known for key in form.signed_by)

    def name(self, field: str) -> str:
        """The field's name; a field of a newer program keeps its own."""
        held = record_field(field)
        if held is not None:
            fact = self._kit.texts.text(held.row.history) if held.row else held.key
            whose = self.records.get(held.id, "")
            return self._kit.texts.text(f"case.record.{held.family.name}", whose=whose, name=fact)
        part, member = member_of(field)
        despite = field.startswith(SENT_DESPITE)
        if part and field not in _NAMES and not despite:
            question = self._scripts.question(member)
            asked = question.name(self._kit.texts.language) if question else member
            return self._kit.texts.text(f"case.said.{part}", name=asked)
        part, dot, place = field.partition(".")
        if dot and part in _PARTS_OF_PAPERS:
            return self._kit.texts.text(f"papers.field.{part}", name=self._place(part, place))
        if field in _OF_PAPERS:
            return self._kit.texts.text(f"papers.field.{field}")
        if field in RECORD_FIELDS:
            return self._kit.texts.text(f"evidence_record.field.{_part(field)}")
        if field.startswith(LEADS):
            return self._kit.texts.text("merge.field.leads")
        key = "ordering.despite" if despite else None
        key = key or _OF_GROUPS.get(field) or order_field_key(field) or _NAMES.get(field)
        return self._kit.texts.text(key) if key else field

    def _place(self, part: str, place: str) -> str:
        """A place that is signed is also left blank as such; one of a newer program keeps its key."""
        if part == "blank" and place in self._signed:
            return self._kit.texts.text(f"form_words.signer.{place}")
        known = place in self._written
        return self._kit.texts.text(f"form_words.place.{place}") if known else place

    def value(self, field: str, text: str, *, revealed: bool) -> str:
        """A value as a person reads it."""
        if not text:
            return self._kit.texts.text("case.taken_out.no") if field == FIELD else ""
        own = record_field(field) is not None or field.startswith(SENT_DESPITE)
        member = "" if own else member_of(field)[1]
        if member and field not in _NAMES:
            question = self._scripts.question(member)
            shown = self.answer(
                question.answer_text(text, self._kit.texts.language) if question else text
            )
            return shown if revealed else masked_text(shown)
        if field == CHARGE:
            return holder_text(self._kit, text)
        coded = self._coded(field, text)
        if coded is not None:
            return coded if revealed else masked_text(coded)
        if field.endswith("_fen") and _FEN.fullmatch(text):
            return self._kit.texts.text("case.amount", amount=yuan(int(text)))
        instant = _instant(text)
        if instant is not None:
            return show_local(instant, self._kit.zone)
        mask = _mask_of(field) or masked_text
        return text if revealed or field in _WHOLE else mask(text)

    def values(self, field: str, texts: Sequence[str], *, revealed: bool) -> tuple[str, ...]:
        """The same for values that are compared: no two numbers look alike because the difference is hidden."""
        mask = _mask_of(field)
        if mask is not None and not revealed:
            return masked_apart(texts, mask)
        return tuple(self.value(field, text, revealed=revealed) for text in texts)

    def origin(self, text: str) -> str:
        """The place in an item of evidence; the text itself where it is none."""
        place = place_from_text(text)
        if place is None:
            return text
        words = self._kit.texts.text
        name = self.evidence.get(place.evidence, "") or words("extraction.origin.unknown")
        what = "row" if place.row else "picture" if place.box else "item"
        return words(f"extraction.origin.{what}", name=name, row=place.row)

    def _coded(self, field: str, text: str) -> str | None:
        """A code in words; None for a field that holds none."""
        if field == FIELD:
            return self._kit.texts.text("case.taken_out.yes")
        despite = read_sent_despite(field, text)
        if despite is not None:
            return sent_despite_text(self._kit, despite, revealed=True)
        name_of = {
            "type": self._type_name,
            "origin": self.origin,
            REPORTER: self._party,
        }.get(field)
        if name_of is not None:
            return name_of(text)
        if field in RECORD_FIELDS:
            return record_value(self._kit, self._scripts.evidence, field, text)
        held = record_field(field)
        if held is not None:
            return self._of_record(held, text)
        if field.startswith(BLANK) or field in _CHOICES:
            key = (_BLANKS if field.startswith(BLANK) else _CHOICES[field]).get(text)
        else:
            key = order_value_key(field, text) or None
        if key is not None or field in _CHOICES:
            return self._kit.texts.text(key) if key is not None else text
        return None

    def _of_record(self, held: RecordField, text: str) -> str | None:
        if held.family is INTERVIEWS and held.key == "asked":
            return self._party(text)
        if held.family is OBJECTIONS:
            shown = objection_value(self._kit, held.key, text, {**self.records, **self.evidence})
            if shown is not None:
                return shown
        return self._codes_of(held.row, text) if held.row and held.row.codes else None

    def _party(self, record: str) -> str:
        """Whose record it is."""
        nameless = self._kit.texts.text("party.self") if record == SELF else record
        return self.records.get(record, nameless)

    def _codes_of(self, row: FieldRow, text: str) -> str:
        """One code or several, each in words."""
        words = self._kit.texts.text
        known = row.type.codes
        names = (words(f"{row.codes}.{code}") if code in known else code for code in text.split())
        return words("case.record.comma").join(names)

    def answer(self, text: str) -> str:
        """What was said, or why nothing was."""
        reason = blank_of(text)
        if reason is not None:
            return self._kit.texts.text(f"case.said.{reason}")
        return self._kit.texts.text("case.said.ticked") if text == TICKED else text


def record_names(file: CaseFile) -> dict[str, str]:
    """Id of each record among the answers → what it is called: the name of a party, the place of a payment, and of
    an interview that of the supplement it is about; and the numbers of the orders that objections are against."""
    names: dict[str, str] = {item.id: item.name for item in file.case.everyone if item.name}
    names |= {item.id: str(place) for place, item in enumerate(file.supplements, 1)}
    names |= {item.id: item.name for item in file.case.objections}
    names |= {view.order.id: view.order.number for view in file.orders}
    return names | {item.id: str(item.position) for item in file.transfers}


_FEN = re.compile(r"-?[0-9]{1,16}")
_WHOLE = frozenset({"number", "order_number", "serial", "sha256", "sm3", "md5"})
"""Fields whose digits are none of a person's."""


def _mask_of(field: str) -> Callable[[str], str] | None:
    held = record_field(field)
    if held is not None:
        return held.row.mask if held.row else None
    return masked_account if field in PERSONAL else _MASKS.get(field)


def _instant(text: str) -> datetime | None:
    whole = len(text) >= 20 and text.endswith("Z")
    return from_wire(text) if whole and TIME.accepts(text) else None
