"""The forms and wordings of the unit, as services see them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from desktop.domain.installation.officer import Officer
from desktop.domain.installation.profile import Profile
from desktop.domain.law.rules import RulePack
from desktop.domain.text.three_way import Place
from desktop.services.ports.printing.papers import Pdf


@dataclass(frozen=True, slots=True)
class TrialFacts:
    """Whose test pages they are: the unit, the officer who asks for them, when, and the rules in force."""

    profile: Profile
    officer: Officer
    at: datetime
    rules: RulePack


class Originals(Protocol):
    """By which shipped texts a unit made its own files, and what became of those since. ``name``: as
    the folder has it."""

    def based_on(self, name: str, text: str, former: str | None, former_original: str) -> str:
        """The original that ``text`` of the file ``name`` was made from: of what is adapted for the first time the one
        of today, of what the unit's own ``former`` text had already, its original. "" for none, or an unknown one."""
        ...

    def places(self, name: str, text: str, original: str) -> tuple[Place, ...]:
        """``text`` as it was made from ``original``, beside the original of today; without any for what has none."""
        ...

    def with_taken(self, name: str, text: str, original: str, taken: Collection[int]) -> str:
        """``text`` with what the original says today at the :meth:`places` of these positions."""
        ...


class NoOriginals:
    """Nothing has an original; a desk in a test that needs none."""

    def based_on(self, name: str, text: str, former: str | None, former_original: str) -> str:  # noqa: ARG002 - the Protocol's shape
        """None."""
        return ""

    def places(self, name: str, text: str, original: str) -> tuple[Place, ...]:  # noqa: ARG002 - the same
        """None."""
        return ()

    def with_taken(self, name: str, text: str, original: str, taken: Collection[int]) -> str:  # noqa: ARG002 - the same
        """The text as it is."""
        return text


class OwnForms(Originals, Protocol):
    """What the unit prints by in the place of the shipped wording."""

    def faults(self) -> tuple[tuple[str, str], ...]:
        """What the unit adapted and can not be used: file name, and why in the typesetter's words."""
        ...

    def with_phrase(self, form: str, place: str, words: str) -> str:
        """The unit's file of wordings (``forms/phrases.toml``) with this wording of an editable place.

        Raises ``UserInputError``: ``form.unknown``, ``form.place``, ``forms.phrases_damaged``.
        """
        ...

    def try_file(self, name: str, text: str, facts: TrialFacts, *, idle: bool = False) -> Pdf:
        """Test pages: every form that the file ``name`` of the unit's forms, a template or the wordings, would change
        if it said ``text``, filled with an invented case. Nothing is kept. ``idle``: wordings of places that no form
        has any more may stay.

        Raises ``UserInputError``: ``bound.unknown`` for a name that changes no form; ``bound.unfit`` (``file``,
        ``reason``) for what would not be used.
        """
        ...
