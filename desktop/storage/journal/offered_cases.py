"""What a station's PC says of a case that a centre made and offered to its station.

Nothing before the station took it on. From then on every PC of the station may go on with it, but whether one may is
judged by its own stream alone, in whatever order bundles arrive: so what a second PC says first of such a case is, by
itself, that it joins in what its colleague took on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from desktop.domain.errors import RuleError
from desktop.domain.installation.profile import InstallationRole, Profile
from desktop.domain.records.fields import text
from desktop.journal.entry import NewEntry
from desktop.journal.entry_table import ENTRIES
from desktop.journal.field_rules import rules_of
from desktop.journal.kinds import CASE_DECLINED, CASE_TAKEN_ON
from desktop.storage.current_values.subjects import CASE_SUBJECTS, key_of, kind_of
from desktop.storage.journal.admission import Admission

_ANSWERS: Final = frozenset({CASE_TAKEN_ON, CASE_DECLINED})


class OfferedCases:
    """Of one transaction of a station's PC; a centre speaks of its own cases freely."""

    def __init__(self, profile: Profile, admission: Admission) -> None:
        self._profile = profile
        self._admission = admission

    def with_answers(self, news: Sequence[NewEntry]) -> Sequence[NewEntry]:
        """``news``, in front of the first word of this PC on a case its station took on that it joins in.

        Raises:
            RuleError: ``case.not_accepted`` where the station did not take the case on.
        """
        if self._profile.role is InstallationRole.CENTRE:
            return news
        return tuple(self._answered(news))

    def _answered(self, news: Sequence[NewEntry]) -> Iterator[NewEntry]:
        own, joined = self._profile.device, set[str]()
        for new in news:
            if new.kind in _ANSWERS:
                joined.add(key_of(new.subject))
            for case in self._cases_of(new):
                if case in joined or not self._admission.is_of_centre(case):
                    continue
                joined.add(case)
                if not self._admission.took_on(own, case):
                    if not self._taken_on(case):
                        raise RuleError("case.not_accepted")
                    yield NewEntry(CASE_TAKEN_ON, f"case/{case}", {})
            yield new

    def _cases_of(self, new: NewEntry) -> Iterator[str]:
        """The cases that an entry changes something of or names; none for one that only tells, or is about something
        else."""
        about, rule = kind_of(new.subject), ENTRIES.get(new.kind)
        if about not in CASE_SUBJECTS or rule is None or rule.is_event:
            return
        if about == "case":
            yield key_of(new.subject)
        elif not text(new.fields, "case"):
            yield self._admission.case_of(new.subject)
        yield from rules_of(new.kind, about, new.fields).cases_named(new.fields)

    def _taken_on(self, case: str) -> bool:
        unit = self._profile.unit_code
        return any(
            self._admission.took_on(device, case) for device in self._admission.devices_of(unit)
        )
