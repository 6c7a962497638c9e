"""The questions of one version: the common core, the types of fraud, and what is asked at each kind of visit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Final

from desktop.domain.scam_types import Question, ScamType, Section


@dataclass(frozen=True, slots=True)
class Scripts:
    """``version`` names the pack. ``retired``: lines nobody is asked any more; ``faults``: files of a unit's own
    folder that were refused, with what is wrong."""

    version: str = ""
    core: tuple[Question, ...] = ()
    types: tuple[ScamType, ...] = ()
    retired: tuple[Question, ...] = ()
    faults: tuple[tuple[str, str], ...] = ()

    def type(self, code: str) -> ScamType | None:
        """The type of that code; None for one nobody knows."""
        return next((item for item in self.types if item.code == code), None)

    def common(self, section: Section) -> tuple[Question, ...]:
        """The lines of the core of one section, most urgent first."""
        return tuple(line for line in self.core if line.section is section)

    def own(self, code: str, section: Section) -> tuple[Question, ...]:
        """The lines a type adds to the core."""
        found = self.type(code)
        return found.lines(section) if found else ()

    def asked(self, code: str) -> tuple[Question, ...]:
        """What is put to a person about a type of fraud, in the order in which it is put."""
        return (*self.common(Section.ASK), *self.own(code, Section.ASK))

    def said(
        self, code: str, answers: Iterable[tuple[str, str]]
    ) -> tuple[tuple[Question, str], ...]:
        """Questions with what was said, in the order in which they are put; what another type asked comes last.

        An answer to a question no file has keeps its id for a question.
        """
        left = dict(answers)
        order = [line.id for line in self.asked(code) if line.id in left]
        order += sorted(set(left) - set(order))
        return tuple((self.question(name) or _nameless(name), left[name]) for name in order)

    def question(self, name: str) -> Question | None:
        """The line behind an answer; None when no file has it any more."""
        return next((line for line in self._lines() if line.id == name), None)

    def _lines(self) -> Iterator[Question]:
        owners = (self.core, *(item.questions for item in self.types), self.retired)
        for line in chain.from_iterable(owners):
            yield line
            yield from line.details


def _nameless(name: str) -> Question:
    return Question(name, Section.ASK, {"zh_CN": name})


NO_SCRIPTS: Final = Scripts()
"""A desk without questions: the narrative is all there is."""
