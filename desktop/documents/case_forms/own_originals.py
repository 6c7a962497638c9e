"""By which originals a unit adapted its templates and wordings, and what became of those originals since.

The original of a template is the shipped template of that name. The original of a wording is what the shipped form has
in that place; those of a file of phrases are kept as such a file.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Final

import tomli_w

from desktop.documents.case_forms.form_specs import all_forms
from desktop.documents.case_forms.unit_forms import PHRASES, TEMPLATE, Wordings, read_phrases
from desktop.domain.text.three_way import Place, merged, three_way

_GONE: Final = ""
"""The wording of a place that the shipped form does not have, or leaves empty."""


class OwnOriginals:
    """``shipped``: the folder of the program's templates."""

    def __init__(self, shipped: Path) -> None:
        self._shipped = shipped

    def based_on(self, name: str, text: str, former: str | None, former_original: str) -> str:
        """The original that ``text`` of the file ``name`` was made from: of what is adapted for the first time the one
        of today, of what was the unit's own before (``former``) the one it had. "" for none, or one nobody knows."""
        if name != PHRASES:
            return self._today(name) if former is None else former_original
        had, originals = _wordings(former or ""), _wordings(former_original)
        today = _shipped_wordings()
        found: dict[str, dict[str, str]] = {}
        for form, table in _wordings(text).items():
            for place in table:
                source = originals if place in had.get(form, {}) else today
                words = source.get(form, {}).get(place, None if source is originals else _GONE)
                if words is not None:
                    found.setdefault(form, {})[place] = words
        return tomli_w.dumps(found)

    def places(self, name: str, text: str, original: str) -> tuple[Place, ...]:
        """The file as it was made from ``original``, beside the original of today. Without any for what has no
        original, or can not be read."""
        if name != PHRASES:
            today = self._today(name)
            return three_way(original or None, today, text) if today else ()
        today_all, then_all = _shipped_wordings(), _wordings(original)
        return tuple(
            _wording(
                f"{form}.{place}",
                then_all.get(form, {}).get(place),
                today_all.get(form, {}).get(place, _GONE),
                own,
            )
            for form, table in _wordings(text).items()
            for place, own in table.items()
        )

    def with_taken(self, name: str, text: str, original: str, taken: Collection[int]) -> str:
        """``text`` with what the original says today at the places of these positions."""
        if not taken:
            return text
        places = self.places(name, text, original)
        if name != PHRASES:
            return merged(places, taken)
        dropped = {place.name for position, place in enumerate(places) if position in taken}
        left = {
            form: {place: own for place, own in table.items() if f"{form}.{place}" not in dropped}
            for form, table in _wordings(text).items()
        }
        return tomli_w.dumps({form: table for form, table in left.items() if table})

    def _today(self, name: str) -> str:
        """The shipped template; "" where no form has it."""
        stem = name.removesuffix(TEMPLATE)
        if not any(entry.template == stem for entry in all_forms()):
            return ""
        return (self._shipped / name).read_text("utf-8")


def _wording(name: str, then: str | None, now: str, own: str) -> Place:
    return Place(own if then is None else then, now, own, name=name, known=then is not None)


def _wordings(text: str) -> Wordings:
    try:
        return read_phrases(text)
    except ValueError:
        return {}


def _shipped_wordings() -> Wordings:
    return {
        entry.id: {place: entry.phrases.get(place, _GONE) for place in entry.editable}
        for entry in all_forms()
    }
