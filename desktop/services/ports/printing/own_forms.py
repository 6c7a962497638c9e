"""The forms and wordings of the unit, as services see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from desktop.domain.installation.officer import Officer
from desktop.domain.installation.profile import Profile
from desktop.domain.law.rules import RulePack
from desktop.services.ports.printing.papers import Pdf


@dataclass(frozen=True, slots=True)
class TrialFacts:
    """Whose test pages they are: the unit, the officer who asks for them, when, and the rules in force."""

    profile: Profile
    officer: Officer
    at: datetime
    rules: RulePack


class OwnForms(Protocol):
    """What the unit prints by in the place of the shipped wording."""

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
