"""Which forms of a case there are, in which set, what may be written into them and who signs them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from desktop.documents.form_words import FormWords
from desktop.domain.errors import UserInputError
from desktop.services.ports import EditableField, FormSpec


@dataclass(frozen=True, slots=True)
class FormEntry:
    """A form as it is declared here.

    ``editable``: keys of the places whose wording is free. ``form_words.place.<key>`` names each, and the phrase that
    stands there at first is ``form_words.phrase.<form>.<key>``, where there is one. ``signed_by``: keys of
    ``form_words.signer``.
    """

    id: str
    form_set: str
    editable: tuple[str, ...] = ()
    signed_by: tuple[str, ...] = ()


FORMS: Final = (
    FormEntry("stop_application", "platform_2016", (), ("reporter", "officer", "second_officer")),
    FormEntry("acceptance_register", "criminal_2022", (), ("officer", "second_officer", "head")),
    FormEntry("acceptance_receipt", "criminal_2022", ("query_way", "contact"), ("reporter",)),
    FormEntry("evidence_list", "criminal_2022", (), ("reporter", "keeper", "officer")),
    FormEntry("guidance", "local", ("advice",)),
    FormEntry("enquiry_guidance", "local"),
)
"""Every form of a case, in the order they are offered."""

_BY_ID: Final = {entry.id: entry for entry in FORMS}


def entry_of(form: str) -> FormEntry:
    """The form with this id; raises ``UserInputError("form.unknown")``."""
    entry = _BY_ID.get(form)
    if entry is None:
        raise UserInputError("form.unknown")
    return entry


def spec_of(entry: FormEntry, words: FormWords, phrases: Mapping[str, str]) -> FormSpec:
    """The form in words; ``phrases``: editable place → what stands there at first."""
    places = {key: words.of("form_words", f"place.{key}") for key in entry.editable}
    signers = {key: words.of("form_words", f"signer.{key}") for key in entry.signed_by}
    return FormSpec(
        id=entry.id,
        title=words.text(f"form.{entry.id}"),
        form_set=entry.form_set,
        editable=tuple(
            EditableField(key, label, phrases.get(key, "")) for key, label in places.items()
        ),
        signed_by=entry.signed_by,
        labels=places | signers,
    )
