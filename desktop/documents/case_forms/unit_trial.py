"""Test pages of a template or a wording that a unit has not used yet."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pypdfium2

from desktop.documents.case_forms.form_specs import FormEntry, all_forms
from desktop.documents.case_forms.phrase_facts import phrases_for
from desktop.documents.case_forms.unit_forms import (
    PHRASES,
    TEMPLATE,
    UnitForms,
    UnitTexts,
    read_unit_forms,
    with_phrases,
)
from desktop.documents.printing.form_compiler import FormCompiler
from desktop.documents.printing.form_texts import FormData, FormTexts
from desktop.domain.errors import UserInputError
from desktop.services.ports import PaperFacts, Pdf


@dataclass(frozen=True, slots=True)
class Trial:
    """One file of a unit, read as it would be at work."""

    name: str
    forms: UnitForms

    @classmethod
    def of(cls, name: str, text: str, shipped: Path, *, idle: bool = False) -> Trial:
        """``idle``: wordings of places that no form has may stay.

        Raises ``UserInputError``: ``bound.unknown`` for a file no form is made by, ``bound.unfit``.
        """
        if name != PHRASES and not name.endswith(TEMPLATE):
            raise UserInputError("bound.unknown", file=name)
        forms = read_unit_forms(UnitTexts({name: text}), shipped)
        unplaced = bool(forms.idle) and not idle
        if name in forms.faults and (forms.damaged or unplaced or name != PHRASES):
            raise UserInputError("bound.unfit", file=name, reason=forms.faults[name])
        return cls(name, forms)

    def texts(self, entry: FormEntry, facts: PaperFacts, texts: FormTexts) -> dict[str, str]:
        """What stands in the free places. Raises ``UserInputError("bound.unfit")`` for a fact no form knows."""
        try:
            return phrases_for(with_phrases(entry, self.forms), facts, texts)
        except KeyError as error:
            reason = f"no fact {error.args[0]}"
            raise UserInputError("bound.unfit", file=self.name, reason=reason) from error

    def set(self, compiler: FormCompiler, entry: FormEntry, data: FormData, at: datetime) -> Pdf:
        """The finished form. Raises ``UserInputError("bound.unfit")`` in the typesetter's words."""
        try:
            source = self.forms.templates.get(entry.template)
            return compiler.compile(entry.template, data, at, source)
        except ValueError as error:
            raise UserInputError("bound.unfit", file=self.name, reason=str(error)[:200]) from error


def tried_forms(trial: Trial) -> tuple[FormEntry, ...]:
    """The forms that would look otherwise."""
    return tuple(
        entry
        for entry in all_forms()
        if entry.template in trial.forms.templates or entry.id in trial.forms.phrases
    )


def in_one(papers: Sequence[Pdf]) -> Pdf:
    """Several papers as one; without any, one of no pages."""
    if not papers:
        return Pdf(b"", 0)
    if len(papers) == 1:
        return papers[0]
    whole = pypdfium2.PdfDocument.new()
    for paper in papers:
        part = pypdfium2.PdfDocument(paper.data)
        whole.import_pages(part)
        part.close()
    written = io.BytesIO()
    whole.save(written)
    whole.close()
    return Pdf(written.getvalue(), sum(paper.pages for paper in papers))
