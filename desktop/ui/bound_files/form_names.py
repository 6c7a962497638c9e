"""What the unit's own templates, wordings, questions and rules are called on the screen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from desktop.domain.installation.bound_files import FORMS, PHRASES, RULES, SCRIPTS
from desktop.domain.text.hidden_signs import spelled_out
from desktop.domain.text.three_way import Place
from desktop.services.bound.compare_originals import OwnForm
from desktop.services.ports import FormSpec
from desktop.ui.shared.kit.kit import Kit

_ENDING: Final = ".typ"
_TITLES: Final[Mapping[str, str]] = {
    PHRASES: "wordings",
    SCRIPTS: "questions",
    f"{RULES}hubs.toml": "hubs",
    f"{RULES}exits.toml": "exits",
}


class FormNames:
    """``forms``: those that this version prints."""

    def __init__(self, kit: Kit, forms: Iterable[FormSpec]) -> None:
        self._kit = kit
        self._forms = {spec.id: spec for spec in forms}

    def form(self, path: str) -> str:
        """The title of the form, or what the file holds."""
        key = _TITLES.get(SCRIPTS if path.startswith(SCRIPTS) else path)
        if key is not None:
            return self._kit.texts.text(f"bound_files.own.{key}")
        stem = path.removeprefix(FORMS).removesuffix(_ENDING)
        return self._title(stem)

    def place(self, place: Place) -> str:
        """Of a wording the form and its place, of a template the line."""
        if not place.name:
            return self._kit.texts.text("bound_files.own.line", line=place.line)
        form, _, key = place.name.partition(".")
        spec = self._forms.get(form)
        known = spec is not None and key in spec.editable
        named = self._kit.texts.text(f"form_words.place.{key}") if known else spelled_out(key)
        return f"{self._title(form)} · {named}"

    def state(self, form: OwnForm) -> tuple[str, int]:
        """The key of the sentence that tells how it compares with its original, and the number in it."""
        if form.text is None:
            return "bound_files.own.shipped", 0
        if not form.places:
            return "bound_files.own.alone", 0
        if not form.open:
            same = "" if form.own_changes else "_same"
            return f"bound_files.own.current{same}", form.own_changes
        return f"bound_files.own.{'changed' if form.known else 'unknown'}", len(form.open)

    def _title(self, form: str) -> str:
        spec = self._forms.get(form)
        return spelled_out(form) if spec is None else spec.title(self._kit.texts.language)
