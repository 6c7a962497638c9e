"""The places of a form that people fill: texts the law leaves free, and reasons for what is left blank."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from desktop.documents.form_compiler import PICTURES
from desktop.documents.form_specs import FormEntry
from desktop.documents.form_texts import FormData, FormTexts
from desktop.documents.printable import FormValue
from desktop.domain.errors import UserInputError
from desktop.domain.fields import Fields, Json

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
